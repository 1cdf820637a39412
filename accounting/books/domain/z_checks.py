"""The Z report beside the receipts it closes: every vendor's habit counts, a difference does not.

Totals may be net or gross of returns, before or after rounding; VAT rows net or gross of returns
(saft.md 0.7, 6.4.12). Counts are never compared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from accounting.books.domain.codes import CASH
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner
from accounting.books.domain.receipt_checks import rate_of, rounding_of
from accounting.books.domain.sales import Receipt, ZReport


def z_issues(z: ZReport, sales: Sequence[Receipt], register: str) -> Iterator[Issue]:
    """Say where the Z report and its receipts part; `sales` are the sale-type receipts only."""
    if z.register_named and z.register_named != register:
        yield Issue("z-of-another-register", register, (("value", z.register_named),))
    yield from _total(z, sales)
    yield from _vat(z, sales)
    yield from _payments(z, sales)


def _total(z: ZReport, sales: Sequence[Receipt]) -> Iterator[Issue]:
    known = set()
    for part in (sales, _without_returns(sales)):
        gross = sum(receipt.gross for receipt in part)
        known |= {gross, gross + sum(rounding_of(receipt) for receipt in part)}
    if z.total not in known:
        yield _differs("z-total-differs", z.number, z.total, sum(r.gross for r in sales))


def _vat(z: ZReport, sales: Sequence[Receipt]) -> Iterator[Issue]:
    """Compare per code; per rate where the Z names no codes, which it need not (saft.md 1.6)."""
    named = all(own_code for own_code, *_ in z.vat)
    reported: Counter[str] = Counter()
    for own_code, rate, _net, vat in z.vat:
        reported[own_code if named else _percent(rate)] += vat
    variants = [_vat_per_row(part, named=named) for part in (sales, _without_returns(sales))]
    for code in sorted(reported.keys() | variants[0].keys()):
        if all(reported[code] != variant[code] for variant in variants):
            yield _differs("z-vat-differs", code, reported[code], variants[0][code])


def _payments(z: ZReport, sales: Sequence[Receipt]) -> Iterator[Issue]:
    reported: Counter[str] = Counter()
    for own_type, amount in z.payments:
        reported[own_type] += amount
    variants = [*_paid_per_type(sales), *_paid_per_type(_without_returns(sales))]
    for own_type in sorted(reported.keys() | variants[0].keys()):
        if all(reported[own_type] != variant[own_type] for variant in variants):
            yield _differs("z-payment-differs", own_type, reported[own_type], variants[0][own_type])


def _without_returns(sales: Sequence[Receipt]) -> list[Receipt]:
    return [receipt for receipt in sales if receipt.gross > 0]


def _vat_per_row(sales: Sequence[Receipt], *, named: bool) -> Counter[str]:
    """Sum the till's VAT per own code, or per rate."""
    sums: Counter[str] = Counter()
    for receipt in sales:
        for row in receipt.vat_rows or receipt.lines:
            sums[row.own_vat_code if named else _percent(rate_of(row, receipt.at))] += row.vat
    return sums


def _percent(rate: int) -> str:
    return f"{to_kroner(rate)} %"


def _paid_per_type(sales: Sequence[Receipt]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Give the tenders per own type as paid, and with the cash as it was before rounding."""
    paid: Counter[str] = Counter()
    rounded: Counter[str] = Counter()
    for receipt in sales:
        for payment in receipt.payments:
            paid[payment.type] += payment.amount
        cash = next((p.type for p in receipt.payments if p.standard_type == CASH), None)
        if cash is not None:
            rounded[cash] += rounding_of(receipt)
    before = Counter(paid)
    before.subtract(rounded)
    return paid, before


def _differs(code: str, subject: str, reported: int, computed: int) -> Issue:
    facts = (("reported", to_kroner(reported)), ("computed", to_kroner(computed)))
    return Issue(code, subject, facts)
