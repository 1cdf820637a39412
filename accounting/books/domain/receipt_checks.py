"""What must hold for one receipt before it may be booked (saft.md 6.4, 2, 3 and 7)."""

from collections.abc import Iterator
from datetime import date

from accounting.books.domain.codes import CASH, PAYMENT_ROLES, VAT_RATES, rate_on
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner
from accounting.books.domain.sales import LEFT_OUT, SALE_TYPES, Payment, Receipt, SaleLine, VatRow

MOST_ROUNDING = 50  # øre: 1–49 down, 50–99 up (saft.md 0.9)


def receipt_issues(receipt: Receipt) -> Iterator[Issue]:
    """Say everything that is wrong, or odd, with one receipt."""
    if receipt.kind in LEFT_OUT:
        return
    yield from (Issue(note, receipt.nr) for note in receipt.notes)
    if receipt.kind not in SALE_TYPES:
        yield _unsupported(receipt)
        return
    if receipt.raises:
        yield Issue("raise-not-supported", receipt.nr)
    yield from _sums(receipt)
    yield from _rounding(receipt)
    day = date.fromisoformat(receipt.at[:10])
    for line in receipt.lines:
        yield from _line(line, receipt.nr, day)
    for payment in receipt.payments:
        yield from _payment(payment, receipt.nr)


def rounding_of(receipt: Receipt) -> int:
    """Give the receipt's rounding in øre; derived from a cash payment where the till gave none."""
    if receipt.rounding is not None:
        return receipt.rounding
    left = _paid(receipt) - receipt.gross
    return left if receipt.payments and abs(left) <= MOST_ROUNDING and _cash(receipt) else 0


def rate_of(row: SaleLine | VatRow, at: str) -> int:
    """Give a row's rate; where the till left it out, the one that its code has that day."""
    if row.rate is not None:
        return row.rate
    return rate_on(row.vat_code, date.fromisoformat(at[:10])) or 0


def _unsupported(receipt: Receipt) -> Issue:
    if receipt.kind == "unresolved":
        value = (("value", receipt.own_type),)
        return Issue("transaction-type-unresolved", receipt.nr, value)
    return Issue("kind-not-supported", receipt.nr, (("kind", receipt.kind),))


def _sums(receipt: Receipt) -> Iterator[Issue]:
    sums: list[tuple[int, int]] = [
        (sum(line.gross for line in receipt.lines), receipt.gross),
        (sum(line.net for line in receipt.lines), receipt.net),
    ]
    if receipt.vat_rows:
        sums.append((sum(row.vat for row in receipt.vat_rows), receipt.gross - receipt.net))
    for lines, total in sums:
        if lines != total:
            yield _differs("receipt-sum-differs", receipt.nr, lines=lines, total=total)
    expected = receipt.gross + rounding_of(receipt)
    if _paid(receipt) != expected:
        yield _differs("payments-differ", receipt.nr, paid=_paid(receipt), expected=expected)


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


def _line(line: SaleLine, nr: str, day: date) -> Iterator[Issue]:
    if line.vat_code not in VAT_RATES:
        if line.gross or line.own_vat_code:
            yield Issue("vat-code-unresolved", nr, (("value", line.own_vat_code),))
        return
    expected = rate_on(line.vat_code, day)
    if line.rate is not None and expected is not None and line.rate != expected:
        facts = (("rate", _percent(line.rate)), ("expected", _percent(expected)))
        yield Issue("vat-rate-unexpected", line.vat_code, facts)
    if line.group and not line.group_name:
        yield Issue("article-group-unresolved", line.group)


def _payment(payment: Payment, nr: str) -> Iterator[Issue]:
    if payment.standard_type not in PAYMENT_ROLES:
        yield Issue("payment-type-unresolved", payment.type)
    if payment.currency != "NOK" and not payment.has_rate:
        yield Issue("currency-not-supported", nr, (("value", payment.currency),))


def _paid(receipt: Receipt) -> int:
    return sum(payment.amount for payment in receipt.payments)


def _cash(receipt: Receipt) -> bool:
    return any(p.standard_type == CASH and p.amount for p in receipt.payments)


def _percent(rate: int) -> str:
    return to_kroner(rate)


def _differs(code: str, subject: str, **amounts: int) -> Issue:
    return Issue(code, subject, tuple((name, to_kroner(ore)) for name, ore in amounts.items()))
