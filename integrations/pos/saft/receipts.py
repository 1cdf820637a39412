"""A cashtransaction → a receipt: signs turned, codes resolved, its kind weighed (saft.md 1.7, 4.7)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from accounting.books.domain.evidence import Witness, kind_of, normalised, signed
from accounting.books.domain.money import NotAnAmount, Ore, from_kroner
from accounting.books.domain.sales import Payment, Receipt, SaleLine, VatRow
from integrations.pos.saft.master import UNKNOWN, Master
from integrations.pos.saft.refusal import Misfit
from integrations.pos.saft.shape import Part, Texts
from integrations.pos.saft.times import Clock

MOST_PRINTS = 999  # receiptNum counts printouts (saft.md 1.7)
LONGEST_ID = 35
MOST_ORE = 10**15  # ten thousand milliard kroner: more is a fault, and sums must fit the database
_LAST_DIGITS = re.compile(r"([0-9]+)[^0-9]*\Z")
_POSITION_DIGITS = 18  # what fits the database; the digits before them change once in 10^18 receipts
_RATE = re.compile(r"\s*\+?(\d{1,6})(?:\.(\d{0,2})0*)?\s*", re.ASCII)
_FLAGS = {"": False, "0": False, "false": False, "1": True, "true": True}


def read_receipt(part: Part, texts: Texts, master: Master, clock: Clock) -> Receipt:
    """Build the receipt of one transaction. Raises Misfit for a value that does not fit its element."""
    (nr, trans_id, own_type, gross, net, side, day, hour, customer, invoice, prints, book, void, training) = (
        part.pick(texts)
    )
    nr, own_type = identity("nr", nr), own_type.strip()
    side = side_of(side)
    at, at_utc = clock.moment(day, hour, ("transDate", "transTime"))
    vat_rows = tuple(_vat_row(row.pick(texts), side, master) for row in part.all("vat"))
    payments = tuple(_payment(row.pick(texts), master) for row in part.all("payment"))
    standard_type = master.transaction_types.get(own_type, UNKNOWN)[1]
    invoice = invoice.strip()
    witness = Witness(
        training=flag("trainingID", training),
        void=flag("voidTransaction", void),
        own_type=own_type,
        standard_type=standard_type,
        invoice_no=invoice,
        payments=payments,
    )
    return normalised(
        Receipt(
            nr=nr,
            position=_position(nr),
            trans_id=identity("transID", trans_id),
            at=at,
            at_utc=at_utc,
            own_type=own_type,
            standard_type=standard_type,
            kind=kind_of(witness),
            gross=signed(amount("transAmntIn", gross), side),
            net=signed(amount("transAmntEx", net), side),
            rounding=_rounding(part, texts),
            lines=tuple(_line(line, texts, vat_rows, master) for line in part.all("ctLine")),
            vat_rows=vat_rows,
            payments=payments,
            raises=tuple(_raises(part, texts, master)),
            customer=customer.strip(),
            invoice_no=invoice,
            notes=_notes(prints, book_date_empty=not book and "bookDate" in part.present),
        )
    )


def _line(line: Part, texts: Texts, vat_rows: tuple[VatRow, ...], master: Master) -> SaleLine:
    group, gross_text, net_text, side, text = line.pick(texts)
    side = side_of(side)
    gross = signed(amount("lineAmntIn", gross_text), side)
    net = signed(amount("lineAmntEx", net_text), side)
    group = group.strip()
    group_name, standard_group = master.groups.get(group, UNKNOWN)
    code, own_code, rate, vat = "", "", None, Ore(gross - net)
    for row in line.all("vat"):
        own_text, rate_text, vat_text, _ = row.pick(texts)
        own_code = own_text.strip()
        code, rate = master.vat.get(own_code, ""), rate_of(rate_text)
        vat = signed(amount("vatAmnt", vat_text), side)
    if not own_code and len(vat_rows) == 1:
        only = vat_rows[0]
        code, own_code, rate = only.vat_code, only.own_vat_code, only.rate if rate is None else rate
    return SaleLine(group, group_name, standard_group, code, own_code, rate, gross, net, vat, text)


def _vat_row(fields: tuple[str, ...], transaction_side: str, master: Master) -> VatRow:
    own_code, rate, vat, side = fields
    own_code = own_code.strip()
    vat_side = side_of(side, "vatAmntTp") if side else transaction_side
    return VatRow(
        master.vat.get(own_code, ""), own_code, rate_of(rate), signed(amount("vatAmnt", vat), vat_side)
    )


def _payment(fields: tuple[str, ...], master: Master) -> Payment:
    own_type, paid, currency, rate = fields
    own_type = own_type.strip()
    name, standard = master.payment_types.get(own_type, UNKNOWN)
    return Payment(
        own_type, name, standard, amount("paidAmnt", paid), currency.strip() or "NOK", bool(rate.strip())
    )


def _raises(part: Part, texts: Texts, master: Master) -> Iterator[tuple[str, Ore]]:
    """Give the raises of the lines and of the transaction, by standard type where there is one."""
    for holder in (*part.all("ctLine"), part):
        for row in holder.all("raise"):
            own_type, raised = row.pick(texts)
            own_type = own_type.strip()
            standard = master.raises.get(own_type, UNKNOWN)[1]
            yield standard or own_type, amount("raiseAmnt", raised)


def _rounding(part: Part, texts: Texts) -> Ore | None:
    for row in part.all("rounding"):
        rounded = row.pick(texts)[0]
        return amount("roundingAmnt", rounded) if rounded else None
    return None


@lru_cache(maxsize=64)
def _notes(prints: str, *, book_date_empty: bool) -> tuple[str, ...]:
    notes = []
    if prints.strip():
        if not prints.strip().isdecimal():
            raise Misfit("field-malformed", "receiptNum", prints)
        if int(prints) > MOST_PRINTS:
            notes.append("receipt-num-large")
    if book_date_empty:
        notes.append("book-date-empty")
    return tuple(notes)


def _position(nr: str) -> int:
    found = _LAST_DIGITS.search(nr)
    if not found:
        raise Misfit("field-malformed", "nr", nr)
    return int(found[1][-_POSITION_DIGITS:])


def identity(element: str, text: str) -> str:
    """Give an id without surrounding blanks; the schema stops it at 35 characters. Raises Misfit."""
    found = text.strip()
    if not found or len(found) > LONGEST_ID:
        raise Misfit("field-malformed", element, text)
    return found


@lru_cache(maxsize=8192)
def amount(element: str, text: str) -> Ore:
    """Give the øre of an amount. Raises Misfit."""
    try:
        ore = from_kroner(text)
    except NotAnAmount:
        raise Misfit("amount-malformed", element, text) from None
    if abs(ore) > MOST_ORE:
        raise Misfit("amount-malformed", element, text)
    return ore


@lru_cache(maxsize=256)
def rate_of(text: str, element: str = "vatPerc") -> int | None:
    """Turn `"25.00"` into 2500 basis points, None when nothing is said. Raises Misfit."""
    if not text.strip():
        return None
    found = _RATE.fullmatch(text)
    if not found:
        raise Misfit("field-malformed", element, text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def side_of(text: str, element: str = "amntTp") -> str:
    """Give `C` or `D`. Raises Misfit for anything else."""
    side = text.strip()
    if side not in {"C", "D"}:
        raise Misfit("field-malformed", element, text)
    return side


def flag(element: str, text: str) -> bool:
    """Read xsd:boolean; absent or empty is false. Raises Misfit."""
    try:
        return _FLAGS[text.strip()]
    except KeyError:
        raise Misfit("field-malformed", element, text) from None
