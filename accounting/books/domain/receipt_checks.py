"""What must hold for one receipt before it may be booked (saft.md 6.4, 2, 3 and 7)."""

from collections.abc import Iterator
from datetime import date

from accounting.books.domain.codes import CASH, PAYMENT_ROLES, TIPS, VAT_RATES, rate_on
from accounting.books.domain.evidence import MOST_ROUNDING
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner
from accounting.books.domain.sales import (
    LEFT_OUT,
    SALE_TYPES,
    SETTLED_BY_TENDER,
    Payment,
    Receipt,
    ReceiptKind,
    SaleLine,
    VatRow,
)

_UNMAPPED = frozenset(
    {ReceiptKind.UNRESOLVED, ReceiptKind.PURCHASE, ReceiptKind.PAYMENT, ReceiptKind.TRADE_IN}
)


def receipt_issues(receipt: Receipt) -> Iterator[Issue]:
    """Say everything that is wrong, or odd, with one receipt."""
    if receipt.kind in LEFT_OUT:
        return
    yield from (Issue(note, receipt.nr) for note in receipt.notes)
    if receipt.kind in _UNMAPPED:
        said = receipt.type_name or receipt.own_type
        yield Issue("transaction-type-unresolved", said, (("nr", receipt.nr),))
    if receipt.kind in SALE_TYPES:
        yield from _lines(receipt)
    if receipt.kind in SETTLED_BY_TENDER:
        yield from _tenders(receipt)
    else:
        yield from _moved(receipt)
    for payment in receipt.payments:
        yield from _payment(payment)


def rounding_of(receipt: Receipt) -> int:
    """Give the receipt's rounding in øre; derived from a cash payment where the till gave none."""
    if receipt.rounding is not None:
        return receipt.rounding
    if not _cash(receipt):
        return 0
    left = _paid(receipt) - receipt.gross - receipt.tip
    return left if abs(left) <= MOST_ROUNDING else 0


def rate_of(row: SaleLine | VatRow, at: str) -> int:
    """Give a row's rate; where the till left it out, the one that its code has that day."""
    if row.rate is not None:
        return row.rate
    return rate_on(row.vat_code, date.fromisoformat(at[:10])) or 0


def _lines(receipt: Receipt) -> Iterator[Issue]:
    """Hold the lines to the receipt's sums: gross to the øre, net and VAT to half an øre a line.

    A till may compute the VAT anew on the receipt's total (saft.md 4.7).
    """
    slack = len(receipt.lines)
    sums: list[tuple[int, int, int]] = [
        (sum([line.gross for line in receipt.lines]), receipt.gross, 0),
        (sum([line.net for line in receipt.lines]), receipt.net, slack),
    ]
    if receipt.vat_rows:
        vat = sum(row.vat for row in receipt.vat_rows)
        sums.append((vat, receipt.gross - receipt.net, slack))
    for lines, total, most in sums:
        if 2 * abs(lines - total) > most:
            yield _differs("receipt-sum-differs", receipt.nr, lines=lines, total=total)
    day = date.fromisoformat(receipt.at[:10])
    for line in receipt.lines:
        yield from _line(line, receipt.nr, day)


def _line(line: SaleLine, nr: str, day: date) -> Iterator[Issue]:
    if line.vat_code not in VAT_RATES:
        if line.gross or line.own_vat_code:
            yield Issue("vat-code-unresolved", nr, (("value", line.own_vat_code or "–"),))
        return
    expected = rate_on(line.vat_code, day)
    if line.rate is not None and expected is not None and line.rate != expected:
        facts = (("rate", to_kroner(line.rate)), ("expected", to_kroner(expected)))
        yield Issue("vat-rate-unexpected", line.vat_code, facts)
    if line.group and not line.group_name:
        yield Issue("article-group-unresolved", line.group)


def _tenders(receipt: Receipt) -> Iterator[Issue]:
    expected = receipt.gross + rounding_of(receipt) + receipt.tip
    if not receipt.payments and receipt.kind is ReceiptKind.CREDIT_SALE:
        return
    if receipt.kind is ReceiptKind.CUSTOMER_PAYMENT and receipt.gross == 0:
        return
    if _paid(receipt) != expected:
        yield _unpaid(receipt, expected)
    yield from _rounding(receipt)


def _moved(receipt: Receipt) -> Iterator[Issue]:
    """Hold what moved to what the till says moved; the signs are the vendor's own (saft.md 4.7)."""
    expected = abs(receipt.gross + (receipt.rounding or 0) + _tips(receipt))
    if (
        receipt.payments
        and receipt.gross
        and abs(_paid(receipt)) not in {abs(receipt.gross), expected}
    ):
        yield _differs("payments-differ", receipt.nr, paid=_paid(receipt), expected=receipt.gross)


def _tips(receipt: Receipt) -> int:
    return sum(amount for kind, amount in receipt.raises if kind == TIPS)


def _unpaid(receipt: Receipt, expected: int) -> Issue:
    foreign = next((p for p in receipt.payments if p.currency != "NOK"), None)
    if foreign:
        facts = (("paid", to_kroner(foreign.amount)), ("value", foreign.currency))
        return Issue("currency-not-clear", receipt.nr, facts)
    if tips := _tips(receipt):
        paid = _paid(receipt)
        return _differs("tip-unclear", receipt.nr, paid=paid, total=receipt.gross, tips=tips)
    return _differs("payments-differ", receipt.nr, paid=_paid(receipt), expected=expected)


def _rounding(receipt: Receipt) -> Iterator[Issue]:
    rounding = rounding_of(receipt)
    if not rounding:
        return
    if receipt.rounding is None:
        yield _differs("rounding-derived", receipt.nr, amount=rounding)
    if not _cash(receipt):
        yield _differs("rounding-without-cash", receipt.nr, amount=rounding)
    elif abs(rounding) > MOST_ROUNDING:
        yield _differs("rounding-too-large", receipt.nr, amount=rounding)


def _payment(payment: Payment) -> Iterator[Issue]:
    if payment.standard_type not in PAYMENT_ROLES or payment.standard_type == "12999":
        yield Issue("payment-type-unresolved", payment.type_name or payment.type)


def _paid(receipt: Receipt) -> int:
    return sum([payment.amount for payment in receipt.payments])


def _cash(receipt: Receipt) -> bool:
    return any(p.standard_type == CASH and p.amount for p in receipt.payments)


def _differs(code: str, subject: str, **amounts: int) -> Issue:
    return Issue(code, subject, tuple((name, to_kroner(ore)) for name, ore in amounts.items()))
