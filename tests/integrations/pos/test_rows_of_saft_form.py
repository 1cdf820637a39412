"""Every row of saft.md 4.1–4.3 by its name, and the forms of chapter 1: refused, or read as it means.

After a refusal the database holds nothing of the file.
"""

import io

import pytest

from integrations.pos.archives import read_delivery
from integrations.pos.intake import take_in
from integrations.pos.saft import ReceiptRead
from integrations.pos.saft.refusal import RefusedFile
from tests import saft_builder as xml
from tests.build import OTHER_ORG_NO, a_company, a_manager
from tests.integrations.pos.deliveries import rows_of_every_table
from tests.integrations.pos.rows import a_file, booked, closing, in_places, told
from tests.integrations.pos.test_archives import packed

DAY = a_file(told(nr="1"), told(nr="2", paid=[("12001", "115.00")]))
SOLD = {"1901": 11500, "1900": 11500, "3030": -23000}
DECLARED = 'encoding="UTF-8"'


def declared(encoding):
    return DAY.replace(DECLARED, f'encoding="{encoding}"').encode(encoding)


def zipped(*parts, secret=False):
    data = bytearray(packed(*parts).getvalue())
    if secret:
        data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the archive's own list
    return bytes(data)


def with_doctype(inside):
    return DAY.replace("<auditfile", f"<!DOCTYPE auditfile [{inside}]><auditfile", 1)


