"""An X or Z report as a SAF-T ``eventReport``, in the habit of the 2021 example (saft.md 3.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from integrations.pos.generator.catalogue import VAT_CODES, VatCode
from integrations.pos.generator.markup import Form, Stamp, kroner, percent, side, text
from integrations.pos.generator.plan import Plan
from integrations.pos.generator.sums import Tally, Window


@dataclass(slots=True)
class GrandTotals:
    """What a register has sold and taken back since it was installed, øre with VAT."""

    sold: int = 0
    returned: int = 0

    def with_window(self, window: Window) -> "GrandTotals":
        """As they stand with the present window."""
        return GrandTotals(self.sold + window.sold.amount, self.returned + window.returned.amount)


@dataclass(frozen=True, slots=True)
class Heading:
    """Which report this is, of whom, and when."""

    plan: Plan
    register: str
    report_id: str
    report_type: str
    stamp: Stamp


def report(heading: Heading, window: Window, totals: GrandTotals, form: Form) -> str:
    """Net of returns and before rounding; VAT rows without VAT; ``totals`` include the window."""
    return (
        f"<eventReport>{_heading(heading)}"
        f"<reportTotalCashSales><totalCashSaleAmnt>{kroner(window.gross)}</totalCashSaleAmnt>"
        f"</reportTotalCashSales>\n{_groups(window)}\n{_payments(window)}\n"
        f"{_vat(window, form)}\n{_counters(window)}\n{_totals(totals)}</eventReport>"
    )


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


def _groups(window: Window) -> str:
    fields = ("artGroupID", "artGroupNum", "artGroupAmnt")
    return _rows("reportArtGroups", "reportArtGroup", fields, _sorted(window.groups))


def _payments(window: Window) -> str:
    """Counts are sales less returns, and never negative (saft.md 7)."""
    fields = ("paymentType", "paymentNum", "paymentAmnt")
    rows = [(own, max(count, 0), amount) for own, count, amount in _sorted(window.payments)]
    return _rows("reportPayments", "reportPayment", fields, rows)


def _vat(window: Window, form: Form) -> str:
    """Every code of the till, also those of zero, without VAT."""
    sums = dict.fromkeys(VAT_CODES, (0, 0))
    for (_, own), bucket in window.buckets.items():
        gross, tax = sums[own]
        sums[own] = (gross + bucket.gross, tax + bucket.tax)
    rows = [_vat_row(VAT_CODES[own], *amounts, form) for own, amounts in sums.items()]
    return f"<reportCashSalesVat>{''.join(rows)}</reportCashSalesVat>"


def _vat_row(code: VatCode, gross: int, tax: int, form: Form) -> str:
    to = side(tax, gross - tax)
    sign = form.sign(to)
    return (
        f"<reportCashSaleVat><vatCode>{code.own}</vatCode>"
        f"<vatPerc>{percent(code.basis_points)}</vatPerc>"
        f"<cashSaleAmnt>{kroner(sign * (gross - tax))}</cashSaleAmnt>"
        f"<vatAmnt>{kroner(sign * tax)}</vatAmnt><vatAmntTp>{to}</vatAmntTp></reportCashSaleVat>"
    )


def _pair(name: str, tally: Tally) -> str:
    return f"<{name}Num>{tally.count}</{name}Num><{name}Amnt>{kroner(tally.amount)}</{name}Amnt>"


def _counters(window: Window) -> str:
    inquiry = ("priceInquiryGroup", "priceInquiryNum", "priceInquiryAmnt")
    return (
        # Memo only: no float is written yet, so it opens at zero as the official example does.
        "<reportOpeningChangeFloat>0.00</reportOpeningChangeFloat>"
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
        + _pair("reportReceiptDelivery", Tally())
        + _pair("reportTraining", window.training)
    )


def _totals(totals: GrandTotals) -> str:
    return (
        f"<reportGrandTotalSales>{kroner(totals.sold)}</reportGrandTotalSales>"
        f"<reportGrandTotalReturn>{kroner(totals.returned)}</reportGrandTotalReturn>"
        f"<reportGrandTotalSalesNet>{kroner(totals.sold - totals.returned)}"
        "</reportGrandTotalSalesNet>"
    )
