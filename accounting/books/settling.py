"""Settlements cut from stored rows: the same rows give the same settlements, whatever brought them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from accounting.books.deliveries import Touched
from accounting.books.domain import stored
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.periods import Closing, Mark, Period, cut, z_order
from accounting.books.domain.sales import Evidence
from accounting.books.domain.totals import settle
from accounting.books.models import Receipt as ReceiptRow
from accounting.books.models import Settlement
from accounting.books.models import ZReport as ZReportRow
from accounting.company.models import Register


@dataclass(frozen=True, slots=True)
class Source:
    """Where a delivery came from: the file's SHA-256, and when it was taken in."""

    sha256: str
    taken_in: datetime


@dataclass(slots=True)
class Settled:
    """How many of a delivery's Z reports became new, unchanged, changed or incomplete settlements."""

    new: int = 0
    same: int = 0
    changed: int = 0
    incomplete: list[str] = field(default_factory=list)
    stops: dict[Issue, None] = field(default_factory=dict)


def settle_register(register: Register, touched: Touched, source: Source) -> Settled:
    """Cut the part of a register's journal that a delivery touched, and store what came of it.

    Each settlement is one transaction: it is there, or it is not. Other amounts, or another reason to
    stop, make a new revision; other warnings do not.
    """
    rows = sorted(
        ZReportRow.objects.filter(register=register, in_use=True),
        key=lambda z: z_order(z.number, z.at_utc),
    )
    current = {s.z_number: s for s in register.settlements.filter(current=True)}
    kept = _kept(rows, current, touched)
    marks, before = _marks(register, [current[z.number] for z in rows[:kept]])
    previous = rows[kept - 1].number if kept else ""
    periods = cut(marks, [_closing(z) for z in rows[kept:]], before, previous).periods
    settled = Settled()
    for z, period in zip(rows[kept:], periods, strict=True):
        earlier = current.get(z.number)
        if not period.complete:
            settled.incomplete.append(z.number)
        elif earlier and _untouched(marks, period, earlier, touched):
            settled.same += z.number in touched.numbers
        else:
            day = _day(register, z, marks, period)
            revised = _store(
                register, day, z.at_utc, marks[period.first : period.end], earlier, source
            )
            settled.stops.update(dict.fromkeys(day.stops))
            settled.new += earlier is None
            settled.changed += earlier is not None and revised
            settled.same += earlier is not None and not revised
    return settled


def _closing(z: ZReportRow) -> Closing:
    seen = Evidence(z.first_trans_id, z.last_trans_id, z.trans_count)
    return Closing(z.number, z.at_utc, seen)


def _kept(rows: Sequence[ZReportRow], current: dict[str, Settlement], touched: Touched) -> int:
    """Count the leading Z reports that the delivery cannot have changed.

    The last of them is cut anew all the same: receipts that came late may belong to it.
    """
    first = min(touched.positions, default=None)
    for index, z in enumerate(rows):
        settlement = current.get(z.number)
        last = settlement.last_position if settlement else None
        reached = first is not None and last is not None and last >= first
        if settlement is None or z.number in touched.fresh_numbers or reached:
            return max(0, index - 1)
    return max(0, len(rows) - 1)


def _marks(register: Register, kept: Sequence[Settlement]) -> tuple[list[Mark], Mark | None]:
    """Give the receipts after the kept settlements in order, and the last one before them."""
    ends = [s.last_position for s in kept if s.last_position is not None]
    rows = ReceiptRow.objects.filter(register=register, in_use=True)
    if ends:
        rows = rows.filter(position__gte=max(ends))
    values = rows.order_by("position", "nr").values_list("position", "nr", "trans_id", "at_utc")
    marks = [Mark(*row) for row in values]
    return (marks[1:], marks[0]) if ends else (marks, None)


def _untouched(
    marks: Sequence[Mark], period: Period, earlier: Settlement, touched: Touched
) -> bool:
    part = marks[period.first : period.end]
    return (
        earlier.z_number not in touched.fresh_numbers
        and earlier.transactions == len(part)
        and earlier.first_position == (part[0].position if part else None)
        and earlier.last_position == (part[-1].position if part else None)
        and not any(mark.position in touched.positions for mark in part)
    )


def _day(register: Register, z: ZReportRow, marks: Sequence[Mark], period: Period) -> SalesDay:
    part = marks[period.first : period.end]
    versions = (
        ReceiptRow.objects.filter(
            register=register, position__gte=part[0].position, position__lte=part[-1].position
        ).order_by("position", "nr")
        if part
        else ()
    )
    receipts = [
        stored.receipt_from(row.nr, row.position, row.at_utc, row.details)
        for row in versions
        if row.in_use
    ]
    day = settle(
        stored.z_from(z.details, z.at_utc, _closing(z).evidence),
        receipts,
        register.till_id,
        register.company.opening_hour,
        period.gaps,
        period.previous,
    )
    changed = [Issue("receipt-changed", row.nr) for row in versions if not row.in_use]
    return replace(day, findings=(*changed, *day.findings)) if changed else day


def _content_digest(day: SalesDay) -> str:
    """Give the hash of what would be booked or stops it; warnings come and go with their neighbours."""
    return stored.digest(stored.day_text(replace(day, findings=day.stops)))


@transaction.atomic
def _store(
    register: Register,
    day: SalesDay,
    closed_at: datetime,
    part: Sequence[Mark],
    earlier: Settlement | None,
    source: Source,
) -> bool:
    """Store a settlement; gives False where it only refreshes the warnings of the one before."""
    digest = _content_digest(day)
    if earlier and earlier.digest == digest:
        earlier.content = stored.day_text(day)
        earlier.save(update_fields=["content"])
        return False
    if earlier:
        Settlement.objects.filter(pk=earlier.pk).update(current=False)
    Settlement.objects.create(
        company=register.company,
        register=register,
        z_number=day.z_number,
        revision=earlier.revision + 1 if earlier else 1,
        business_date=day.business_date,
        created_on=day.business_date,
        closed_at=closed_at,
        first_position=part[0].position if part else None,
        last_position=part[-1].position if part else None,
        transactions=day.transactions,
        gross=day.gross,
        has_movement=day.has_movement,
        stopped=bool(day.stops),
        content=stored.day_text(day),
        digest=digest,
        source_sha256=source.sha256,
        stored_at=source.taken_in,
    )
    return True
