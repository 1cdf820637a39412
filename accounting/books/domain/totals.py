"""One Z report and its receipts, summed into a settlement: the same input gives the same bytes.

Invariant: every receipt of the period is in the sums, goes as an invoice, or is left out with a reason
(training, void, inventory).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from accounting.books.domain.day import PaymentTotal, SalesDay, SalesTotal, VatTotal
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import Ore, to_kroner, vat_of_gross
from accounting.books.domain.movements import credit_sales, movements, paid_now, sale_part
from accounting.books.domain.receipt_checks import rate_of, receipt_issues, rounding_of
from accounting.books.domain.sales import (
    SALE_TYPES,
    SETTLED_BY_TENDER,
    Payment,
    Receipt,
    SaleLine,
    ZReport,
)
from accounting.books.domain.sanity import sanity_issues
from accounting.books.domain.z_checks import z_issues

MOST_FINDINGS = 200  # a broken file repeats itself; the first two hundred say enough


def settle(
    z: ZReport,
    receipts: Sequence[Receipt],
    register: str,
    opening: time,
    gaps: Sequence[tuple[str, str]] = (),
    previous: str = "",
) -> SalesDay:
    """Sum what one Z report closes. `register` is the till's own id, `opening` the company's hour.

    `gaps` are the holes in the receipt numbers, `previous` the number of the Z before this one.
    The business date is the Oslo date of the first sale less the opening hour; with no sale, of the Z
    (DESIGN.md 4).
    """
    sales = [sale_part(receipt) for receipt in receipts if receipt.kind in SALE_TYPES]
    money = money_of(receipts)
    findings = [
        *(Issue("receipt-gap", facts=(("before", a), ("after", b))) for a, b in gaps),
        *(issue for receipt in receipts for issue in receipt_issues(receipt)),
        *_vat_issues(sales, money.vat_totals),
        *z_issues(z, receipts, register),
        *_z_gap(z.number, previous, register),
    ]
    day = replace(
        money,
        register=register,
        z_number=z.number,
        business_date=_business_date(sales[0].at if sales else z.at, opening),
        closed_at=z.at,
        first_nr=receipts[0].nr if receipts else "",
        last_nr=receipts[-1].nr if receipts else "",
        transactions=len(receipts),
        credit_sales=credit_sales(receipts),
        opening_float=z.opening_float,
    )
    return replace(day, findings=_most_telling([*findings, *sanity_issues(day, z.file_day)]))


def money_of(receipts: Sequence[Receipt]) -> SalesDay:
    """Sum what is booked of some receipts, as a day without a Z report.

    Every figure is a sum over receipts, so that those of one receipt tell its part in the whole.
    """
    sales = [sale_part(receipt) for receipt in receipts if receipt.kind in SALE_TYPES]
    settled = [receipt for receipt in receipts if receipt.kind in SETTLED_BY_TENDER]
    paid = [paid_now(receipt) for receipt in settled]
    # The rounding and the tip of a receipt that is partly on account belong to what was paid now.
    now = [receipt for receipt, part in zip(settled, paid, strict=True) if part.payments]
    return SalesDay(
        register="",
        z_number="",
        business_date=date.min,
        closed_at="",
        first_nr="",
        last_nr="",
        transactions=len(receipts),
        gross=_sum(receipt.gross for receipt in sales),
        net=_sum(receipt.net for receipt in sales),
        vat=_sum(receipt.gross - receipt.net for receipt in sales),
        rounding=_sum(rounding_of(receipt) for receipt in now),
        tips=_sum(receipt.tip for receipt in now),
        sales=_sales_totals(sales),
        payments=_payment_totals(paid),
        vat_totals=_vat_totals(sales),
        movements=movements(receipts),
    )


def _most_telling(findings: Iterable[Issue]) -> tuple[Issue, ...]:
    """Give each finding once, those that stop the settlement first: no note may push one out."""
    distinct = sorted(dict.fromkeys(findings), key=lambda issue: not issue.blocks)
    return tuple(distinct[:MOST_FINDINGS])


def _business_date(at: str, opening: time) -> date:
    moment = datetime.fromisoformat(at)
    return (moment - timedelta(hours=opening.hour, minutes=opening.minute)).date()


def _z_gap(number: str, previous: str, register: str) -> Iterator[Issue]:
    if number.isdecimal() and previous.isdecimal() and int(number) > int(previous) + 1:
        first, last = int(previous) + 1, int(number) - 1
        missing = str(first) if first == last else f"{first}–{last}"
        yield Issue("z-gap", register, (("missing", missing),))


def _sum(amounts: Iterable[int]) -> Ore:
    return Ore(sum(amounts))


def _sales_totals(sales: Sequence[Receipt]) -> tuple[SalesTotal, ...]:
    sums: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    first: dict[tuple[str, str, int], SaleLine] = {}
    for receipt in sales:
        for line in receipt.lines:
            key = (line.group, line.vat_code, rate_of(line, receipt.at))
            first.setdefault(key, line)
            for index, amount in enumerate((line.gross, line.net, line.vat)):
                sums[key][index] += amount
    return tuple(
        SalesTotal(
            group=group,
            group_name=first[key].group_name,
            standard_group=first[key].standard_group,
            vat_code=vat_code,
            rate=rate,
            gross=Ore(gross),
            net=Ore(net),
            vat=Ore(vat),
            seems_gift_card=_seems_gift_card(first[key]),
        )
        for key, (gross, net, vat) in sorted(sums.items())
        for group, vat_code, rate in [key]
        if gross or net or vat
    )


def _seems_gift_card(line: SaleLine) -> bool:
    """Say whether a group looks like gift cards: no VAT, and a name that says so (DESIGN.md 5)."""
    said = f"{line.group_name} {line.text}".casefold()
    return line.vat_code in {"0", "7"} and ("gavekort" in said or "gift" in said)


def _payment_totals(paid: Sequence[Receipt]) -> tuple[PaymentTotal, ...]:
    sums: Counter[str] = Counter()
    first: dict[str, Payment] = {}
    for receipt in paid:
        for payment in receipt.payments:
            first.setdefault(payment.type, payment)
            sums[payment.type] += payment.amount
    return tuple(
        PaymentTotal(own, first[own].type_name, first[own].standard_type, Ore(amount))
        for own, amount in sorted(sums.items())
        if amount
    )


def _vat_totals(sales: Sequence[Receipt]) -> tuple[VatTotal, ...]:
    """Sum the till's own VAT per (code, rate), and count the line rows it was rounded on."""
    vat: Counter[tuple[str, int]] = Counter()
    rows: Counter[tuple[str, int]] = Counter()
    for receipt in sales:
        for line in receipt.lines:
            rows[(line.vat_code, rate_of(line, receipt.at))] += 1
        for row in receipt.vat_rows or receipt.lines:
            vat[(row.vat_code, rate_of(row, receipt.at))] += row.vat
    return tuple(
        VatTotal(code, rate, Ore(vat[code, rate]), rows[code, rate])
        for code, rate in sorted(vat.keys() | rows.keys())
    )


def _vat_issues(sales: Sequence[Receipt], totals: Sequence[VatTotal]) -> Iterator[Issue]:
    """Hold the till's VAT to half an øre for each line row and one more (saft.md 6.4.11)."""
    gross: Counter[tuple[str, int]] = Counter()
    for receipt in sales:
        for line in receipt.lines:
            gross[(line.vat_code, rate_of(line, receipt.at))] += line.gross
    for total in totals:
        computed = vat_of_gross(gross[total.vat_code, total.rate], total.rate)
        if 2 * abs(total.vat - computed) > total.rows + 1:
            facts = (("reported", to_kroner(total.vat)), ("computed", to_kroner(computed)))
            yield Issue("vat-differs", total.vat_code, facts)
