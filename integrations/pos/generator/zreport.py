"""An X or Z report as a SAF-T ``eventReport``, in the habit of the 2021 example (saft.md 3.2).

Totals are those of sales settled at once. With the habit «gross» the total, the groups and the VAT
leave returns out; with «rounded» the total is what was paid. Payments are always as paid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from integrations.pos.generator.catalogue import ALL_VAT_CODES, LOW, VAT_CODES, low_rate
from integrations.pos.generator.markup import Form, Stamp, kroner, percent, side, text
from integrations.pos.generator.plan import Plan
from integrations.pos.generator.sums import Bucket, Key, Tally, Window


@dataclass(slots=True)
class GrandTotals:
    """What a register has sold and taken back since it was installed, øre with VAT."""

    sold: int = 0
    returned: int = 0

    def with_window(self, window: Window) -> "GrandTotals":
        """As they stand with the present window."""
        return GrandTotals(
            self.sold + window.sold.amount + window.credit.amount,
            self.returned + window.returned.amount + window.memos.amount,
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """Which report this is, of whom, and when."""

    plan: Plan
    register: str
    report_id: str
    report_type: str
    stamp: Stamp


def report(heading: Heading, window: Window, totals: GrandTotals, form: Form) -> str:
    """VAT rows without VAT; ``totals`` include the window."""
    plan = heading.plan
    buckets = _without_returns(window) if plan.z == "gross" else window.buckets
    total = sum(bucket.gross for bucket in buckets.values())
    if plan.z == "rounded":
        total += window.rounding
    return (
        f"<eventReport>{_heading(heading)}"
        f"<reportTotalCashSales><totalCashSaleAmnt>{kroner(total)}</totalCashSaleAmnt>"
        f"</reportTotalCashSales>\n{_groups(window, buckets)}\n{_payments(window)}{_tips(window)}\n"
        f"{_vat(heading, buckets, form)}\n{_counters(window)}{_beside(window, wide=plan.wide)}\n"
        f"{_totals(totals)}</eventReport>"
    )


def _without_returns(window: Window) -> dict[Key, Bucket]:
    return {
        key: Bucket(bucket.gross - back.gross, bucket.tax - back.tax)
        for key, bucket in window.buckets.items()
        for back in [window.back.get(key, Bucket())]
    }


def _heading(heading: Heading) -> str:
    plan, stamp = heading.plan, heading.stamp
    return (
        f"<reportID>{heading.report_id}</reportID><reportType>{heading.report_type}</reportType>"
        f"<companyIdent>{plan.org_no}</companyIdent><companyName>{text(plan.name)}</companyName>"
        f"<reportDate>{stamp.date}</reportDate><reportTime>{stamp.time}</reportTime>"
        f"<registerID>{text(heading.register)}</registerID>\n"
    )


def _rows(outer: str, name: str, fields: tuple[str, str, str], tallies: "Rows") -> str:
    """A group of rows; the schema demands at least one, so a quiet day has a row of zeros."""
    key, count, amount = fields
    rows = [
        f"<{name}><{key}>{own}</{key}><{count}>{number}</{count}>"
        f"<{amount}>{kroner(value)}</{amount}></{name}>"
        for own, number, value in tallies
    ]
    return f"<{outer}>{''.join(rows)}</{outer}>"


Rows = Iterable[tuple[str, int, int]]
NONE: Rows = (("None", 0, 0),)


def _sorted(tallies: dict[str, Tally]) -> Rows:
    return [(own, tally.count, tally.amount) for own, tally in sorted(tallies.items())] or NONE


def _groups(window: Window, buckets: dict[Key, Bucket]) -> str:
    fields = ("artGroupID", "artGroupNum", "artGroupAmnt")
    amounts = dict.fromkeys(window.groups, 0)
    for (group, _, _), bucket in buckets.items():
        amounts[group] += bucket.gross
    rows = [(own, window.groups[own].count, amount) for own, amount in sorted(amounts.items())]
    return _rows("reportArtGroups", "reportArtGroup", fields, rows or NONE)


def _payments(window: Window) -> str:
    """Counts are sales less returns, and never negative (saft.md 7)."""
    fields = ("paymentType", "paymentNum", "paymentAmnt")
    rows = [(own, max(count, 0), amount) for own, count, amount in _sorted(window.payments)]
    return _rows("reportPayments", "reportPayment", fields, rows)


def _tips(window: Window) -> str:
    tips = window.tips
    if not tips.count:
        return ""
    return f"<reportTip><tipNum>{tips.count}</tipNum><tipAmnt>{kroner(tips.amount)}</tipAmnt></reportTip>"


def _vat(heading: Heading, buckets: dict[Key, Bucket], form: Form) -> str:
    """Every code of the till, also those of zero, without VAT."""
    plan = heading.plan
    sums = {
        (code.own, code.basis_points): (0, 0)
        for code in (ALL_VAT_CODES if plan.wide else VAT_CODES).values()
        if not (plan.wide and code is LOW)
    }
    if plan.wide:
        sums[LOW.own, low_rate(date.fromisoformat(heading.stamp.date))] = (0, 0)
    for (_, own, rate), bucket in buckets.items():
        gross, tax = sums.get((own, rate), (0, 0))
        sums[own, rate] = (gross + bucket.gross, tax + bucket.tax)
    rows = [_vat_row(code, *amounts, form) for code, amounts in sums.items()]
    return f"<reportCashSalesVat>{''.join(rows)}</reportCashSalesVat>"


def _vat_row(code: tuple[str, int], gross: int, tax: int, form: Form) -> str:
    to = side(tax, gross - tax)
    sign = form.sign(to)
    return (
        f"<reportCashSaleVat><vatCode>{code[0]}</vatCode><vatPerc>{percent(code[1])}</vatPerc>"
        f"<cashSaleAmnt>{kroner(sign * (gross - tax))}</cashSaleAmnt>"
        f"<vatAmnt>{kroner(sign * tax)}</vatAmnt><vatAmntTp>{to}</vatAmntTp></reportCashSaleVat>"
    )


def _pair(name: str, tally: Tally) -> str:
    return f"<{name}Num>{tally.count}</{name}Num><{name}Amnt>{kroner(tally.amount)}</{name}Amnt>"


def _counters(window: Window) -> str:
    inquiry = ("priceInquiryGroup", "priceInquiryNum", "priceInquiryAmnt")
    return (
        f"<reportOpeningChangeFloat>{_float(window)}</reportOpeningChangeFloat>"
        f"<reportReceiptNum>{window.sold.count}</reportReceiptNum>"
        f"<reportOpenCashBoxNum>{window.drawer_alone}</reportOpenCashBoxNum>"
        + _pair("reportReceiptCopy", window.copies)
        + _pair("reportReceiptProforma", Tally())
        + _pair("reportReturn", window.returned)
        + _pair("reportDiscount", window.discounts)
        + _pair("reportVoidTrans", window.voids)
        + _rows(
            "reportCorrLines",
            "reportCorrLine",
            ("corrLineType", "corrLineNum", "corrLineAmnt"),
            NONE,
        )
        + _rows("reportPriceInquiries", "reportPriceInquiry", inquiry, _sorted(window.inquiries))
        + _rows(
            "reportOtherCorrs",
            "reportOtherCorr",
            ("otherCorrType", "otherCorrNum", "otherCorrAmnt"),
            NONE,
        )
        + _pair("reportReceiptDelivery", _delivered(window))
        + _pair("reportTraining", window.training)
    )


def _float(window: Window) -> str:
    """Memo only; a window that began in mid-day opens at zero, as the official example does."""
    return kroner(window.other["float"].amount) if "float" in window.other else "0.00"


def _delivered(window: Window) -> Tally:
    credit, memos = window.credit, window.memos
    return Tally(credit.count + memos.count, credit.amount - memos.amount)


def _beside(window: Window, *, wide: bool) -> str:
    """Credit sales and memos, and money in and out by the till's own words for it."""
    if not wide:
        return ""
    credit, memos = window.credit, window.memos
    return (
        f"\n<reportCreditSales><creditSalesNum>{credit.count}</creditSalesNum>"
        f"<creditSalesAmnt>{kroner(credit.amount)}</creditSalesAmnt></reportCreditSales>"
        f"<reportCreditMemos><creditMemosNum>{memos.count}</creditMemosNum>"
        f"<creditMemosAmnt>{kroner(memos.amount)}</creditMemosAmnt></reportCreditMemos>"
        + _moved("reportPayIn", "payIn", _named(window, PAY_INS))
        + _moved("reportPayOut", "payOut", _named(window, PAY_OUTS))
    )


PAY_INS = {"customer-payment": "Innbetaling fra kunde", "paid-in": "Innskudd"}
PAY_OUTS = {"paid-out": "Uttak", "purchase": "Varekjøp", "payment": "Betaling"}


def _named(window: Window, names: dict[str, str]) -> Rows:
    """What happened of these, amounts positive."""
    return [
        (name, window.other[kind].count, abs(window.other[kind].amount))
        for kind, name in names.items()
        if kind in window.other
    ]


def _moved(name: str, field: str, rows: Rows) -> str:
    return (
        _rows(f"{name}s", name, (f"{field}Type", f"{field}Num", f"{field}Amnt"), rows)
        if rows
        else ""
    )


def _totals(totals: GrandTotals) -> str:
    return (
        f"<reportGrandTotalSales>{kroner(totals.sold)}</reportGrandTotalSales>"
        f"<reportGrandTotalReturn>{kroner(totals.returned)}</reportGrandTotalReturn>"
        f"<reportGrandTotalSalesNet>{kroner(totals.sold - totals.returned)}"
        "</reportGrandTotalSalesNet>"
    )
