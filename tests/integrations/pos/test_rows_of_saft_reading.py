"""Every row of saft.md 4.2–4.6 by its name: refused, or read, and where its receipts end up."""

import pytest

from integrations.pos.intake import take_in
from integrations.pos.saft import read
from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.summary import summarise
from tests import saft_builder as xml
from tests.build import OTHER_ORG_NO, a_company
from tests.integrations.pos.deliveries import rows_of_every_table
from tests.integrations.pos.rows import (
    a_file,
    booked,
    closing,
    in_places,
    noted,
    told,
)

DAY = a_file(told(nr="1"), told(nr="2", paid=[("12001", "115.00")]))
SOLD = {"1901": 11500, "1900": 11500, "3030": -23000}
DECLARED = 'encoding="UTF-8"'


def declared(encoding):
    return DAY.replace(DECLARED, f'encoding="{encoding}"').encode(encoding)


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
    "4.2 entity without DOCTYPE": (DAY.replace("Mat", "&x;"), "file-not-xml"),
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
        list(read(xml.source(file)))
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


def days(*tills, **more):
    """What a file of these tills comes to."""
    return summarise(read(xml.source(in_places(*tills))), **more)


def a_till(z, *receipts, **more):
    return xml.till(z, *(receipt.xml for receipt in receipts), **more)


def codes(found):
    return [(finding["code"], finding["severity"]) for finding in found["findings"]]


def test_4_4_the_same_receipt_twice_counts_once():
    one = told(nr="1")
    assert booked(a_file(one, z=closing([one])).replace(one.xml, one.xml * 2)) == {
        "1901": 11500,
        "3030": -11500,
    }


def test_4_4_the_same_number_with_other_content_stops():
    one, other = (
        told(nr="1"),
        told(nr="1", sold=[("100", "230.00", "2")], paid=[("12002", "230.00")]),
    )
    (row,) = days(xml.location(a_till(closing([one]), one, other)))["settlements"]
    assert codes(row) == [("receipt-changed", "blocked")]


def test_4_4_a_gap_in_the_numbers_stops():
    assert booked(a_file(told(nr="1"), told(nr="4"))) == ["receipt-gap"]


def test_4_4_training_is_no_gap():
    training = told(nr="2", in_z=False, tail="<trainingID>true</trainingID>")
    assert noted(a_file(told(nr="1"), training, told(nr="3"))) == []


def test_4_4_two_locations_may_have_the_same_till_id():
    one = told(nr="1")
    places = [
        xml.location(a_till(closing([one]), one), name=name) for name in ("Sentrum", "Torget")
    ]
    assert [row["register"] for row in days(*places)["settlements"]] == ["Sentrum/1", "Torget/1"]


def test_4_4_a_z_without_all_its_receipts_is_never_booked():
    one = told(nr="2")
    events = xml.event("SALREC", "1") + xml.event("SALREC", "2")
    found = days(xml.location(xml.till(events, closing([one]), one.xml)))
    assert (found["settlements"], codes(found)) == ([], [("z-incomplete", "warning")])


def test_4_4_a_gap_in_the_z_numbers_is_noted():
    zs = [closing([], number, at=f"2020-01-0{number}T23:00:00") for number in ("1", "3")]
    found = days(xml.location(xml.till(*zs)))
    assert codes(found["settlements"][1]) == [("z-gap", "warning")]


def test_4_4_a_z_that_names_another_register_stops():
    one = told()
    assert booked(a_file(one, z=closing([one], register="9"))) == ["z-of-another-register"]


def test_4_5_the_hour_that_comes_twice_is_ordered_by_number():
    """02:50 before 02:10 on the last Sunday of October: the second is an hour and twenty minutes later."""
    times = {"1": "2026-10-25T02:50:00", "2": "2026-10-25T02:10:00"}
    one, two = (told(nr=nr, at=at) for nr, at in times.items())
    seen = (xml.event("SALREC", nr, at=at) for nr, at in times.items())
    z = "".join((*seen, closing([one, two], at="2026-10-25T02:30:00")))
    assert booked(a_file(one, two, z=z)) == {"1901": 23000, "3030": -23000}


def test_4_5_an_hour_that_never_comes_is_read():
    one = told(at="2026-03-29T02:30:00")
    assert booked(a_file(one, z=closing([one], at="2026-03-29T23:00:00"))) == {
        "1901": 11500,
        "3030": -11500,
    }


def test_4_5_midnight_written_as_24_is_the_next_day():
    one = told(at="2020-01-01T24:00:00")
    (row,) = days(xml.location(a_till(closing([one], at="2020-01-02T00:10:00"), one)))[
        "settlements"
    ]
    assert (row["transactions"], row["business_date"]) == (1, "2020-01-01")


def test_4_6_several_z_in_a_day_are_several_settlements():
    one, two = told(nr="1", at="2020-01-01T10:00:00"), told(nr="2", at="2020-01-01T18:00:00")
    zs = [
        closing([one], "1", at="2020-01-01T14:00:00"),
        closing([two], "2", at="2020-01-01T22:00:00"),
    ]
    rows = days(xml.location(xml.till(*zs, one.xml, two.xml)))["settlements"]
    assert [(row["z_number"], row["business_date"], row["gross"]) for row in rows] == [
        ("1", "2020-01-01", "115.00"),
        ("2", "2020-01-01", "115.00"),
    ]


def test_4_6_a_z_forgotten_for_a_day_closes_both_on_the_first_days_date():
    one, two = told(nr="1", at="2020-01-01T10:00:00"), told(nr="2", at="2020-01-02T18:00:00")
    (row,) = days(
        xml.location(a_till(closing([one, two], at="2020-01-02T22:00:00"), one, two))
    )["settlements"]  # fmt: skip
    assert (row["business_date"], row["gross"]) == ("2020-01-01", "230.00")


def test_4_6_a_day_past_midnight_keeps_its_date():
    one = told(at="2020-01-02T02:00:00")
    (row,) = days(xml.location(a_till(closing([one], at="2020-01-02T03:00:00"), one)))[
        "settlements"
    ]
    assert row["business_date"] == "2020-01-01"


def test_4_6_a_z_with_no_sales_is_counted_and_not_booked():
    assert booked(a_file()) == {}


def test_4_6_what_no_z_has_closed_is_open():
    one, late = told(nr="1"), told(nr="2", at="2020-01-02T10:00:00")
    found = days(xml.location(a_till(closing([one]), one, late)))
    assert found["open"] == [{"register": "1", "transactions": 1}]


def test_4_6_the_receipt_events_decide_before_the_clock_does():
    """A receipt begun before the Z and finished after it belongs to the next one (saft.md 4.6)."""
    one, two = told(nr="1"), told(nr="2", at="2020-01-01T22:59:00")
    zs = (
        xml.event("SALREC", "1"),
        closing([one], "1", at="2020-01-01T23:00:00"),
        xml.event("SALREC", "2", at="2020-01-01T23:01:00"),
        closing([two], "2", at="2020-01-02T23:00:00"),
    )
    rows = days(xml.location(xml.till(*zs, one.xml, two.xml)))["settlements"]
    assert [row["transactions"] for row in rows] == [1, 1]
