"""A transaction becomes a receipt: signs, codes, kinds, notes (saft.md 1.7, 1.8, 4.7)."""

import pytest

from accounting.books.domain.sales import ReceiptKind
from integrations.pos.saft import RegisterSeen
from tests.integrations.pos.saft.reading import items, one_till, only_receipt
from tests.saft_builder import (
    RATES,
    card_sale,
    el,
    leaves,
    line,
    location,
    payment,
    prefixed,
    receipt,
    rounding,
    saft,
    till,
    vat_row,
)
from tests.saft_official import OFFICIAL_ADDRESS


def returned(sign):
    """A return of food for 16.40, written with its minus or without."""
    rows = line("100", f"{sign}16.40", f"{sign}14.26", f"{sign}2.14", side="D")
    paid = payment("DEBCARD", f"{sign}16.40")
    vat = vat_row("2", f"{sign}2.14", "D")
    return receipt(
        "7", f"{sign}16.40", f"{sign}14.26", rows, vat, paid, side="D", own_type="RETURNSAL"
    )


def test_both_sign_dialects_give_the_same_receipt():
    signed, absolute = only_receipt(returned("-")), only_receipt(returned(""))
    assert signed == absolute
    assert (signed.gross, signed.net) == (-1640, -1426)
    assert [row.vat for row in signed.vat_rows] == [-214]
    assert [(row.gross, row.net, row.vat) for row in signed.lines] == [(-1640, -1426, -214)]
    assert [row.amount for row in signed.payments] == [-1640]


def test_an_inverted_rounding_is_turned():
    sale = receipt("1", "295.40", "295.40", rounding("0.40"), payment("CASH", "295.00"))
    assert only_receipt(sale).rounding == -40


@pytest.mark.parametrize("element", ["", rounding(None), rounding("")])
def test_no_rounding_is_told_apart_from_a_rounding_of_zero(element):
    sale = receipt("1", "10.00", "10.00", element, payment("CASH", "10.00"))
    assert only_receipt(sale).rounding is None
    zero = receipt("1", "10.00", "10.00", rounding("0.00"), payment("CASH", "10.00"))
    assert only_receipt(zero).rounding == 0


@pytest.mark.parametrize("text", [" +115.00 ", "115.000", "115", "115.", "\n115.0\n"])
def test_amounts_may_be_written_as_the_schema_allows(text):
    sale = card_sale("1").replace("<transAmntIn>115.00<", f"<transAmntIn>{text}<")
    assert only_receipt(sale).gross == 11500


def test_a_vat_row_without_its_own_side_follows_the_receipt():
    sale = receipt("1", "10.00", "8.00", vat_row("3", "2.00", None), side="D")
    assert [row.vat for row in only_receipt(sale).vat_rows] == [-200]


@pytest.mark.parametrize("vat", ["", "<vat><vatPerc>15.00</vatPerc><vatAmnt>15.00</vatAmnt></vat>"])
def test_a_line_without_vat_code_takes_the_only_one_of_its_receipt(vat):
    fields = {"nr": "1", "lineID": "1", "lineType": "SAL", "artGroupID": "100"}
    fields |= {"lineAmntIn": "115.00", "lineAmntEx": "100.00", "amntTp": "C"}
    bare = el("ctLine", leaves(fields), vat)
    one = only_receipt(receipt("1", "115.00", "100.00", bare, vat_row("2", "15.00")))
    assert [(x.vat_code, x.own_vat_code, x.rate, x.vat) for x in one.lines] == [
        ("31", "2", 1500, 1500)
    ]
    rows = vat_row("2", "15.00") + vat_row("3", "0.00")
    two = only_receipt(receipt("1", "115.00", "100.00", bare, rows))
    rate = 1500 if vat else None
    assert [(x.vat_code, x.own_vat_code, x.rate) for x in two.lines] == [("", "", rate)]


