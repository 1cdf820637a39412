"""A cashtransaction → a receipt: signs turned, codes resolved, its kind weighed (saft.md 1.7, 4.7)."""

import re
from dataclasses import replace
from functools import lru_cache

from accounting.books.domain.evidence import Witness, kind_of, normalised, signed
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Payment, Receipt, SaleLine, VatRow
from integrations.pos.saft.master import UNKNOWN, Master
from integrations.pos.saft.refusal import Misfit
from integrations.pos.saft.shape import Fields, Shape, Shapes
from integrations.pos.saft.times import Clock
from integrations.pos.saft.values import amount, exchange_rate, flag, identity, rate_of, side_of

MOST_PRINTS = 999  # receiptNum counts printouts (saft.md 1.7)
MOST_KEPT = 1 << 11
TRANSACTION = ("transDate", "transTime")
_LAST_DIGITS = re.compile(r"([0-9]+)[^0-9]*\Z")
_POSITION_DIGITS = (
    18  # what fits the database; the digits before them change once in 10^18 receipts
)


class Till:
    """One register's transactions, read in order."""

    def __init__(self, master: Master, most_kept: int = MOST_KEPT) -> None:
        """Begin a register; at most so many different lines, and so many payments, are kept at hand."""
        self._most_kept = most_kept
        self._master = master
        self._clock = Clock()
        self._lines: dict[Fields, SaleLine] = {}
        self._payments: dict[tuple[Fields, ...], tuple[Payment, ...]] = {}
        self._vat: dict[tuple[str, str], tuple[VatRow, ...]] = {}

    def read(self, shapes: Shapes, xml: str) -> Receipt:
        """Build the receipt of one transaction. Raises OtherShape, Misfit."""
        said = shapes["cashtransaction"].pick(xml)
        nr_text, trans_id, own_type, gross, net, side, employee, customer, day, clock = said[:10]
        book_date, invoice, lines, vats, raised, rounding, payments, *printed = said[10:]
        prints, void, training = printed
        self._master.employees.name(employee)
        rows = shapes["ctLine"].fresh_rows(lines)
        vat_rows = self._vat_rows(shapes["vat"], vats, side := side_of(side))
        paid = self._paid(shapes["payment"].fresh_rows(payments))
        raises = self._raises(shapes["raise"], [*(row[-2] for row in rows if row[-2]), raised])
        nr, own_type, invoice = identity("nr", nr_text), own_type.strip(), invoice.strip()
        at, at_utc = self._clock.moment(day, clock, TRANSACTION)
        type_name, standard_type = self._master.transaction_types.get(own_type, UNKNOWN)
        receipt = Receipt(
            nr=nr,
            position=_position(nr_text),
            trans_id=identity("transID", trans_id),
            at=at,
            at_utc=at_utc,
            own_type=own_type,
            standard_type=standard_type,
            kind=kind_of(
                Witness(flag(training), flag(void), own_type, standard_type, invoice, paid)
            ),
            gross=signed(amount(gross), side),
            net=signed(amount(net), side),
            rounding=amount(rounding) if rounding else None,
            lines=tuple([self._line(row, vat_rows) for row in rows]),
            vat_rows=vat_rows,
            payments=paid,
            raises=raises,
            customer=customer.strip(),
            invoice_no=invoice,
            notes=_notes(prints, book_date),
            type_name=type_name,
        )
        return normalised(receipt)

    def _line(self, fields: Fields, vat_rows: tuple[VatRow, ...]) -> SaleLine:
        """Give a line; the same words again are the same value, which spares time and memory."""
        line = self._lines.get(fields)
        if line is None:
            line = self._new_line(*fields[:10])
            if len(self._lines) >= self._most_kept:
                self._lines.clear()
            self._lines[fields] = line
        if not line.own_vat_code and len(vat_rows) == 1:
            return _with_vat_of(vat_rows[0], line)
        return line

    def _new_line(self, *fields: str) -> SaleLine:
        group, article, gross_text, net_text, side, employee, text, own_code, rate, vat = fields
        self._master.articles.name(article)
        self._master.employees.name(employee)
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

    def _vat_rows(self, shape: Shape, text: str, transaction_side: str) -> tuple[VatRow, ...]:
        rows = self._vat.get((transaction_side, text))
        if rows is None:
            read = shape.fresh_rows(text)
            rows = tuple([self._vat_row(transaction_side, *row) for row in read])
            if len(self._vat) >= self._most_kept:
                self._vat.clear()
            self._vat[transaction_side, text] = rows
        return rows

    def _vat_row(self, transaction_side: str, *fields: str) -> VatRow:
        own_code, rate, vat, side, _ = fields
        own_code = own_code.strip()
        standard = self._master.vat.get(own_code, "")
        signed_vat = signed(amount(vat), side_of(side) if side else transaction_side)
        return VatRow(standard, own_code, rate_of(rate), signed_vat)

    def _paid(self, rows: tuple[Fields, ...]) -> tuple[Payment, ...]:
        """Give the payments; most are paid as others were before, by the same card and the same sum."""
        paid = self._payments.get(rows)
        if paid is None:
            paid = tuple([self._payment(*row) for row in rows])
            if len(self._payments) >= self._most_kept:
                self._payments.clear()
            self._payments[rows] = paid
        return paid

    def _payment(self, own_type: str, paid: str, currency: str, rate: str, _: str) -> Payment:
        own_type = own_type.strip()
        name, standard = self._master.payment_types.get(own_type, UNKNOWN)
        return Payment(
            own_type, name, standard, amount(paid), currency.strip() or "NOK", exchange_rate(rate)
        )

    def _raises(self, shape: Shape, texts: list[str]) -> tuple[tuple[str, Ore], ...]:
        """Give the raises of the lines and of the transaction, by standard type where there is one."""
        raises = []
        for text in texts:
            for own_type, raised, _ in shape.rows(text):
                own = own_type.strip()
                raises.append((self._master.raises.get(own, UNKNOWN)[1] or own, amount(raised)))
        return tuple(raises)


def _with_vat_of(row: VatRow, line: SaleLine) -> SaleLine:
    """Give a line that names no VAT code the only one that its receipt has."""
    return replace(
        line,
        vat_code=row.vat_code,
        own_vat_code=row.own_vat_code,
        rate=row.rate if line.rate is None else line.rate,
    )


@lru_cache(maxsize=64)
def _notes(prints: str, book_date: str) -> tuple[str, ...]:
    """Note what is odd; `book_date` ends with `</` where there is one, though it be empty."""
    notes = []
    if prints.strip():
        if not prints.strip().isdecimal():
            raise Misfit("field-malformed", frozenset({"receiptNum"}), prints)
        if int(prints) > MOST_PRINTS:
            notes.append("receipt-num-large")
    if book_date and not book_date[:-2].strip():
        notes.append("book-date-empty")
    return tuple(notes)


def _position(nr: str) -> int:
    if nr.isdecimal() and nr.isascii() and len(nr) <= _POSITION_DIGITS:
        return int(nr)
    found = _LAST_DIGITS.search(nr)
    if not found:
        raise Misfit("field-malformed", frozenset({"nr"}), nr)
    return int(found[1][-_POSITION_DIGITS:])
