"""Settlements cut from stored rows: the same rows give the same settlements, whatever brought them."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from accounting.books.deliveries import Touched, lock
from accounting.books.domain import stored
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.totals import settle
from accounting.books.models import Settlement
from accounting.books.pieces import Piece, closing_of, pieces, receipts_of
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


def _round(register: Register, touched: Touched, source: Source, settled: Settled) -> bool:
    """Settle everything that is affected, and say whether another delivery came between."""
    overtaken = False
    for piece in pieces(register, touched):
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


def _day(register: Register, piece: Piece) -> SalesDay:
    """Sum a piece. Raises Overtaken when its receipts are not those any more that it was cut from."""
    z, receipts = piece.z, receipts_of(register, piece)
    if [receipt.nr for receipt in receipts] != [mark.nr for mark in piece.part]:
        raise Overtaken(z.number)
    day = settle(
        stored.z_from(z.details, z.at_utc, closing_of(z).evidence, z.file_day, z.counted),
        receipts,
        register.till_id,
        register.company.opening_hour,
        piece.period.gaps,
        piece.period.previous,
    )
    changed = (Issue("receipt-changed", nr) for nr in piece.undecided)
    findings = (*dict.fromkeys(changed), *day.findings)
    acknowledged = piece.earlier.acknowledged if piece.earlier else frozenset()
    return replace(day, findings=findings, acknowledged=acknowledged)


def _content_digest(day: SalesDay, content: str) -> str:
    """Give the hash of what would be booked or stops it; warnings come and go with their neighbours."""
    delivered = replace(day, acknowledged=frozenset())
    if delivered.stops == day.findings:
        return stored.digest(content)
    return stored.digest(stored.day_text(replace(delivered, findings=delivered.stops)))


@transaction.atomic
def _store(register: Register, day: SalesDay, piece: Piece, source: Source) -> str:
    """Store a settlement; gives SAME where at most the warnings of the one before are others.

    Raises Overtaken when the settlement before is not the current one any more.
    """
    lock(register)
    part = piece.part
    now = Settlement.objects.filter(register=register, z_number=day.z_number, current=True)
    current = now.first()
    if current != piece.earlier:
        raise Overtaken(day.z_number)
    content = stored.day_text(day)
    digest = _content_digest(day, content)
    if current and current.digest == digest:
        if current.content != content:
            now.update(content=content)
        return SAME
    if current:
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
