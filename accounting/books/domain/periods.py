"""Which receipts each Z report closes, from stored rows: file borders, order and overlap do not matter.

A settlement is the interval between two Z reports on one register, whatever the dates (saft.md 4.6).
The journal's own order decides first (the last receipt event before the Z), the clock where that says
nothing; a Z whose evidence names receipts that are not here is incomplete.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounting.books.domain.sales import NOTHING_SEEN, Evidence


@dataclass(frozen=True, slots=True)
class Mark:
    """One receipt's place in its register's journal."""

    position: int
    nr: str
    trans_id: str
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """One Z report's place: its number, its moment, and the receipts its journal names."""

    number: str
    at_utc: datetime
    evidence: Evidence = NOTHING_SEEN


@dataclass(frozen=True, slots=True)
class Period:
    """The receipts `marks[first:end]` belong to this Z. Incomplete: some of its receipts are missing.

    `gaps` are holes in the receipt numbers, `previous` is the number of the Z before.
    """

    number: str
    first: int
    end: int
    complete: bool
    gaps: tuple[tuple[str, str], ...] = ()
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The periods in Z order, and where the receipts begin that no Z has closed yet."""

    periods: tuple[Period, ...]
    open_from: int


def z_order(number: str, at_utc: datetime) -> tuple[int, datetime, str]:
    """Order Z reports: by their number, which is consecutive per register, else by time."""
    return (int(number) if number.isdecimal() else 0, at_utc, number)


def cut(
    marks: Sequence[Mark],
    closings: Iterable[Closing],
    before: Mark | None = None,
    previous: str = "",
) -> Cut:
    """Divide a register's receipts, ordered by position, among its Z reports.

    `previous` is the number of the Z before the first one here, and `before` the last receipt before,
    where there are any: a hole in the numbers after it counts as a gap of the first period.
    """
    ordered = sorted(closings, key=lambda z: z_order(z.number, z.at_utc))
    places = _places(marks, ordered)
    periods: list[Period] = []
    start = 0
    for index, closing in enumerate(ordered):
        following = ordered[index + 1].evidence if index + 1 < len(ordered) else NOTHING_SEEN
        limit = _place(places, following.first, start, len(marks))
        end = _end(marks, places, start, limit, closing)
        earlier = marks[start - 1] if start else before
        periods.append(
            Period(
                number=closing.number,
                first=start,
                end=end,
                complete=_complete(places, closing.evidence, start, end),
                gaps=_gaps(marks[start:end], earlier),
                previous=previous,
            )
        )
        start, previous = end, closing.number
    return Cut(tuple(periods), start)


def _places(marks: Sequence[Mark], closings: Iterable[Closing]) -> Mapping[str, list[int]]:
    """Give where the transactions stand that a Z report names; the others nobody asks for."""
    seen = [closing.evidence for closing in closings]
    places: dict[str, list[int]] = {name: [] for z in seen for name in (z.first, z.last)}
    for index, mark in enumerate(marks):
        if mark.trans_id in places:
            places[mark.trans_id].append(index)
    return places


def _place(places: Mapping[str, list[int]], trans_id: str, start: int, missing: int) -> int:
    """Give the first place of a transaction at or after `start`: tills may reuse ids day by day."""
    found = places.get(trans_id, []) if trans_id else []
    at = bisect_left(found, start)
    return found[at] if at < len(found) else missing


def _end(
    marks: Sequence[Mark],
    places: Mapping[str, list[int]],
    start: int,
    limit: int,
    closing: Closing,
) -> int:
    last = _place(places, closing.evidence.last, start, -1)
    end = max(start, last + 1)
    while end < limit and marks[end].at_utc <= closing.at_utc:
        end += 1
    return end


def _complete(places: Mapping[str, list[int]], seen: Evidence, start: int, end: int) -> bool:
    if not seen.count:
        return True
    named = (_place(places, trans_id, start, end) < end for trans_id in (seen.first, seen.last))
    return all(named) and end - start >= seen.count


def _gaps(marks: Sequence[Mark], before: Mark | None) -> tuple[tuple[str, str], ...]:
    earlier = before
    gaps = []
    for mark in marks:
        if earlier and mark.position > earlier.position + 1:
            gaps.append((earlier.nr, mark.nr))
        earlier = mark
    return tuple(gaps)
