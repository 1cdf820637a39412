"""The right answer beside the file, in the shape of ``read_saft`` (DESIGN.md 6).

It is made from the sums of what the till did, never by reading the file again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.pos.generator.catalogue import ALL_GROUPS, ALL_VAT_CODES
from integrations.pos.generator.codebook import ALL_PAYMENTS
from integrations.pos.generator.markup import kroner, percent
from integrations.pos.generator.receipt import Receipt
from integrations.pos.generator.sums import Window

Document = dict[str, Any]


def begin(document: Document, org_no: str, name: str) -> None:
    """Everything but what the tills will add."""
    document.update(
        company={"org_no": org_no, "name": name},
        settlements=[],
        credit_sales=[],
        open=[],
        findings=[],
    )


def settlement(register: str, z_number: int, window: Window, closed_at: datetime) -> Document:
    """One Z: what was sold and how it was paid, zero buckets left out."""
    return {
        "register": register,
        "z_number": str(z_number),
        "business_date": window.business_date(closed_at).isoformat(),
        "closed_at": closed_at.isoformat(),
        "transactions": window.transactions,
        "gross": kroner(window.gross),
        "net": kroner(window.gross - window.tax),
        "vat": kroner(window.tax),
        "rounding": kroner(window.rounding),
        "tips": kroner(window.tips.amount),
        "sales": _sales(window),
        "payments": [
            {
                "payment_type": own,
                "predefined_type": ALL_PAYMENTS[own].predefined,
                "amount": kroner(tally.amount),
            }
            for own, tally in sorted(window.payments.items())
            if tally.amount
        ],
        "other": [
            {"kind": kind, "amount": kroner(tally.amount)}
            for kind, tally in sorted(window.other.items())
            if tally.amount
        ],
        "findings": [],
    }


def credit_sale(register: str, nr: int, receipt: Receipt) -> Document:
    """One receipt on account: the whole of it, a credit note negative."""
    return {
        "register": register,
        "nr": str(nr),
        "customer": receipt.customer,
        "invoice_no": receipt.invoice,
        "gross": kroner(receipt.gross),
    }


def finish(document: Document) -> None:
    """Put registers, Z numbers and receipt numbers in order."""
    document["settlements"].sort(key=_order)
    document["credit_sales"].sort(key=lambda row: (row["register"], int(row["nr"])))
    document["open"].sort(key=lambda row: row["register"])


def _order(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["register"], int(row["z_number"])


def _sales(window: Window) -> list[dict[str, str]]:
    """The buckets in the reader's order: group, standard code, and the rate as a number."""
    found = [
        (group, ALL_VAT_CODES[own].standard, basis_points, bucket)
        for (group, own, basis_points), bucket in window.buckets.items()
        if bucket.gross or bucket.tax
    ]
    return [
        {
            "article_group": group,
            "predefined_group": ALL_GROUPS[group].predefined,
            "vat_code": standard,
            "rate": percent(basis_points),
            "gross": kroner(bucket.gross),
            "net": kroner(bucket.gross - bucket.tax),
            "vat": kroner(bucket.tax),
        }
        for group, standard, basis_points, bucket in sorted(found, key=lambda row: row[:3])
    ]
