"""The Z report beside the receipts it closes: every vendor's habit counts, a difference does not.

Totals may be net or gross of returns, before or after rounding, with or without tips; payments may
hold customer payments, on-account sales and moved cash, or not (saft.md 0.7, 6.4.12). Of its counts only
that of the sales receipts is compared, for a note: the others are each vendor's own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from accounting.books.domain.codes import CASH
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner
from accounting.books.domain.movements import movements, paid_now, sale_part
from accounting.books.domain.receipt_checks import rate_of, rounding_of
from accounting.books.domain.sales import (
    LEFT_OUT,
    ON_CREDIT,
    SALE_TYPES,
    SETTLED_BY_TENDER,
    Receipt,
    ReceiptKind,
    ZReport,
)

_Sums = Counter[str]
_EVERY = frozenset(ReceiptKind)
# What «sales receipts» may mean; with training and void receipts beside them, or not.
_COUNTED = (SALE_TYPES, SALE_TYPES | ON_CREDIT, SETTLED_BY_TENDER, _EVERY - LEFT_OUT, _EVERY)


def z_issues(z: ZReport, receipts: Sequence[Receipt], register: str) -> Iterator[Issue]:
    """Say where the Z report and the receipts of its period part."""
    if z.register_named and z.register_named != register:
        yield Issue("z-of-another-register", register, (("value", z.register_named),))
    sales = [sale_part(receipt) for receipt in receipts if receipt.kind in SALE_TYPES]
    taken_in = sum(_taken_in(r) for r in receipts if r.kind is ReceiptKind.TRADE_IN)
    yield from _total(z, sales, (_rounded_beside(receipts), taken_in))
    yield from _vat(z, sales)
    yield from _payments(z, receipts)
    yield from _count(z, receipts)


def _rounded_beside(receipts: Sequence[Receipt]) -> int:
    """Give the rounding of what is no sale: some tills round the whole drawer's day in one sum."""
    beside = SETTLED_BY_TENDER - SALE_TYPES
    return sum(rounding_of(r) for r in receipts if r.kind in beside and r.payments)


def _taken_in(receipt: Receipt) -> int:
    """Give what a trade-in took off the receipt's total: some tills' totals are after it."""
    return sum(line.gross for line in receipt.lines if line.gross < 0)


def _total(z: ZReport, sales: Sequence[Receipt], beside: tuple[int, int]) -> Iterator[Issue]:
    """Compare the total; `beside` are the rounding of what is no sale, and what was taken in."""
    rounded_beside, taken_in = beside
    known = set()
    for part in (sales, _without_returns(sales)):
        gross = sum(receipt.gross for receipt in part)
        rounding = sum(rounding_of(receipt) for receipt in part)
        tips = sum(receipt.tip for receipt in part)
        habits = product((0, rounding, rounding + rounded_beside), (0, tips), (0, taken_in))
        known |= {gross + sum(habit) for habit in habits}
    if z.total not in known:
        yield _differs("z-total-differs", z.number, z.total, sum(r.gross for r in sales))


def _vat(z: ZReport, sales: Sequence[Receipt]) -> Iterator[Issue]:
    """Compare per code; per rate where the Z names no codes, which it need not (saft.md 1.6)."""
    named = all(own_code for own_code, *_ in z.vat)
    reported: _Sums = Counter()
    for own_code, rate, _net, vat in z.vat:
        reported[own_code if named else _percent(rate)] += vat
    yield from _compared("z-vat-differs", reported, _vat_variants(sales, named=named))


def _vat_variants(sales: Sequence[Receipt], *, named: bool) -> Iterator[_Sums]:
    """Sum the VAT by the receipts' own rows, then by their lines (saft.md 4.7)."""
    for part in (sales, _without_returns(sales)):
        yield _vat_per_row(part, named=named)
    by_line = [replace(receipt, vat_rows=()) for receipt in sales]
    for part in (by_line, _without_returns(by_line)):
        yield _vat_per_row(part, named=named)


def _payments(z: ZReport, receipts: Sequence[Receipt]) -> Iterator[Issue]:
    reported: _Sums = Counter()
    for own_type, amount in z.payments:
        reported[own_type] += amount
    yield from _compared("z-payment-differs", reported, _payment_variants(receipts))


