"""What a Z report counts beside what is booked: the law wants it kept with the voucher (saft.md 1.6, 9.3).

Nothing here is added up or checked: it is shown as the till wrote it.
"""

from collections.abc import Iterator, Mapping

from accounting.books.domain.sales import ZFigure
from integrations.pos.saft.shape import Shapes
from integrations.pos.saft.values import LONGEST_ID, amount

# Name here → where its count and its amount stand, '' where there is none.
_SINGLE = {
    "receipts": ("reportReceiptNum", ""),
    "drawer-openings": ("reportOpenCashBoxNum", ""),
    "copies": ("reportReceiptCopyNum", "reportReceiptCopyAmnt"),
    "proforma": ("reportReceiptProformaNum", "reportReceiptProformaAmnt"),
    "returns": ("reportReturnNum", "reportReturnAmnt"),
    "discounts": ("reportDiscountNum", "reportDiscountAmnt"),
    "voids": ("reportVoidTransNum", "reportVoidTransAmnt"),
    "deliveries": ("reportReceiptDeliveryNum", "reportReceiptDeliveryAmnt"),
    "training": ("reportTrainingNum", "reportTrainingAmnt"),
    "credit-sales": ("reportCreditSales/creditSalesNum", "reportCreditSales/creditSalesAmnt"),
    "credit-notes": ("reportCreditMemos/creditMemosNum", "reportCreditMemos/creditMemosAmnt"),
    "tips": ("reportTip/tipNum", "reportTip/tipAmnt"),
    "grand-total-sales": ("", "reportGrandTotalSales"),
    "grand-total-returns": ("", "reportGrandTotalReturn"),
    "grand-total-net": ("", "reportGrandTotalSalesNet"),
}
# Name here → the rows that hold it: of what, how many, how much.
_ROWS = {
    "group": "reportArtGroups/reportArtGroup*",
    "payment": "reportPayments/reportPayment*",
    "correction": "reportCorrLines/reportCorrLine*",
    "price-inquiry": "reportPriceInquiries/reportPriceInquiry*",
    "other-correction": "reportOtherCorrs/reportOtherCorr*",
    "pay-in": "reportPayIns/reportPayIn*",
    "pay-out": "reportPayOuts/reportPayOut*",
}
# The same with the employee in front.
_BY = {
    "group-by": "reportEmpArtGroups/reportEmpArtGroup*",
    "payment-by": "reportEmpPayments/reportEmpPayment*",
}
_FLOATS = "reportEmpOpeningChangeFloats/reportEmpOpeningChangeFloat*"


def figures_of(shapes: Shapes, report: Mapping[str, str]) -> Iterator[ZFigure]:
    """Give the figures of a report by the names of FIELDS. Raises OtherShape, Misfit.

    A row of nothing at all, which the schema asks for on a quiet day, is left out.
    """
    for name, (counted, sum_at) in _SINGLE.items():
        number, said = report.get(counted, ""), report.get(sum_at, "")
        if number or said:
            yield ZFigure(name, number=_number(number), amount=amount(said) if said else None)
    for name, field in _ROWS.items():
        for of, number, said, _ in _rows(shapes, report, field):
            yield from _row(name, of, "", number, said)
    for name, field in _BY.items():
        for by, of, number, said, _ in _rows(shapes, report, field):
            yield from _row(name, of, by, number, said)
    for by, said, _ in _rows(shapes, report, _FLOATS):
        yield ZFigure("float-by", by=_own(by), amount=amount(said))


def _rows(shapes: Shapes, report: Mapping[str, str], field: str) -> tuple[tuple[str, ...], ...]:
    return shapes[field.split("/")[1].rstrip("*")].rows(report[field])


def _row(name: str, of: str, by: str, number: str, said: str) -> Iterator[ZFigure]:
    figure = ZFigure(name, _own(of), _own(by), _number(number), amount(said))
    if figure.amount or figure.number != "0":
        yield figure


def _own(text: str) -> str:
    return text.strip()[:LONGEST_ID]


def _number(text: str) -> str:
    """Give a count as people write it: `2.500000` is `2.5`, for a group may be counted by weight."""
    said = text.strip()[:LONGEST_ID]
    return said.rstrip("0").rstrip(".") if "." in said else said
