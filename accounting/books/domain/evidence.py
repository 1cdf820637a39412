"""What a receipt is, and with which signs: the till's word is one witness among several.

The order of evidence is DESIGN.md 5's; the sign dialects are saft.md 0.6 and 4.7's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from accounting.books.domain.codes import CASH, ON_ACCOUNT, TIPS
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import SETTLED_BY_TENDER, Payment, Receipt, ReceiptKind, value

MILLION = 1_000_000  # exchange rates are kept in millionths
MOST_ROUNDING = 50  # øre: 1–49 down, 50–99 up (saft.md 0.9)

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


@value
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
    """Read payments, rounding and tip the way in which the receipt's sums come out, if there is one.

    Vendors write payments of a return positive or negative, rounding with either sign, foreign cash in
    its own currency or in NOK, and a tip outside the total, inside it, or as a line (saft.md 4.7). The
    plainest reading that satisfies paid = gross + rounding + tip is taken; where none does, the
    receipt is left as it was written, and the checks say so.
    """
    if receipt.kind not in SETTLED_BY_TENDER or not receipt.payments:
        return receipt
    plain = sum(p.amount for p in receipt.payments) == receipt.gross + (receipt.rounding or 0)
    if plain and not receipt.raises:
        return receipt
    readings = [
        replace(receipt, payments=payments, rounding=rounding)
        for payments in _payment_readings(receipt.payments)
        for rounding in _rounding_readings(receipt.rounding)
    ]
    exact = (_settled(reading, slack=0) for reading in readings)
    derived = (_settled(reading, slack=_slack(reading)) for reading in readings)
    return next((found for found in chain(exact, derived) if found), receipt)


def _payment_readings(payments: Sequence[Payment]) -> Iterator[tuple[Payment, ...]]:
    """Give the payments as written, then by the rate, by the rate for a hundred; then each flipped."""
    foreign = any(payment.currency != "NOK" for payment in payments)
    scales = (None, MILLION, 100 * MILLION) if foreign else (None,)
    in_nok = [tuple(_in_nok(payment, scale) for payment in payments) for scale in scales]
    yield from in_nok
    for reading in in_nok:
        yield tuple(replace(payment, amount=Ore(-payment.amount)) for payment in reading)


def _in_nok(payment: Payment, scale: int | None) -> Payment:
    if scale is None or payment.currency == "NOK" or payment.rate is None:
        return payment
    nok = (2 * abs(payment.amount) * payment.rate + scale) // (2 * scale)
    return replace(payment, amount=Ore(nok if payment.amount >= 0 else -nok))


def _rounding_readings(rounding: Ore | None) -> tuple[Ore | None, ...]:
    return (rounding, Ore(-rounding)) if rounding else (rounding,)


def _slack(receipt: Receipt) -> int:
    """Give how far off a reading may be: a cash payment's rounding that the till did not write."""
    cash = any(p.standard_type == CASH and p.amount for p in receipt.payments)
    return MOST_ROUNDING if receipt.rounding is None and cash else 0


def _settled(receipt: Receipt, slack: int) -> Receipt | None:
    """Give the receipt with its tip where this reading comes out, within the slack."""
    if receipt.gross == 0 and receipt.kind is ReceiptKind.CUSTOMER_PAYMENT:
        return receipt
    tip = sum(amount for kind, amount in receipt.raises if kind == TIPS)
    left = sum(p.amount for p in receipt.payments) - receipt.gross - (receipt.rounding or 0)
    if tip and abs(left - tip) <= slack:
        return replace(receipt, tip=Ore(tip))
    if abs(left) > slack:
        return None
    lines = sum(line.gross for line in receipt.lines)
    return _without_tip(receipt, tip) if tip and lines == receipt.gross - tip else receipt


def _without_tip(receipt: Receipt, tip: int) -> Receipt:
    """Take a tip that is inside the total out of it; the net sum may or may not have held it too."""
    lines_net = sum(line.net for line in receipt.lines)
    net = receipt.net if lines_net == receipt.net else receipt.net - tip
    return replace(receipt, gross=Ore(receipt.gross - tip), net=Ore(net), tip=Ore(tip))
