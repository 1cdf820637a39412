"""What a receipt is, and with which signs: the till's word is one witness among several.

The order of evidence is DESIGN.md 5's; the sign dialects are saft.md 0.6 and 4.7's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounting.books.domain.codes import ON_ACCOUNT
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Payment, Receipt, ReceiptKind

_KINDS: dict[str, ReceiptKind] = {
    "11001": ReceiptKind.SALE,
    "11002": ReceiptKind.CREDIT_SALE,
    "11003": ReceiptKind.PURCHASE,
    "11004": ReceiptKind.PAYMENT,
    "11005": ReceiptKind.CUSTOMER_PAYMENT,
    "11006": ReceiptKind.SALE,
    "11007": ReceiptKind.FLOAT,
    "11008": ReceiptKind.CASH_DIFFERENCE,
    "11009": ReceiptKind.SALE,
    "11010": ReceiptKind.PAID_OUT,
    "11011": ReceiptKind.PAID_IN,
    "11012": ReceiptKind.TRADE_IN,
    "11013": ReceiptKind.SALE,
    "11014": ReceiptKind.INVENTORY,
    "11015": ReceiptKind.MIXED,
    "11016": ReceiptKind.SALE,
    "11017": ReceiptKind.CREDIT_SALE,
}


@dataclass(frozen=True, slots=True)
class Witness:
    """What a transaction says of itself. `own_type` '' means that it gave no type."""

    training: bool
    void: bool
    own_type: str
    standard_type: str
    invoice_no: str
    payments: Sequence[Payment]


def kind_of(witness: Witness) -> ReceiptKind:
    """Weigh the evidence in DESIGN.md 5's order; a receipt without any type is a sale."""
    if witness.training or witness.void:
        return ReceiptKind.TRAINING if witness.training else ReceiptKind.VOID
    if any(payment.standard_type == ON_ACCOUNT for payment in witness.payments):
        mixed = witness.standard_type == "11015"
        return ReceiptKind.MIXED if mixed else ReceiptKind.CREDIT_SALE
    if witness.standard_type in {"11005", "11002"}:
        return _KINDS[witness.standard_type]
    if witness.invoice_no and not any(payment.amount for payment in witness.payments):
        return ReceiptKind.CREDIT_SALE
    if not witness.own_type:
        return ReceiptKind.SALE
    return _KINDS.get(witness.standard_type, ReceiptKind.UNRESOLVED)


def signed(amount: Ore, debit_or_credit: str) -> Ore:
    """Give the shop's sign in either dialect: `D` takes revenue away, `C` carries its own sign."""
    return Ore(-abs(amount)) if debit_or_credit == "D" else amount


def normalised(receipt: Receipt) -> Receipt:
    """Turn inverted payments and inverted rounding round, where the sums prove that they are.

    Payments carry no C/D: when they sum to −(gross + rounding) they are flipped. A rounding that only
    fits with the other sign gets it (expected: paid − gross; saft.md 1.7).
    """
    paid = sum(payment.amount for payment in receipt.payments)
    rounding = receipt.rounding or 0
    if not paid or paid == receipt.gross + rounding:
        return receipt
    if paid == receipt.gross - rounding:
        return replace(receipt, rounding=Ore(-rounding))
    if paid in {-(receipt.gross + rounding), -(receipt.gross - rounding)}:
        flipped = tuple(replace(p, amount=Ore(-p.amount)) for p in receipt.payments)
        return normalised(replace(receipt, payments=flipped))
    return receipt
