"""Which children an element has, in which order: our own small table of saft.md, appendix A.

Only elements that are used have a row; the others may hold anything. `!` is exactly one, `*` any
number, `+` at least one, nothing is at most one. reportDate and reportTime are optional here: the
event's own moment stands in for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.saft.tree import Element, line_of, local_name

_VAT = "vatCode vatPerc vatAmnt! vatAmntTp vatBasAmnt accID"
_SUM = "accID accDesc"
_TABLE = {
    "auditfile": "header! company!",
    "header": "fiscalYear! startDate! endDate! curCode! dateCreated! timeCreated! softwareDesc!"
    " softwareVersion! softwareCompanyName! auditfileVersion! headerComment userID auditfileSender",
    "company": "companyIdent! companyName! taxRegistrationCountry taxRegIdent streetAddress*"
    " postalAddress* customersSuppliers generalLedger vatCodeDetails periods employees articles"
    " basics location*",
    "vatCodeDetails": "vatCodeDetail*",
    "vatCodeDetail": "vatCode! dateOfEntry! vatDesc standardVatCode!",
    "basics": "basic*",
    "basic": "basicType! basicID! predefinedBasicID basicDesc!",
    "location": "name streetAddress cashregister*",
    "cashregister": "registerID! regDesc event* cashtransaction*",
    "event": "eventID! eventType! transID empID eventDate! eventTime! eventText eventReport",
    "eventReport": "reportID! reportType! companyIdent! companyName! reportDate reportTime"
    " registerID! reportTotalCashSales! reportArtGroups! reportEmpArtGroups reportPayments!"
    " reportEmpPayments reportTip reportCashSalesVat! reportOpeningChangeFloat!"
    " reportEmpOpeningChangeFloats reportReceiptNum! reportOpenCashBoxNum! reportReceiptCopyNum!"
    " reportReceiptCopyAmnt! reportReceiptProformaNum! reportReceiptProformaAmnt!"
    " reportReturnNum! reportReturnAmnt! reportDiscountNum! reportDiscountAmnt!"
    " reportVoidTransNum! reportVoidTransAmnt! reportCorrLines! reportPriceInquiries!"
    " reportOtherCorrs! reportReceiptDeliveryNum! reportReceiptDeliveryAmnt! reportTrainingNum!"
    " reportTrainingAmnt! reportCreditSales reportCreditMemos reportPayIns reportPayOuts"
    " reportGrandTotalSales! reportGrandTotalReturn! reportGrandTotalSalesNet!",
    "reportTotalCashSales": f"totalCashSaleAmnt! {_SUM}",
    "reportArtGroups": "reportArtGroup+",
    "reportArtGroup": f"artGroupID! artGroupNum! artGroupAmnt! {_SUM}",
    "reportEmpArtGroups": "reportEmpArtGroup+",
    "reportEmpArtGroup": f"empID! artGroupID! artGroupNum! artGroupAmnt! {_SUM}",
    "reportPayments": "reportPayment+",
    "reportPayment": f"paymentType! paymentNum! paymentAmnt! {_SUM}",
    "reportEmpPayments": "reportEmpPayment+",
    "reportEmpPayment": f"empID! paymentType! paymentNum! paymentAmnt! {_SUM}",
    "reportTip": f"tipNum! tipAmnt! {_SUM}",
    "reportCashSalesVat": "reportCashSaleVat+",
    "reportCashSaleVat": f"vatCode vatPerc! cashSaleAmnt! vatAmnt! vatAmntTp {_SUM}",
    "reportEmpOpeningChangeFloats": "reportEmpOpeningChangeFloat+",
    "reportEmpOpeningChangeFloat": f"empID! openingChangeFloatAmnt! {_SUM}",
    "reportCorrLines": "reportCorrLine+",
    "reportCorrLine": "corrLineType! corrLineNum! corrLineAmnt!",
    "reportPriceInquiries": "reportPriceInquiry+",
    "reportPriceInquiry": "priceInquiryGroup! priceInquiryNum! priceInquiryAmnt!",
    "reportOtherCorrs": "reportOtherCorr+",
    "reportOtherCorr": "otherCorrType! otherCorrNum! otherCorrAmnt!",
    "reportCreditSales": f"creditSalesNum! creditSalesAmnt! {_SUM}",
    "reportCreditMemos": f"creditMemosNum! creditMemosAmnt! {_SUM}",
    "reportPayIns": "reportPayIn+",
    "reportPayIn": f"payInType! payInNum! payInAmnt! {_SUM}",
    "reportPayOuts": "reportPayOut+",
    "reportPayOut": f"payOutType! payOutNum! payOutAmnt! {_SUM}",
    "cashtransaction": "nr! transID! transType transAmntIn! transAmntEx! amntTp! empID custSupID"
    " periodNumber transDate! transTime! bookDate bookTime invoiceID refID desc ctLine* vat*"
    " savings* discount* raise* rounding payment* signature! keyVersion! receiptNum receiptCopyNum"
    " receiptProformaNum receiptDeliveryNum voidTransaction trainingID",
    "ctLine": "nr! lineID! lineType! artGroupID artID qnt lineAmntIn! lineAmntEx! amntTp! ppu"
    " costPrice costID costObjID projID empID lineAmntInAccID cashTransLineDescr lineDate lineTime"
    " vat savings* discount* raise*",
    "vat": _VAT,
    "savings": "savingsType! savingsUnits! empID accID",
    "discount": "dscTp! dscAmnt! empID accID",
    "raise": "raiseType! raiseAmnt! empID accID",
    "rounding": "roundingAmnt accID",
    "payment": "paymentType! paidAmnt! empID curCode exchRt paymentRefID accID",
}


@dataclass(frozen=True, slots=True)
class Child:
    """One row of a sequence."""

    name: str
    needed: bool
    many: bool


def _children(row: str) -> tuple[Child, ...]:
    return tuple(
        Child(word.rstrip("!*+"), needed=word[-1] in "!+", many=word[-1] in "*+")
        for word in row.split()
    )


GRAMMAR: Mapping[str, tuple[Child, ...]] = {name: _children(row) for name, row in _TABLE.items()}
_NAMES: Mapping[str, frozenset[str]] = {
    name: frozenset(child.name for child in row) for name, row in GRAMMAR.items()
}
NEEDED: Mapping[str, frozenset[str]] = {
    name: frozenset(child.name for child in row if child.needed) for name, row in GRAMMAR.items()
}


def check_order(element: Element, *, whole: bool = True) -> Iterator[Element]:
    """Yield the children while holding them to their row.

    With `whole` False the element is still being read: what is to come may still come. Raises
    RefusedFile: element-out-of-order, field-missing.
    """
    parent = local_name(element)
    row = iter(GRAMMAR[parent])
    expected: Child | None = next(row, None)
    met = False
    for child in element:
        name = local_name(child)
        if name not in _NAMES[parent]:
            raise out_of_order(child, parent)
        while expected and expected.name != name:
            _require(expected, element, met=met)
            expected, met = next(row, None), False
        if expected is None or (met and not expected.many):
            raise out_of_order(child, parent)
        met = True
        yield child
    while whole and expected:
        _require(expected, element, met=met)
        expected, met = next(row, None), False


def _require(expected: Child, element: Element, *, met: bool) -> None:
    if met or not expected.needed:
        return
    for child in element:
        if local_name(child) == expected.name:
            raise out_of_order(child, local_name(element))
    raise RefusedFile("field-missing", {"element": expected.name}, line_of(element))


def out_of_order(child: Element, parent: str) -> RefusedFile:
    """Say that an element stands where it may not."""
    facts = {"element": local_name(child), "parent": parent}
    return RefusedFile("element-out-of-order", facts, line_of(child))
