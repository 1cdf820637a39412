"""Numbers into shapes: a strip of bars, one a day, stacked by what has become of the money. Pure.

Coordinates are whole, from the upper left; what is negative hangs below the base line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

STEP, GAP, HEIGHT = 20, 4, 72


@dataclass(frozen=True, slots=True)
class Figures:
    """One day's turnover in øre: over there, not over there yet, and what does not go from here."""

    day: date
    sent: int = 0
    waiting: int = 0
    apart: int = 0

    @property
    def gross(self) -> int:
        """Give the day's turnover."""
        return self.sent + self.waiting + self.apart

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Give each part by the name of its class, in the order in which they are stacked."""
        return (("sent", self.sent), ("waiting", self.waiting), ("apart", self.apart))


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: `kind` is sent, waiting or apart."""

    kind: str
    x: int
    y: int
    height: int
    width: int = STEP - GAP


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars of some days, the base line, and how large the picture is."""

    bars: tuple[Bar, ...]
    base: int
    width: int
    height: int = HEIGHT


def strip(days: Sequence[Figures]) -> Strip:
    """Draw the days; the highest reaches the top, the most negative the bottom."""
    top = max((_positive(day) for day in days), default=0)
    bottom = min((_negative(day) for day in days), default=0)
    span = top - bottom or 1

    def y(amount: int) -> int:
        return round((top - amount) * HEIGHT / span)

    bars = []
    for number, day in enumerate(days):
        for kind, begins, ends in _stacked(day):
            upper, lower = y(max(begins, ends)), y(min(begins, ends))
            # The smallest sum is still seen: a day with money is never an empty place.
            height = max(lower - upper, 1)
            bars.append(Bar(kind, number * STEP + GAP // 2, min(upper, HEIGHT - 1), height))
    return Strip(tuple(bars), y(0), len(days) * STEP)


def _stacked(day: Figures) -> Iterator[tuple[str, int, int]]:
    above = below = 0
    for kind, amount in day.parts:
        if amount > 0:
            yield kind, above, above + amount
            above += amount
        elif amount < 0:
            yield kind, below, below + amount
            below += amount


def _positive(day: Figures) -> int:
    return sum(amount for _kind, amount in day.parts if amount > 0)


def _negative(day: Figures) -> int:
    return sum(amount for _kind, amount in day.parts if amount < 0)
