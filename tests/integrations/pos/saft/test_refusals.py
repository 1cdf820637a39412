"""Each kind of file that is refused, with its code, its line and the element it names."""

import io
import re

import pytest

from integrations.pos.saft import Company, RefusedFile, read
from integrations.pos.saft.prologue import LONGEST_PROLOGUE
from tests.integrations.pos.saft.reading import LINES, SALE, broken, facts, items, one_till, refusal
from tests.saft_builder import (
    BASICS,
    DECLARATION,
    NAMESPACE,
    card_sale,
    el,
    leaves,
    location,
    receipt,
    saft,
    source,
    vat_row,
    z_report,
)
from tests.saft_official import OFFICIAL


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "file-empty"),
        (b"  \n ", "file-empty"),
        (b"hello", "file-not-saft"),
        (b"PK\x03\x04 a zip", "file-not-saft"),
        (b"\x00\x01\x02", "file-not-saft"),
        ("<AuditFile/>", "file-not-saft"),
        (f'<AuditFile xmlns="{NAMESPACE}"/>', "file-not-saft"),
        (broken("CashRegister:NO", "CashRegister:DK"), "file-not-saft"),
        (broken("<auditfile", "<!DOCTYPE auditfile>\n<auditfile"), "file-has-doctype"),
        ('<?xml version="1.0"', "file-truncated"),
        ("<auditfile xmlns=", "file-truncated"),
        ('<?xml version="1.0" encoding="KLINGON"?><auditfile/>', "file-undecodable"),
        ("\n" + SALE, "file-not-xml"),
        (SALE[:-30], "file-truncated"),
        (SALE[: len(SALE) // 2], "file-truncated"),
        (broken("Sentrum", "S\x0bntrum"), "file-not-xml"),
        (broken("Sentrum", "Sæter").encode("cp1252"), "file-undecodable"),
        (broken("</location>", "</lokasjon>"), "file-not-xml"),
        (SALE + "<more/>", "file-not-xml"),
        (broken("115.00<", "&amount;<"), "file-not-xml"),
        (broken("Sentrum", "&where;"), "file-not-xml"),
    ],
)
def test_what_is_no_whole_saft_file_is_refused(file, code):
    assert refusal(file).code == code


@pytest.mark.parametrize("after", ["", "<company><companyIdent>1</companyIdent>"])
def test_a_doctype_is_refused_whatever_it_declares(after):
    bomb = '<!DOCTYPE auditfile [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    file = broken("<auditfile", f"{bomb}<auditfile").replace("Sentrum", "&a;&b;") + after
    refused = refusal(file)
    assert (refused.code, refused.line) == ("file-has-doctype", 2)


def test_nothing_is_yielded_before_a_doctype_is_refused():
    file = broken("<auditfile", "<!DOCTYPE auditfile>\n<auditfile")
    with pytest.raises(RefusedFile):
        next(read(source(file)))


def test_the_wrong_root_is_named_with_its_namespace():
    assert facts(refusal("<AuditFile/>"))["found"] == "AuditFile"
    assert facts(refusal(b"PK\x03\x04 a zip"))["found"] == "PK·· a zip"