def _payment_variants(receipts: Sequence[Receipt]) -> Iterator[_Sums]:
    """Sum the tenders in each way that some vendor does."""
    sales = [receipt for receipt in receipts if receipt.kind in SALE_TYPES]
    on_account = [receipt for receipt in receipts if receipt.kind in SETTLED_BY_TENDER]
    settled = [paid_now(receipt) for receipt in on_account]
    parts = [
        part for each in (sales, settled, on_account) for part in (each, _without_returns(each))
    ]
    moved: _Sums | None = None
    for part, habit in product(parts, (_as_paid, _before_rounding, _without_tips)):
        yield (paid := habit(part))
        moved = _moved(receipts) if moved is None else moved
        yield _plus(paid, moved)


def _count(z: ZReport, receipts: Sequence[Receipt]) -> Iterator[Issue]:
    """Compare the count of sales receipts with what was printed, and with each reading of the words.

    The element is one that must be there, so a till that keeps no count writes 0.
    """
    if z.counted is None or z.counted.reported in {0, z.counted.printed, z.evidence.count}:
        return
    parts = [sale_part(receipt) for receipt in receipts]
    kinds = Counter(receipt.kind for receipt in receipts)
    training, void = kinds[ReceiptKind.TRAINING], kinds[ReceiptKind.VOID]
    known = {
        len(each) + beside
        for counted in _COUNTED
        for part in [[receipt for receipt in parts if receipt.kind in counted]]
        for each in (part, _without_returns(part), [r for r in part if r.gross > 0])
        for beside in (0, training, void, training + void)
    }
    if z.counted.reported not in known:
        ours = len(_without_returns([part for part in parts if part.kind in SALE_TYPES]))
        facts = (("reported", str(z.counted.reported)), ("computed", str(ours)))
        yield Issue("z-count-differs", z.number, facts)


def _compared(code: str, reported: _Sums, variants: Iterator[_Sums]) -> Iterator[Issue]:
    """Compare per code or type: each may follow another habit, and the first variant is ours.

    The others are summed only as long as something differs from all before.
    """
    ours = next(variants)
    left = {own for own in reported.keys() | ours.keys() if reported[own] != ours[own]}
    while left and (variant := next(variants, None)) is not None:
        left = {own for own in left if reported[own] != variant[own]}
    for own in sorted(left):
        yield _differs(code, own, reported[own], ours[own])


def _without_returns(receipts: Sequence[Receipt]) -> list[Receipt]:
    return [receipt for receipt in receipts if receipt.gross >= 0]


def _vat_per_row(sales: Sequence[Receipt], *, named: bool) -> _Sums:
    """Sum the till's VAT per own code, or per rate."""
    sums: _Sums = Counter()
    for receipt in sales:
        for row in receipt.vat_rows or receipt.lines:
            sums[row.own_vat_code if named else _percent(rate_of(row, receipt.at))] += row.vat
    return sums


def _percent(rate: int) -> str:
    return f"{to_kroner(rate)} %"


def _as_paid(receipts: Sequence[Receipt]) -> _Sums:
    paid: _Sums = Counter()
    for receipt in receipts:
        for payment in receipt.payments:
            paid[payment.type] += payment.amount
    return paid


def _before_rounding(receipts: Sequence[Receipt]) -> _Sums:
    paid = _as_paid(receipts)
    for receipt in receipts:
        cash = next((p.type for p in receipt.payments if p.standard_type == CASH), None)
        if cash is not None:
            paid[cash] -= rounding_of(receipt)
    return paid


def _without_tips(receipts: Sequence[Receipt]) -> _Sums:
    """Give the tenders less the tips, each taken off the last tender of its receipt."""
    paid = _as_paid(receipts)
    for receipt in receipts:
        if receipt.tip and receipt.payments:
            paid[receipt.payments[-1].type] -= receipt.tip
    return paid


def _moved(receipts: Sequence[Receipt]) -> _Sums:
    moved: _Sums = Counter()
    for movement in movements(receipts):
        moved[movement.tender] += movement.amount if movement.tender else 0
    return moved


def _plus(some: _Sums, more: _Sums) -> _Sums:
    both = Counter(some)
    both.update(more)
    return both


def _differs(code: str, subject: str, reported: int, computed: int) -> Issue:
    facts = (("reported", to_kroner(reported)), ("computed", to_kroner(computed)))
    return Issue(code, subject, facts)
