"""The part of a register's journal that a delivery touched, cut into Z reports with their receipts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from accounting.books.deliveries import Touched
from accounting.books.domain import stored
from accounting.books.domain.periods import Closing, Mark, Period, cut, z_order
from accounting.books.domain.sales import Evidence, Receipt
from accounting.books.models import Receipt as ReceiptRow
from accounting.books.models import Settlement
from accounting.books.models import ZReport as ZReportRow
from accounting.company.models import Register


@dataclass(frozen=True, slots=True)
class Piece:
    """One Z report with the receipts it closes, and the settlement they were before.

    `at_hand` are those receipts where the delivery still holds all of them, `undecided` the numbers
    that were delivered anew with other content.
    """

    z: ZReportRow
    period: Period
    part: Sequence[Mark]
    at_hand: Sequence[Receipt]
    undecided: Sequence[str]
    earlier: Settlement | None
    delivered: bool


def pieces(register: Register, touched: Touched) -> Iterator[Piece]:
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
    marks, before, at_hand = _marks(register, [current[z.number] for z in rows[:kept]], touched)
    undecided = _undecided(register, marks)
    previous = rows[kept - 1].number if kept else ""
    periods = cut(marks, [closing_of(z) for z in rows[kept:]], before, previous).periods
    neighbour = False
    for z, period in zip(rows[kept:], periods, strict=True):
        part = marks[period.first : period.end]
        earlier = current.get(z.number)
        delivered = z.number in touched.numbers or _reached(part, touched)
        affected = delivered or not _holds(earlier, part)
        if affected or neighbour:
            asked = [nr for position, nr in undecided if _spans(part, position)]
            yield Piece(z, period, part, _all_of(part, at_hand), asked, earlier, delivered)
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


def closing_of(z: ZReportRow) -> Closing:
    """Give a Z report's place in its register's journal."""
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


def _marks(
    register: Register, kept: Sequence[Settlement], touched: Touched
) -> tuple[list[Mark], Mark | None, Mapping[str, Receipt]]:
    """Give the receipts after the kept settlements in order, and the last one before them.

    Beside them, by number, what the delivery still holds of their content: the digest says that a row
    is what was read, so it need not be read again.
    """
    ends = [s.last_position for s in kept if s.last_position is not None]
    rows = ReceiptRow.objects.filter(register=register, in_use=True)
    if ends:
        rows = rows.filter(position__gte=max(ends))
    marks, at_hand = [], {}
    values = rows.order_by("position", "nr").values_list(
        "position", "nr", "trans_id", "at_utc", "digest"
    )
    for position, nr, trans_id, at_utc, digest in values.iterator(chunk_size=2000):
        marks.append(Mark(position, nr, trans_id, at_utc))
        held = touched.at_hand.get((nr, digest))
        if held and held.at_utc == at_utc:
            at_hand[nr] = held
    return (marks[1:], marks[0], at_hand) if ends else (marks, None, at_hand)


def _all_of(part: Sequence[Mark], at_hand: Mapping[str, Receipt]) -> Sequence[Receipt]:
    """Give a part's receipts where all are at hand, else none."""
    found = [at_hand[mark.nr] for mark in part if mark.nr in at_hand]
    return found if len(found) == len(part) else ()


def _undecided(register: Register, marks: Sequence[Mark]) -> list[tuple[int, str]]:
    """Give (position, nr) of the versions among these receipts that a person has not chosen from."""
    if not marks:
        return []
    span = (marks[0].position, marks[-1].position)
    rows = ReceiptRow.objects.filter(register=register, undecided=True, position__range=span)
    return list(rows.order_by("position", "nr").values_list("position", "nr"))


def _spans(part: Sequence[Mark], position: int) -> bool:
    return bool(part) and part[0].position <= position <= part[-1].position


def receipts_of(register: Register, piece: Piece) -> Sequence[Receipt]:
    """Give a piece's receipts, those that count now; read where they are not at hand."""
    part = piece.part
    if piece.at_hand or not part:
        return piece.at_hand
    span = (part[0].position, part[-1].position)
    rows = ReceiptRow.objects.filter(register=register, in_use=True, position__range=span)
    values = rows.order_by("position", "nr").values_list("nr", "position", "at_utc", "details")
    return [stored.receipt_from(*row) for row in values]
