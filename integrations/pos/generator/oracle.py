"""The right answer beside the file, in the shape of ``read_saft`` (DESIGN.md 6).

It is made from the sums of what the till did, never by reading the file again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.pos.generator.catalogue import GROUPS, VAT_CODES
from integrations.pos.generator.codebook import PAYMENTS
from integrations.pos.generator.markup import kroner, percent
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
        "tips": "0.00",
        "sales": _sales(window),
        "payments": [
            {
                "payment_type": own,
                "predefined_type": PAYMENTS[own].predefined,
                "amount": kroner(tally.amount),
            }
            for own, tally in sorted(window.payments.items())
            if tally.amount
        ],
        "other": [],
        "findings": [],
    }


def finish(document: Document) -> None:
    """Put registers and Z numbers in order."""
    document["settlements"].sort(key=_order)
    document["open"].sort(key=lambda row: row["register"])


def _order(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["register"], int(row["z_number"])


def _sales(window: Window) -> list[dict[str, str]]:
    rows = []
    for (group, own), bucket in window.buckets.items():
        code = VAT_CODES[own]
        if bucket.gross or bucket.tax:
            rows.append(
                {
                    "article_group": group,
                    "predefined_group": GROUPS[group].predefined,
                    "vat_code": code.standard,
                    "rate": percent(code.basis_points),
                    "gross": kroner(bucket.gross),
                    "net": kroner(bucket.gross - bucket.tax),
                    "vat": kroner(bucket.tax),
                }
            )
    return sorted(rows, key=lambda row: (row["article_group"], row["vat_code"], row["rate"]))
