"""Money that moved without a sale, and sales that go as invoices (saft.md 2.4).

Signs of floats, pay-ins and pay-outs are the vendor's own habit: the type decides, then the payment.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accounting.books.domain.codes import CASH, ON_ACCOUNT
from accounting.books.domain.day import CreditSale, Movement
from accounting.books.domain.money import ZERO, Ore
from accounting.books.domain.receipt_checks import rounding_of
from accounting.books.domain.sales import ON_CREDIT, Payment, Receipt, ReceiptKind

_OUT = frozenset({ReceiptKind.PAID_OUT, ReceiptKind.PURCHASE, ReceiptKind.PAYMENT})
_IN = frozenset({ReceiptKind.PAID_IN, ReceiptKind.FLOAT})
_EITHER = frozenset({ReceiptKind.CASH_DIFFERENCE, ReceiptKind.UNRESOLVED})
_CASH = Payment("", "Kontanter", CASH, ZERO)


def movements(receipts: Sequence[Receipt]) -> tuple[Movement, ...]:
    """Sum the movements of a period per kind, type and tender; what sums to nothing is left out."""
    sums: dict[Movement, list[int]] = defaultdict(lambda: [0, 0])
    for receipt in receipts:
        if receipt.kind is ReceiptKind.SALE:
            continue  # nearly all are, and none of them moves money without a sale
        for movement in _of(receipt):
            kept = sums[replace(movement, amount=ZERO, vat=ZERO)]
            kept[0] += movement.amount
            kept[1] += movement.vat
    found = (
        replace(movement, amount=Ore(amount), vat=Ore(vat))
        for movement, (amount, vat) in sums.items()
        if amount
    )
    return tuple(sorted(found, key=lambda m: (m.kind, m.type, m.tender)))


def credit_sales(receipts: Sequence[Receipt]) -> tuple[CreditSale, ...]:
    """Give the receipts of a period that go as invoices."""
    return tuple(
        CreditSale(r.nr, r.customer, r.invoice_no, r.gross) for r in receipts if r.kind in ON_CREDIT
    )


def paid_now(receipt: Receipt) -> Receipt:
    """Give what of a receipt is settled in this period: all but what went on the customer's account."""
    now = [p for p in receipt.payments if p.standard_type != ON_ACCOUNT]
    return receipt if len(now) == len(receipt.payments) else replace(receipt, payments=tuple(now))


def sale_part(receipt: Receipt) -> Receipt:
    """Give the sale of a trade-in: its lines that sell, without what was taken in."""
    if receipt.kind is not ReceiptKind.TRADE_IN:
        return receipt
    lines = tuple(line for line in receipt.lines if line.gross >= 0)
    gross = Ore(sum(line.gross for line in lines))
    net = Ore(sum(line.net for line in lines))
    # The derived rounding belongs to the whole receipt, so it is written down before the parts part.
    rounding = Ore(rounding_of(receipt))
    return replace(receipt, lines=lines, vat_rows=(), gross=gross, net=net, rounding=rounding)


def _of(receipt: Receipt) -> Iterator[Movement]:
    kind = receipt.kind
    if kind in ON_CREDIT or kind is ReceiptKind.CUSTOMER_PAYMENT:
        paid = sum(p.amount for p in paid_now(receipt).payments)
        if paid:
            amount = Ore(paid - rounding_of(receipt) - receipt.tip)
            yield replace(_named(receipt, amount), kind=ReceiptKind.CUSTOMER_PAYMENT)
    elif kind is ReceiptKind.TRADE_IN:
        taken_in = [line for line in receipt.lines if line.gross < 0]
        worth = Ore(sum(line.gross for line in taken_in))
        yield _named(receipt, worth, Ore(sum(line.vat for line in taken_in)))
    elif kind is ReceiptKind.FLOAT:
        yield _named(receipt, _amount(receipt, _total(receipt)))
    elif kind in _OUT | _IN | _EITHER:
        # Of what nobody has explained the VAT is told, with its first tender, lest it be lost.
        vat = Ore(receipt.gross - receipt.net if kind is ReceiptKind.UNRESOLVED else 0)
        for payment in receipt.payments or (replace(_CASH, amount=receipt.gross),):
            moved, vat = _named(receipt, _amount(receipt, payment.amount), vat), ZERO
            tender = payment.standard_type or payment.type
            yield replace(
                moved,
                tender=payment.type or tender,
                tender_name=payment.type_name,
                standard_tender=payment.standard_type,
            )


def _total(receipt: Receipt) -> int:
    return sum(p.amount for p in receipt.payments) or receipt.gross


def _amount(receipt: Receipt, amount: int) -> Ore:
    """Give money into the till as +. A shortage may be told by the payment's sign or by the D alone."""
    undecided_out = receipt.kind in _EITHER and (amount < 0 or receipt.gross < 0)
    return Ore(-abs(amount) if receipt.kind in _OUT or undecided_out else abs(amount))


def _named(receipt: Receipt, amount: Ore, vat: Ore = ZERO) -> Movement:
    return Movement(
        kind=receipt.kind,
        type=receipt.own_type,
        type_name=receipt.type_name,
        standard_type=receipt.standard_type,
        amount=amount,
        vat=vat,
    )
