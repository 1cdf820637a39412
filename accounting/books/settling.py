"""Settlements cut from stored rows: the same rows give the same settlements, whatever brought them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from accounting.books.deliveries import Touched, lock
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

NEW, SAME, CHANGED, INCOMPLETE = "new", "same", "changed", "incomplete"
ROUNDS = (
    10  # each ends with one delivery's work done; more than a few at one register is not normal
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a delivery came from: the file's SHA-256, and when it was taken in."""

    sha256: str
    taken_in: datetime


@dataclass(slots=True)
class Settled:
    """What became of a delivery's Z reports: new, unchanged, changed or incomplete settlements."""

    outcomes: dict[str, str] = field(default_factory=dict)
    stops: dict[Issue, None] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """Count the Z reports that came to this."""
        return list(self.outcomes.values()).count(outcome)

    @property
    def incomplete(self) -> list[str]:
        """Give the numbers of the Z reports that wait for receipts."""
        return [number for number, outcome in self.outcomes.items() if outcome == INCOMPLETE]

    def note(self, number: str, outcome: str) -> None:
        """Note an outcome; what was written in an earlier round is not the same in a later one."""
        if self.outcomes.get(number) not in {NEW, CHANGED}:
            self.outcomes[number] = outcome


class Overtaken(Exception):
    """Another delivery wrote about the same Z in the meantime: what was read no longer holds."""


def settle_register(register: Register, touched: Touched, source: Source) -> Settled:
    """Cut the part of a register's journal that a delivery touched, and store what came of it.

    Each settlement is one transaction: it is there, or it is not. Other amounts, or another reason to
    stop, make a new revision; other warnings do not. Where another delivery is at the same register,
    the register is looked at again. Raises Overtaken when that does not end.
    """
    settled = Settled()
    for _ in range(ROUNDS):
        if not _round(register, touched, source, settled):
            return settled
    raise Overtaken(register.till_id)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One Z report with the receipts it closes, and the settlement they were before."""

    z: ZReportRow
    period: Period
    part: Sequence[Mark]
    earlier: Settlement | None
    delivered: bool


def _round(register: Register, touched: Touched, source: Source, settled: Settled) -> bool:
    """Settle everything that is affected, and say whether another delivery came between."""
    overtaken = False
    for piece in _pieces(register, touched):
        if not piece.period.complete:
            if piece.delivered:
                settled.note(piece.z.number, INCOMPLETE)
            continue
        try:
            day = _day(register, piece)
            outcome = _store(register, day, piece, source)
        except Overtaken:
            overtaken = True
            continue
        if piece.delivered or outcome != SAME:
            settled.note(piece.z.number, outcome)
            settled.stops.update(dict.fromkeys(day.stops))
    return overtaken


def _pieces(register: Register, touched: Touched) -> Iterator[_Piece]:
    """Give what a delivery affects, and the period after it, which begins where that one ends.

    The settlements are read first and the rows they are cut from after them. So a settlement that is
    still the current one when we store was never made from newer rows than ours.
    """
    current = {s.z_number: s for s in register.settlements.filter(current=True)}
    rows = sorted(
        ZReportRow.objects.filter(register=register, in_use=True),
        key=lambda z: z_order(z.number, z.at_utc),
    )
    kept = _kept(rows, current, touched)
    marks, before = _marks(register, [current[z.number] for z in rows[:kept]])
    previous = rows[kept - 1].number if kept else ""
    periods = cut(marks, [_closing(z) for z in rows[kept:]], before, previous).periods
    neighbour = False
    for z, period in zip(rows[kept:], periods, strict=True):
        part = marks[period.first : period.end]
        earlier = current.get(z.number)
        delivered = z.number in touched.numbers or _reached(part, touched)
        affected = delivered or not _holds(earlier, part)
        if affected or neighbour:
            yield _Piece(z, period, part, earlier, delivered)
        neighbour = affected


def _reached(part: Sequence[Mark], touched: Touched) -> bool:
    return bool(part) and touched.reaches(part[0].position, part[-1].position)


def _holds(earlier: Settlement | None, part: Sequence[Mark]) -> bool:
    """Say whether a settlement still spans exactly these receipts."""
    return earlier is not None and (
        earlier.transactions == len(part)
        and earlier.first_position == (part[0].position if part else None)
        and earlier.last_position == (part[-1].position if part else None)
    )


def _closing(z: ZReportRow) -> Closing:
    seen = Evidence(z.first_trans_id, z.last_trans_id, z.trans_count)
    return Closing(z.number, z.at_utc, seen)


def _kept(rows: Sequence[ZReportRow], current: dict[str, Settlement], touched: Touched) -> int:
    """Count the leading Z reports that the delivery cannot have changed.

    The last of them is cut anew all the same: receipts that came late may belong to it.
    """
    for index, z in enumerate(rows):
        settlement = current.get(z.number)
        if settlement is None or z.number in touched.numbers or _begins_by(settlement, touched):
            return max(0, index - 1)
    return max(0, len(rows) - 1)


def _begins_by(settlement: Settlement, touched: Touched) -> bool:
    first, last = touched.first, settlement.last_position
    return first is not None and last is not None and first <= last


def _marks(register: Register, kept: Sequence[Settlement]) -> tuple[list[Mark], Mark | None]:
    """Give the receipts after the kept settlements in order, and the last one before them."""
    ends = [s.last_position for s in kept if s.last_position is not None]
    rows = ReceiptRow.objects.filter(register=register, in_use=True)
    if ends:
        rows = rows.filter(position__gte=max(ends))
    values = rows.order_by("position", "nr").values_list("position", "nr", "trans_id", "at_utc")
    marks = [Mark(*row) for row in values]
    return (marks[1:], marks[0]) if ends else (marks, None)


def _day(register: Register, piece: _Piece) -> SalesDay:
    """Sum a piece. Raises Overtaken when its receipts are not those any more that it was cut from."""
    part, z = piece.part, piece.z
    versions = _versions(register, part)
    receipts = [
        stored.receipt_from(nr, position, at_utc, details)
        for nr, position, at_utc, details, in_use, _ in versions
        if in_use
    ]
    if [receipt.nr for receipt in receipts] != [mark.nr for mark in part]:
        raise Overtaken(z.number)
    day = settle(
        stored.z_from(z.details, z.at_utc, _closing(z).evidence),
        receipts,
        register.till_id,
        register.company.opening_hour,
        piece.period.gaps,
        piece.period.previous,
    )
    changed = (Issue("receipt-changed", nr) for nr, *_, undecided in versions if undecided)
    findings = (*dict.fromkeys(changed), *day.findings)
    acknowledged = piece.earlier.acknowledged if piece.earlier else frozenset()
    return replace(day, findings=findings, acknowledged=acknowledged)


def _versions(
    register: Register, part: Sequence[Mark]
) -> list[tuple[str, int, datetime, str, bool, bool]]:
    """Give every version of a part's receipts: nr, position, moment, details, in use, undecided."""
    if not part:
        return []
    rows = ReceiptRow.objects.filter(
        register=register, position__gte=part[0].position, position__lte=part[-1].position
    ).order_by("position", "nr", "version")
    return list(rows.values_list("nr", "position", "at_utc", "details", "in_use", "undecided"))


