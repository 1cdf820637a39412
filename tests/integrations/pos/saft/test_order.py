"""What is missing, empty or out of place is refused, with its name and line (saft.md, appendix A)."""

import re

import pytest

from tests.integrations.pos.saft.reading import broken, facts, one_till, refusal
from tests.saft_builder import (
    card_sale,
    event,
    till,
    z_report,
)

NEEDED_HERE = [
    *("companyIdent", "companyName", "registerID", "nr", "transID", "transAmntIn", "amntTp"),
    *("transDate", "signature", "lineID", "lineType", "vatAmnt", "paymentType", "fiscalYear"),
    *("standardVatCode", "basicDesc", "reportType", "totalCashSaleAmnt", "reportGrandTotalReturn"),
]


@pytest.mark.parametrize("element", NEEDED_HERE)
@pytest.mark.parametrize("empty", [True, False])
def test_a_needed_field_that_is_empty_or_missing_is_refused(element, empty):
    z = z_report("1", "115.00", {"CASH": "115.00"}, {"2": ("100.00", "15.00")})
    file = one_till(z, card_sale("1")).replace("><", ">\n<")
    new = f"<{element}/>" if empty else ""
    file, changed = re.subn(f"<{element}>[^<]*</{element}>", new, file, count=1)
    assert changed
    refused = refusal(file)
    assert (refused.code, facts(refused)["element"]) == ("field-missing", element)
    assert refused.line > 0


def test_an_empty_field_is_refused_also_in_a_form_that_was_fine_before():
    file = one_till(card_sale("1"), card_sale("2").replace("<transID>t2<", "<transID><"))
    assert (refusal(file).code, facts(refusal(file))["element"]) == ("field-missing", "transID")


@pytest.mark.parametrize(
    ("old", "new", "element", "parent"),
    [
        (
            "<nr>1</nr><transID>t1</transID>",
            "<transID>t1</transID><nr>1</nr>",
            "nr",
            "cashtransaction",
        ),
        (
            "<transID>t1</transID>",
            "<transID>t1</transID><surprise/>",
            "surprise",
            "cashtransaction",
        ),
        ("<nr>1</nr><transID>", "<nr>1</nr><nr>1</nr><transID>", "nr", "cashtransaction"),
        ("<lineID>1</lineID>", "<lineID>1<b/></lineID>", "b", "lineID"),
        (
            "<amntTp>C</amntTp>",
            '<amntTp xmlns="urn:x">C</amntTp>',
            "{urn:x}amntTp",
            "cashtransaction",
        ),
        ("</registerID>", "</registerID><surprise/>", "surprise", "cashregister"),
        ("</cashtransaction>", "</cashtransaction><surprise/>", "surprise", "cashregister"),
        ("</cashregister>", "</cashregister><surprise/>", "surprise", "location"),
        ("</location>", "</location><basics/>", "basics", "company"),
        ("</basics>", "</basics><event/>", "event", "company"),
        ("<name>", f"{till()}<name>", "name", "location"),
        ("<basics>", "<article/><basics>", "article", "company"),
        ("<fiscalYear>", "<surprise/><fiscalYear>", "surprise", "header"),
        ("</company>", "</company><surprise/>", "surprise", "auditfile"),
    ],
)
def test_an_element_out_of_place_is_refused(old, new, element, parent):
    refused = refusal(broken(old, new))
    assert refused.code == "element-out-of-order"
    assert (facts(refused)["element"], facts(refused)["parent"]) == (element, parent)


def test_an_event_after_a_receipt_is_refused():
    apart = " " * 100_000  # the parser hands them over one by one
    for between in ("", apart):
        file = one_till(card_sale("1") + between, event("SALREC", "1"))
        assert facts(refusal(file))["element"] == "event"


def test_what_nobody_knows_between_two_receipts_is_refused():
    apart = " " * 100_000
    file = one_till(card_sale("1"), apart, "<surprise/>", apart, card_sale("2"))
    assert facts(refusal(file))["element"] == "surprise"
    file = one_till(card_sale("1"), apart, "<surprise/>", apart)
    assert facts(refusal(file))["element"] == "surprise"


def test_a_till_inside_a_till_is_refused():
    assert refusal(one_till(till(register="2"))).code == "element-out-of-order"