REFUSED = {
    "4.2 external entity": (
        with_doctype('<!ENTITY x SYSTEM "file:///etc/hostname">').replace("115.00", "&x;", 1),
        "file-has-doctype",
    ),
    "4.2 DOCTYPE alone": (with_doctype(""), "file-has-doctype"),
    "4.2 billion laughs": (
        with_doctype('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">').replace("Mat", "&b;"),
        "file-has-doctype",
    ),
    "4.2 quadratic blow-up": (
        with_doctype(f'<!ENTITY a "{"ha" * 1000}">').replace("Mat", "&a;" * 1000),
        "file-has-doctype",
    ),
    "4.2 a DTD from elsewhere": (
        DAY.replace("<auditfile", '<!DOCTYPE auditfile SYSTEM "http://127.0.0.1:1/x"><auditfile', 1),
        "file-has-doctype",
    ),
    "4.2 entity without DOCTYPE": (DAY.replace("Mat", "&x;"), "file-not-xml"),
    "4.2 ZIP inside a ZIP": (zipped(DAY.encode(), ("b.zip", zipped(DAY.encode()))), "archive-nested"),
    "4.2 ZIP with a password": (zipped(DAY.encode(), secret=True), "archive-encrypted"),
    "4.2 ZIP packed too tight": (zipped(b" " * 900_000), "archive-too-tight"),
    "4.2 ZIP of more than one company": (
        zipped(DAY.encode(), DAY.replace("<companyIdent>999999999", "<companyIdent>923456783").encode()),
        "file-of-another-company",
    ),
    "4.3 CP1252 bytes under UTF-8": (DAY.encode("cp1252"), "file-undecodable"),
    "4.3 control character 0x0B": (DAY.replace("Mat", "M\x0bt"), "file-not-xml"),
    "4.3 blank line before the declaration": ("\n" + DAY, "file-not-xml"),
    "4.3 invented structure under the right name": (
        DAY.replace("auditfile", "AuditFile"),
        "file-not-saft",
    ),
    "4.3 AuditFile without namespace": (
        DAY.replace("auditfile", "AuditFile").replace(f' xmlns="{xml.NAMESPACE}"', ""),
        "file-not-saft",
    ),
    "4.3 Danish namespace": (DAY.replace("CashRegister:NO", "CashRegister:DK"), "file-not-saft"),
    "4.1 truncated": (DAY[: len(DAY) * 2 // 3], "file-truncated"),
    "4.7 third decimal": (DAY.replace("<lineAmntIn>115.00", "<lineAmntIn>115.001", 1), "amount-malformed"),
    "1.1 decimal comma": (DAY.replace("<lineAmntIn>115.00", "<lineAmntIn>115,00", 1), "amount-malformed"),
    "1.1 empty amount": (DAY.replace("<paidAmnt>115.00", "<paidAmnt>", 1), "field-missing"),
    "1.7 order of elements": (
        DAY.replace("<amntTp>C</amntTp><transDate>2020-01-01</transDate>",
                    "<transDate>2020-01-01</transDate><amntTp>C</amntTp>", 1),
        "element-out-of-order",
    ),
    "1.3 two companies": (
        DAY.replace("</company>", "</company><company><companyIdent>1</companyIdent><companyName>B"
                    "</companyName></company>"),
        "file-two-companies",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED, ids=list(REFUSED))
def test_this_file_is_refused(name):
    file, code = REFUSED[name]
    with pytest.raises(RefusedFile) as refused:
        list(read_delivery(xml.source(file), 10**7, OTHER_ORG_NO))
    assert refused.value.code == code


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED, ids=list(REFUSED))
def test_after_a_refusal_the_database_holds_nothing_of_the_file(name):
    company = a_company(OTHER_ORG_NO)
    before = rows_of_every_table()
    file, _ = REFUSED[name]
    with pytest.raises(RefusedFile):
        take_in(company, xml.source(file))
    assert rows_of_every_table() == before


@pytest.mark.django_db
def test_another_companys_file_leaves_nothing_either():
    company = a_company()
    before = rows_of_every_table()
    with pytest.raises(RefusedFile) as refused:
        take_in(company, xml.source(DAY))
    assert (refused.value.code, rows_of_every_table()) == ("file-of-another-company", before)


READ = {
    "4.2 schemaLocation is never followed": DAY.replace(
        "<auditfile ",
        '<auditfile xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="urn:x http://127.0.0.1:1/x.xsd" ',
    ),
    "4.3 BOM": b"\xef\xbb\xbf" + DAY.encode(),
    "4.3 ISO-8859-1 declared": declared("iso-8859-1"),
    "4.3 Windows-1252 declared": declared("windows-1252"),
    "4.3 UTF-16 declared": declared("utf-16"),
    "4.3 prefix n1:": xml.prefixed(DAY),
    "4.5 fractions": DAY.replace("10:00:00</transTime>", "10:00:00.5</transTime>"),
    "4.5 offset": DAY.replace("10:00:00</transTime>", "09:00:00Z</transTime>"),
    "1.3 0001-01-01 is unknown": DAY,
    "1.1 CRLF": DAY.replace("><", ">\r\n<"),
    "1.1 blanks and plus": DAY.replace("<paidAmnt>115.00", "<paidAmnt> +115.00 "),
    "1.1 trailing zero": DAY.replace("<paidAmnt>115.00", "<paidAmnt>115.000"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ, ids=list(READ))
def test_this_file_is_read_and_gives_the_same_journal(name):
    assert booked(READ[name]) == SOLD


def test_4_2_a_zip_whose_names_climb_out_is_read_and_writes_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    climbing = io.BytesIO(zipped(("../../climbed.xml", DAY.encode())))
    items = read_delivery(climbing, 10**7, OTHER_ORG_NO)
    assert sum(isinstance(item, ReceiptRead) for item in items) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_4_2_what_a_till_wrote_as_text_is_shown_as_text(client):
    """A line's text, like all free text of the file, is escaped on the page."""
    company = a_company(OTHER_ORG_NO)
    one = told(nr="1")
    said = (
        "<vat>",
        "<cashTransLineDescr>=1+1 &lt;b onclick=&quot;x&quot;&gt;</cashTransLineDescr><vat>",
    )
    sale = one.xml.replace(*said, 1)
    take_in(company, xml.source(in_places(xml.location(xml.till(closing([one]), sale)))))
    client.force_login(a_manager(company))
    settlement = company.settlements.get()
    page = client.get(f"/s/{company.org_no}/oppgjor/{settlement.pk}/kvittering/1/").content.decode()
    assert "=1+1 &lt;b onclick" in page
    assert "<b onclick" not in page
