"""How the values are kept as text in the database: canonical JSON, so that equal content has one hash.

Reading gives back what was written; keys are short because there is one text per receipt.
"""

from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson

from accounting.books.domain.codes import Role
from accounting.books.domain.day import (
    CreditSale,
    Movement,
    PaymentTotal,
    SalesDay,
    SalesTotal,
    VatTotal,
)
from accounting.books.domain.issues import from_json, to_json
from accounting.books.domain.journal import Journal, Line
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import (
    Counted,
    Evidence,
    Payment,
    Receipt,
    ReceiptKind,
    SaleLine,
    VatRow,
    ZFigure,
    ZReport,
)


def digest(text: str) -> str:
    """Give the SHA-256 of a stored text, in hex."""
    return sha256(text.encode()).hexdigest()


def _text(said: object) -> str:
    return orjson.dumps(said).decode()


def receipt_text(receipt: Receipt) -> str:
    """Write a receipt; the position and the moment stand in columns of their own."""
    r = receipt
    return _text(
        {
            "id": r.trans_id,
            "at": r.at,
            "type": (r.own_type, r.standard_type, r.kind, r.type_name),
            "sum": (r.gross, r.net, r.rounding, r.tip),
            "lines": [_line(line) for line in r.lines],
            "vat": [(v.vat_code, v.own_vat_code, v.rate, v.vat) for v in r.vat_rows],
            "paid": [_payment(payment) for payment in r.payments],
            "raise": r.raises,
            "customer": r.customer,
            "invoice": r.invoice_no,
            "notes": r.notes,
        }
    )


def _line(line: SaleLine) -> tuple[str | int | None, ...]:
    group = (line.group, line.group_name, line.standard_group)
    vat = (line.vat_code, line.own_vat_code, line.rate)
    return (*group, *vat, line.gross, line.net, line.vat, line.text)


def _payment(payment: Payment) -> tuple[str | int | None, ...]:
    kind = (payment.type, payment.type_name, payment.standard_type)
    return (*kind, payment.amount, payment.currency, payment.rate)


def receipt_from(nr: str, position: int, at_utc: datetime, text: str) -> Receipt:
    """Read what `receipt_text` wrote."""
    kept: dict[str, Any] = orjson.loads(text)
    own_type, standard_type, kind, type_name = kept["type"]
    gross, net, rounding, tip = kept["sum"]
    return Receipt(
        nr=nr,
        position=position,
        trans_id=kept["id"],
        at=kept["at"],
        at_utc=at_utc,
        own_type=own_type,
        standard_type=standard_type,
        kind=ReceiptKind(kind),
        gross=gross,
        net=net,
        rounding=rounding,
        lines=tuple(SaleLine(*line) for line in kept["lines"]),
        vat_rows=tuple(VatRow(*row) for row in kept["vat"]),
        payments=tuple(Payment(*payment) for payment in kept["paid"]),
        raises=tuple((own, amount) for own, amount in kept["raise"]),
        customer=kept["customer"],
        invoice_no=kept["invoice"],
        notes=tuple(kept["notes"]),
        type_name=type_name,
        tip=tip,
    )


def z_text(z: ZReport) -> str:
    """Write what a Z report says.

    Evidence and day are about the file, not the report, and left out. So are the count and the figures
    beside it, not read from the first: a Z that comes again is no other for them (docs/decisions/0006).
    """
    said = asdict(z)
    del said["evidence"], said["file_day"], said["counted"], said["at_utc"]
    del said["figures"]
    return _text(said)


def figures_text(z: ZReport) -> str:
    """Write what a Z report counts beside what is booked; '' for nothing."""
    rows = [(f.name, f.of, f.by, f.number, f.amount) for f in z.figures]
    return _text(rows) if rows else ""


def figures_from(text: str) -> tuple[ZFigure, ...]:
    """Read what `figures_text` wrote."""
    return tuple(ZFigure(*row) for row in orjson.loads(text)) if text else ()


def z_from(
    text: str,
    at_utc: datetime,
    evidence: Evidence,
    file_day: date | None = None,
    counted: Counted | None = None,
) -> ZReport:
    """Read what `z_text` wrote."""
    said: dict[str, Any] = orjson.loads(text)
    for name in ("vat", "payments", "groups"):
        said[name] = tuple(map(tuple, said[name]))
    return ZReport(at_utc=at_utc, evidence=evidence, file_day=file_day, counted=counted, **said)


def day_text(day: SalesDay) -> str:
    """Write a settlement; the same settlement always gives the same text.

    What people add to it (a count, an acknowledgement) is not part of what the till delivered.
    """
    said = _fields(day)
    for name in ("sales", "payments", "vat_totals", "movements", "credit_sales"):
        said[name] = [_fields(row) for row in said[name]]
    said["business_date"] = day.business_date.isoformat()
    said["findings"] = [to_json(finding) for finding in day.findings]
    del said["acknowledged"], said["counted_cash"]
    return _text(said)


def _fields(row: Any) -> dict[str, Any]:
    """Give a value's fields by name, in their order: `asdict` copies them deeply, ten times as slow."""
    return {name: getattr(row, name) for name in row.__slots__}


def day_from(text: str) -> SalesDay:
    """Read what `day_text` wrote."""
    said: dict[str, Any] = orjson.loads(text)
    said["business_date"] = date.fromisoformat(said["business_date"])
    said["sales"] = tuple(SalesTotal(**row) for row in said["sales"])
    said["payments"] = tuple(PaymentTotal(**row) for row in said["payments"])
    said["vat_totals"] = tuple(VatTotal(**row) for row in said["vat_totals"])
    said["movements"] = tuple(Movement(**row) for row in said["movements"])
    said["credit_sales"] = tuple(CreditSale(**row) for row in said["credit_sales"])
    said["findings"] = tuple(from_json(finding) for finding in said["findings"])
    return SalesDay(**said)


def journal_text(journal: Journal) -> str:
    """Write a journal as it will be sent; what only corrections have is written for them alone."""
    said = asdict(journal)
    said["voucher_date"] = journal.voucher_date.isoformat()
    for name in ("corrects", "other_departments"):
        if not said[name]:
            del said[name]
    return _text(said)


def journal_from(text: str) -> Journal:
    """Read what `journal_text` wrote. Raises ValueError when it no longer balances."""
    said: dict[str, Any] = orjson.loads(text)
    lines = tuple(
        Line(**{**line, "role": Role(line["role"]), "amount": Ore(line["amount"])})
        for line in said.pop("lines")
    )
    said["voucher_date"] = date.fromisoformat(said["voucher_date"])
    others = said.pop("other_departments", ())
    return Journal(**said, lines=lines, other_departments=tuple(map(tuple, others)))
