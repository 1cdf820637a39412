"""What never came: days on which a shop is usually open, and numbers that a till skipped. Pure.

A weekday is usual where three of its latest four were open. A day that nobody has answered for tells
nothing about the pattern, so that a silent till is asked about for as long as it is silent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LOOKED_AT, ENOUGH = 4, 3  # of the latest same weekdays
PATTERN = timedelta(weeks=8)  # what must be known before the first day that is asked about


def days_between(first: date, last: date) -> Iterator[date]:
    """Give every day from `first` to `last`, both of them."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def missing_days(
    first: date, last: date, opened: frozenset[date], closed: frozenset[date]
) -> frozenset[date]:
    """Give the days up to `last` that were expected, and neither came nor were marked as closed.

    `first` is the first day that is known of, PATTERN before those that are asked about.
    """
    told: dict[int, list[bool]] = defaultdict(list)
    missing = set[date]()
    for day in days_between(first, last):
        same = told[day.weekday()]
        if day in opened:
            same.append(True)
        elif day in closed:
            same.append(False)
        elif sum(same[-LOOKED_AT:]) >= ENOUGH:
            missing.add(day)
        else:
            same.append(False)
    return frozenset(missing)


@dataclass(frozen=True, slots=True)
class Closing:
    """One Z report of a till: its number, and the business day that it closed."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that a till skipped between two Z reports; `first` and `last` are the skipped ones."""

    first: int
    last: int
    before: Closing
    after: Closing

    @property
    def numbers(self) -> str:
        """Write the skipped numbers: `1480`, `1480–1482`."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def days(self) -> tuple[date, ...]:
        """Give the days that they may be of: those between, else the day of the Z after them."""
        step = timedelta(days=1)
        between = tuple(days_between(self.before.day + step, self.after.day - step))
        return between or (self.after.day,)


def gaps(closings: Iterable[Closing]) -> Iterator[Gap]:
    """Give what one till skipped; its Z reports come in the order in which they were made.

    Numbers that are no numbers tell nothing, nor does a till that began to count anew.
    """
    before: Closing | None = None
    for closing in closings:
        if not closing.number.isdecimal():
            continue
        if before and int(closing.number) > int(before.number) + 1:
            yield Gap(int(before.number) + 1, int(closing.number) - 1, before, closing)
        before = closing


def likeliest(gap: Gap, missing: frozenset[date], taken: frozenset[date]) -> date:
    """Give the day that a gap is told on: one that is missed, else an empty one, else the first.

    `taken` are the days that something came on.
    """
    days = gap.days
    missed = (day for day in days if day in missing)
    empty = (day for day in days if day not in taken)
    return next(missed, None) or next(empty, days[0])