def test_a_rate_left_out_stays_unsaid():
    sale = card_sale("1").replace(f"<vatPerc>{RATES['2']}</vatPerc>", "")
    found = only_receipt(sale)
    assert found.lines[0].rate is None
    assert found.vat_rows[0].rate is None


def test_codes_are_resolved_by_type_and_id():
    basics = (
        ("04", "1", "04013", " Tobacco "),
        ("11", "1", "11001", "Sale"),
        ("12", "1", "12001", "Cash"),
        ("5", "1", "", "Line"),
        ("4", "2", "", "Own group"),
    )
    lines = line("1", "1.00", "1.00", "0.00", "0") + line("2", "1.00", "1.00", "0.00", "0")
    sale = receipt("1", "2.00", "2.00", lines, payment("1", "2.00"), own_type="1")
    found = only_receipt(sale, basics=basics)
    assert [(x.group_name, x.standard_group) for x in found.lines] == [
        ("Tobacco", "04013"),
        ("Own group", ""),
    ]
    assert (found.standard_type, found.payments[0].standard_type) == ("11001", "12001")


def test_codes_that_the_file_does_not_explain_stay_unresolved():
    found = only_receipt(card_sale("1", own_type="NEW"), basics=())
    assert (found.own_type, found.standard_type) == ("NEW", "")
    assert found.kind is ReceiptKind.UNRESOLVED
    assert [(x.group_name, x.standard_group) for x in found.lines] == [("", "")]
    assert [(x.type_name, x.standard_type) for x in found.payments] == [("", "")]


@pytest.mark.parametrize(
    ("own_type", "paid", "more", "tail", "kind"),
    [
        ("CASHSAL", "DEBCARD", {}, "", ReceiptKind.SALE),
        (None, "DEBCARD", {}, "", ReceiptKind.SALE),
        ("RETURNSAL", "DEBCARD", {}, "", ReceiptKind.SALE),
        ("CASHSAL", "ACCOUNT", {"custSupID": "C1"}, "", ReceiptKind.CREDIT_SALE),
        ("CREDSAL", "DEBCARD", {}, "", ReceiptKind.CREDIT_SALE),
        ("CUSTPAY", "DEBCARD", {"invoiceID": "I1"}, "", ReceiptKind.CUSTOMER_PAYMENT),
        ("CASHSAL", "DEBCARD", {"invoiceID": "I1"}, "", ReceiptKind.SALE),
        ("CASHSAL", "DEBCARD", {}, el("trainingID", "true"), ReceiptKind.TRAINING),
        ("CASHSAL", "DEBCARD", {}, el("trainingID", "1"), ReceiptKind.TRAINING),
        ("CASHSAL", "DEBCARD", {}, el("voidTransaction", " true "), ReceiptKind.VOID),
        ("CASHSAL", "DEBCARD", {}, el("voidTransaction", "false"), ReceiptKind.SALE),
        ("CASHSAL", "DEBCARD", {}, el("voidTransaction", "0"), ReceiptKind.SALE),
        ("CASHSAL", "DEBCARD", {}, el("voidTransaction"), ReceiptKind.SALE),
    ],
)
def test_the_kind_is_weighed_from_the_evidence(own_type, paid, more, tail, kind):
    sale = receipt("1", "1.00", "1.00", payment(paid, "1.00"), own_type=own_type, tail=tail, **more)
    found = only_receipt(sale)
    assert found.kind is kind
    assert (found.customer, found.invoice_no) == (
        more.get("custSupID", ""),
        more.get("invoiceID", ""),
    )


def test_an_invoice_without_tender_is_a_credit_sale():
    assert (
        only_receipt(receipt("1", "1.00", "1.00", invoiceID="I1")).kind is ReceiptKind.CREDIT_SALE
    )


