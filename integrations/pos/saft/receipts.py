"""A cashtransaction → a receipt: signs turned, codes resolved, its kind weighed (saft.md 1.7, 4.7)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from accounting.books.domain.evidence import Witness, kind_of, normalised, signed
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Payment, Receipt, SaleLine, VatRow
from integrations.pos.saft.master import UNKNOWN, Master
from integrations.pos.saft.refusal import Misfit
from integrations.pos.saft.shape import Form, Texts
from integrations.pos.saft.times import Clock
from integrations.pos.saft.values import amount, exchange_rate, flag, identity, rate_of, side_of

MOST_PRINTS = 999  # receiptNum counts printouts (saft.md 1.7)
MOST_LINES_KEPT = 1 << 14
TRANSACTION = ("transDate", "transTime")
_LAST_DIGITS = re.compile(r"([0-9]+)[^0-9]*\Z")
_POSITION_DIGITS = (
    18  # what fits the database; the digits before them change once in 10^18 receipts
)


class Till:
    """One register's transactions, read in order."""

    def __init__(self, master: Master, most_lines: int = MOST_LINES_KEPT) -> None:
        """Begin a register; at most so many different lines are kept at hand."""
        self._most_lines = most_lines
        self._master = master
        self._clock = Clock()
        self._lines: dict[tuple[str, ...], SaleLine] = {}

    def read(self, form: Form, texts: Texts) -> Receipt:
        """Build the receipt of one transaction. Raises Misfit for a value that does not fit."""
        head = form.pick(texts)
        nr_text, trans_id, own_type, gross, net, side, day, clock, customer, invoice = head[:10]
        rounding, prints, void, training = head[10:]
        nr, own_type, invoice = identity("nr", nr_text), own_type.strip(), invoice.strip()
        side = side_of(side)
        at, at_utc = self._clock.moment(day, clock, TRANSACTION)
        vat_rows = tuple([self._vat_row(pick(texts), side) for pick in form.all("vat")])
        payments = tuple([self._payment(*pick(texts)) for pick in form.all("payment")])
        type_name, standard_type = self._master.transaction_types.get(own_type, UNKNOWN)
        kind = kind_of(
            Witness(flag(training), flag(void), own_type, standard_type, invoice, payments)
        )
        receipt = Receipt(
            nr=nr,
            position=_position(nr_text),
            trans_id=identity("transID", trans_id),
            at=at,
            at_utc=at_utc,
            own_type=own_type,
            standard_type=standard_type,
            kind=kind,
            gross=signed(amount(gross), side),
            net=signed(amount(net), side),
            rounding=amount(rounding) if rounding else None,
            lines=tuple([self._line(pick(texts), vat_rows) for pick in form.all("ctLine")]),
            vat_rows=vat_rows,
            payments=payments,
            raises=tuple(self._raises(form, texts)),
            customer=customer.strip(),
            invoice_no=invoice,
            notes=_notes(prints, book_date_empty=_is_empty(form, texts, "bookDate")),
            type_name=type_name,
        )
        return normalised(receipt)

    def _line(self, fields: tuple[str, ...], vat_rows: tuple[VatRow, ...]) -> SaleLine:
        """Give a line; the same words again are the same value, which spares time and memory."""
        line = self._lines.get(fields)
        if line is None:
            line = self._new_line(*fields)
            if len(self._lines) >= self._most_lines:
                self._lines.clear()
            self._lines[fields] = line
        if not line.own_vat_code and len(vat_rows) == 1:
            return _with_vat_of(vat_rows[0], line)
        return line

    def _new_line(self, *fields: str) -> SaleLine:
        group, gross_text, net_text, side, text, own_code, rate, vat = fields
        group, own_code, side = group.strip(), own_code.strip(), side_of(side)
        group_name, standard_group = self._master.groups.get(group, UNKNOWN)
        gross, net = signed(amount(gross_text), side), signed(amount(net_text), side)
        return SaleLine(
            group=group,
            group_name=group_name,
            standard_group=standard_group,
            vat_code=self._master.vat.get(own_code, ""),
            own_vat_code=own_code,
            rate=rate_of(rate),
            gross=gross,
            net=net,
            vat=signed(amount(vat), side) if vat else Ore(gross - net),
            text=text,
        )

    def _vat_row(self, fields: tuple[str, ...], transaction_side: str) -> VatRow:
        own_code, rate, vat, side = fields
        own_code = own_code.strip()
        standard = self._master.vat.get(own_code, "")
        signed_vat = signed(amount(vat), side_of(side) if side else transaction_side)
        return VatRow(standard, own_code, rate_of(rate), signed_vat)

    def _payment(self, own_type: str, paid: str, currency: str, rate: str) -> Payment:
        own_type = own_type.strip()
        name, standard = self._master.payment_types.get(own_type, UNKNOWN)
        return Payment(
            own_type, name, standard, amount(paid), currency.strip() or "NOK", exchange_rate(rate)
        )

    def _raises(self, form: Form, texts: Texts) -> Iterator[tuple[str, Ore]]:
        """Give the raises of the lines and of the transaction, by standard type where there is one."""
        for pick in form.all("raise"):
            own_type, raised = pick(texts)
            own_type = own_type.strip()
            standard = self._master.raises.get(own_type, UNKNOWN)[1]
            yield standard or own_type, amount(raised)


def _with_vat_of(row: VatRow, line: SaleLine) -> SaleLine:
    """Give a line that names no VAT code the only one that its receipt has."""
    return replace(
        line,
        vat_code=row.vat_code,
        own_vat_code=row.own_vat_code,
        rate=row.rate if line.rate is None else line.rate,
    )


def _is_empty(form: Form, texts: Texts, name: str) -> bool:
    place = form.places.get(name)
    return place is not None and not texts[place].strip()


@lru_cache(maxsize=64)
def _notes(prints: str, *, book_date_empty: bool) -> tuple[str, ...]:
    notes = []
    if prints.strip():
        if not prints.strip().isdecimal():
            raise Misfit("field-malformed", frozenset({"receiptNum"}), prints)
        if int(prints) > MOST_PRINTS:
            notes.append("receipt-num-large")
    if book_date_empty:
        notes.append("book-date-empty")
    return tuple(notes)


def _position(nr: str) -> int:
    found = _LAST_DIGITS.search(nr)
    if not found:
        raise Misfit("field-malformed", frozenset({"nr"}), nr)
    return int(found[1][-_POSITION_DIGITS:])
