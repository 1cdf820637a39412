"""What the integration must be allowed to do in PowerOffice Go, in their words and in ours. Pure.

Source: each call's «Auth roles» in poweroffice-openapi.json. Rights are attached to the application
key and may be switched off for one client (poweroffice.md 1.2); a token shows those it was made with.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Right:
    """One right of theirs; `wider` names one that contains it, `needed` says that we stop without it."""

    name: str
    nb: str
    en: str
    needed: bool = True
    wider: str = ""


RIGHTS = (
    Right(
        "JournalEntryVoucher_Full", "Sende bilag til bilagsføring", "Send vouchers to bilagsføring"
    ),
    Right(
        "GeneralLedgerAccount",
        "Lese kontoplanen",
        "Read the chart of accounts",
        wider="GeneralLedgerAccount_Full",
    ),
    Right(
        "CommonServices",
        "Lese mva-koder og låst periode",
        "Read VAT codes and the lock date",
        wider="CommonServices_Full",
    ),
    Right("Department", "Lese avdelinger", "Read departments", wider="Department_Full"),
    Right("SalesOrders_Full", "Sende fakturautkast", "Send invoice drafts", needed=False),
    Right("Customer_Full", "Opprette kunder", "Create customers", needed=False),
    Right("Product_Full", "Opprette produkter", "Create products", needed=False),
)


# What was asked for is read only: which of these was missing is not said in the answer (403, empty).
TO_READ = tuple(right for right in RIGHTS if right.wider)


def lacking(held: Collection[str]) -> tuple[Right, ...]:
    """Give the rights that are not among those held."""
    return tuple(right for right in RIGHTS if not {right.name, right.wider} & set(held))