def test_a_beginning_without_end_is_given_up():
    endless = DECLARATION + "<!-- x -->" * (LONGEST_PROLOGUE // 8) + SALE[len(DECLARATION) :]
    assert refusal(endless).code == "file-not-saft"


def test_a_long_beginning_is_read():
    patient = DECLARATION + "<!-- x -->\n" * 20_000 + SALE[len(DECLARATION) :]
    assert items(patient) == items(SALE)


def test_truncation_is_told_with_the_line():
    cut = LINES[: LINES.index("<payment>")]
    assert refusal(cut).line == cut.count("\n") + 1


def test_two_companies_are_refused():
    other = el("company", leaves({"companyIdent": "2", "companyName": "B"}))
    assert refusal(broken("</company>", f"</company>{other}")).code == "file-two-companies"
    with_till = broken("</company>", "</company>" + re.findall("<company>.*</company>", SALE)[0])
    assert refusal(with_till).code == "file-two-companies"


def test_another_companys_file_is_refused_before_its_receipts():
    reading = read(source(SALE), expected_org_no="123456785")
    with pytest.raises(RefusedFile) as refused:
        next(reading)
    assert refused.value.code == "file-of-another-company"
    said = facts(refused.value)
    assert (said["found"], said["expected"]) == ("999999999", "123456785")


def test_the_companys_own_file_is_read():
    first = next(read(source(SALE), expected_org_no="999999999"))
    assert first == Company("999999999", "Selskapet ASA")


def test_the_org_no_is_the_digits_of_the_ident():
    file = saft(org_no="NO 999 999 999 MVA")
    assert next(read(source(file))) == Company("999999999", "Selskapet ASA")


@pytest.mark.parametrize(
    "value", ["115.001", "115,00", "1.15E2", "kr 115", "1e", "9" * 17, "9" * 5000]
)
@pytest.mark.parametrize("element", ["transAmntIn", "lineAmntEx", "vatAmnt", "paidAmnt"])
def test_a_malformed_amount_is_refused_with_its_line(element, value):
    file = re.sub(f"<{element}>[^<]*<", f"<{element}>{value}<", LINES, count=1)
    refused = refusal(file)
    assert (refused.code, facts(refused)["element"]) == ("amount-malformed", element)
    assert file.splitlines()[refused.line - 1].startswith(f"<{element}>")


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("nr", "none"),
        ("nr", "1" * 36),
        ("nr", " "),
        ("transID", "x" * 36),
        ("amntTp", "X"),
        ("vatPerc", "-15"),
        ("vatPerc", "15.125"),
        ("vatPerc", "percent"),
        ("transDate", "2020-13-01"),
        ("transDate", "01.01.2020"),
        ("transDate", "2020-W01-1"),
        ("transDate", "0001-01-01"),
        ("transDate", "9999-12-31"),
        ("transTime", "25:00:00"),
        ("transTime", "24:00:01"),
        ("transTime", "24:00:00.5"),
        ("transTime", "10:00"),
        ("transTime", "10:00:00+25:00"),
        ("receiptNum", "many"),
        ("trainingID", "yes"),
        ("voidTransaction", "no"),
        ("curCode", "EUR"),
        ("companyName", "x" * 201),
        ("registerID", "x" * 101),
        ("registerID", " "),
        ("name", "x" * 401),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_line(element, value):
    tail = (
        "<receiptNum>1</receiptNum><voidTransaction>0</voidTransaction><trainingID>0</trainingID>"
    )
    file = one_till(card_sale("1", tail=tail)).replace("><", ">\n<")
    if value in {"0001-01-01", "9999-12-31"}:  # no moment: the day before, the day after
        clock = "00:00:00" if value[0] == "0" else "24:00:00"
        file = file.replace("10:00:00<", f"{clock}<")
    file, changed = re.subn(f"<{element}>[^<]*<", f"<{element}>{value}<", file, count=1)
    assert changed
    refused = refusal(file)
    assert (refused.code, facts(refused)["element"]) == ("field-malformed", element)
    assert file.splitlines()[refused.line - 1].startswith(f"<{element}>")


def test_a_side_of_a_vat_row_that_is_neither_is_refused():
    sale = receipt("1", "10.00", "8.00", vat_row("3", "2.00", "X"))
    refused = refusal(one_till(sale))
    assert (refused.code, facts(refused)["element"]) == ("field-malformed", "vatAmntTp")


def test_a_fault_in_a_z_report_is_refused_with_its_line():
    z = z_report("1", "0.00", {"CASH": "0.001"}, {"2": ("0.00", "0.00")})
    file = one_till(z).replace("><", ">\n<")
    refused = refusal(file)
    assert (refused.code, facts(refused)["element"]) == ("amount-malformed", "paymentAmnt")
    assert "0.001" in file.splitlines()[refused.line - 1]


def test_a_refusal_says_one_sentence_with_the_line():
    refused = refusal(re.sub("<paidAmnt>[^<]*<", "<paidAmnt>1.234<", LINES))
    assert str(refused) == (
        "Filen er ikke lest, og ingenting er lagret. "
        f"Linje {refused.line}: «1.234» i paidAmnt er ikke et beløp med høyst to desimaler. "
        "Be kasseleverandøren rette det."
    )


def test_the_lines_are_right_far_down_in_a_file():
    sales = "\n".join(card_sale(str(nr)) for nr in range(1, 2000)) + "\n" * 70_000
    file = one_till(sales, card_sale("2000").replace("115.00", "x", 1))
    assert file.splitlines()[refusal(file).line - 1].endswith("</company></auditfile>")
    assert refusal(file).line > 70_000


def test_the_official_example_is_refused_wherever_it_is_cut():
    data = OFFICIAL.encode()
    for end in range(0, len(data), 97):
        with pytest.raises(RefusedFile) as refused:
            list(read(io.BytesIO(data[:end])))
        assert refused.value.code in {"file-empty", "file-truncated"}


def test_basics_without_a_known_type_are_passed_by():
    assert items(one_till(card_sale("1"), basics=(*BASICS, ("99", "X", "", "Other"))))


def test_files_without_locations_tell_the_company_only():
    assert items(saft()) == [Company("999999999", "Selskapet ASA")]
    assert items(saft(location())) == [Company("999999999", "Selskapet ASA")]