def test_payments_keep_currency_and_whether_a_rate_was_given():
    rows = (
        payment("CASH", "10.00", curCode="EUR", exchRt="11.5"),
        payment("CASH", "10.00", curCode="EUR"),
        payment("CASH", "10.00"),
    )
    found = only_receipt(receipt("1", "30.00", "30.00", *rows)).payments
    assert [(p.currency, p.rate) for p in found] == [
        ("EUR", 11_500_000),
        ("EUR", None),
        ("NOK", None),
    ]


def test_raises_of_lines_and_receipt_are_kept_by_standard_type():
    tip = el("raise", leaves({"raiseType": "TIP", "raiseAmnt": "10.00"}))
    own = el("raise", leaves({"raiseType": "COVER", "raiseAmnt": "5.00"}))
    with_own = line("100", "1.00", "1.00", "0.00").replace("</ctLine>", f"{own}</ctLine>")
    found = only_receipt(receipt("1", "1.00", "1.00", with_own, vat_row("2", "0.00"), tip))
    assert found.raises == (("COVER", 500), ("10001", 1000))


@pytest.mark.parametrize(
    ("nr", "position"), [("1000", 1000), ("A-17", 17), ("2020/0042b", 42), ("9" * 20, 10**18 - 1)]
)
def test_the_position_is_the_last_digits_of_the_nr(nr, position):
    assert only_receipt(card_sale(nr)).position == position


def test_odd_things_are_noted():
    large = only_receipt(card_sale("1", tail=el("receiptNum", "1000")))
    assert large.notes == ("receipt-num-large",)
    assert only_receipt(card_sale("1", tail=el("receiptNum", "999"))).notes == ()
    empty = only_receipt(card_sale("1", bookDate="", tail=el("receiptNum", "1000")))
    assert empty.notes == ("receipt-num-large", "book-date-empty")
    assert only_receipt(card_sale("1", bookDate="2020-01-01")).notes == ()


def test_texts_come_out_as_they_were_meant():
    text = "Øl &lt;stor&gt; &amp;amp; &quot;kald&quot;&#13;<![CDATA[ & <is>]]><!-- x -->!"
    described = line("100", "115.00", "100.00", "15.00").replace(
        "</amntTp>", f"</amntTp><cashTransLineDescr>{text}</cashTransLineDescr>"
    )
    sale = receipt("1", "115.00", "100.00", described, vat_row("2", "15.00"))
    assert only_receipt(sale).lines[0].text == 'Øl <stor> &amp; "kald"\r & <is>!'


def test_attributes_and_other_prefixes_do_not_matter():
    plain = one_till(card_sale("1"))
    assert items(prefixed(plain)) == items(plain)
    assert items(plain.replace("<nr>", '<nr hint="a>b">')) == items(plain)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "Windows-1252", "UTF-16", "UTF-8"])
def test_declared_encodings_and_a_bom_are_read(encoding):
    file = saft(location(till(card_sale("1")), name="Sæter"))
    declared = file.replace("UTF-8", encoding).encode(encoding)
    assert items(declared) == items(file)
    assert items(b"\xef\xbb\xbf" + file.encode()) == items(file)


def test_long_lists_are_passed_by():
    row = el("employee", leaves({"empID": "1", "dateOfEntry": "0001-01-01", "surName": "N"}))
    file = one_till(card_sale("1"), lists=el("employees", row * 2000) + el("articles"))
    assert items(file) == items(one_till(card_sale("1")))


def test_every_till_is_told_with_its_place():
    file = saft(
        location(till(register="1"), till(register="2"), address=OFFICIAL_ADDRESS),
        location(till(register="1"), name=None),
        location(till(register="1"), name=None, address=OFFICIAL_ADDRESS),
    )
    place = "Frognergaten 1, 0200 Oslo"
    assert [item for item in items(file) if isinstance(item, RegisterSeen)] == [
        RegisterSeen(f"Sentrum, {place}", "1"),
        RegisterSeen(f"Sentrum, {place}", "2"),
        RegisterSeen("", "1"),
        RegisterSeen(place, "1"),
    ]