def _content_digest(day: SalesDay) -> str:
    """Give the hash of what would be booked or stops it; warnings come and go with their neighbours."""
    delivered = replace(day, acknowledged=frozenset())
    return stored.digest(stored.day_text(replace(delivered, findings=delivered.stops)))


@transaction.atomic
def _store(register: Register, day: SalesDay, piece: _Piece, source: Source) -> str:
    """Store a settlement; gives SAME where at most the warnings of the one before are others.

    Raises Overtaken when the settlement before is not the current one any more.
    """
    lock(register)
    part = piece.part
    now = Settlement.objects.filter(register=register, z_number=day.z_number, current=True)
    current = now.first()
    if current != piece.earlier:
        raise Overtaken(day.z_number)
    digest, content = _content_digest(day), stored.day_text(day)
    if current and current.digest == digest:
        if current.content != content:
            now.update(content=content)
        return SAME
    now.update(current=False)
    made = Settlement.objects.create(
        company=register.company,
        register=register,
        z_number=day.z_number,
        revision=current.revision + 1 if current else 1,
        business_date=day.business_date,
        created_on=day.business_date,
        closed_at=piece.z.at_utc,
        first_position=part[0].position if part else None,
        last_position=part[-1].position if part else None,
        transactions=day.transactions,
        gross=day.gross,
        has_movement=day.has_movement,
        stopped=bool(day.stops),
        content=content,
        digest=digest,
        source_sha256=source.sha256,
        stored_at=source.taken_in,
    )
    if current is None:
        return NEW
    made.keep_decisions_of(current)
    return CHANGED
