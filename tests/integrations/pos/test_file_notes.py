"""What is only noted: counts of a Z, employees and articles. Through import, and never a new revision."""

import pytest

from accounting.books.models import ZReport
from integrations.pos.saft import read
from integrations.pos.summary import summarise
from tests.build import OTHER_ORG_NO, a_company
from tests.integrations.pos.deliveries import rows_of_every_table, take
from tests.integrations.pos.rows import BASICS, closing, told
from tests.saft_builder import event, location, saft, source, till

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return a_company(OTHER_ORG_NO)


RECEIPT = told(nr="1", at="2020-01-01T10:00:00")


def the_file(counted="1", *, printed=False, lists="", seller=""):
    """One receipt of a seller, and the Z that counts so many."""
    before = event("SALREC", "1") if printed else ""
    sold = RECEIPT.xml.replace("<transDate>", f"{seller}<transDate>", 1)
    journal = before + closing([RECEIPT], counted=counted)
    return saft(location(till(journal, sold)), basics=BASICS, lists=lists)


def deliver(company, *args, **more):
    return take(company, the_file(*args, **more).encode())


def the_settlement(company):
    return company.settlements.get(current=True)


def noted(company):
    return [finding.code for finding in the_settlement(company).as_day().findings]


def codes(report):
    return [issue.code for issue in report.findings]


def test_6_4_12_a_count_that_fits_nothing_is_noted_and_stops_nothing(company):
    deliver(company, "9")
    assert noted(company) == ["z-count-differs"]
    assert not the_settlement(company).stopped


@pytest.mark.parametrize("count", ["1", "0"])
def test_6_4_12_a_count_that_fits_or_none_is_left_in_peace(company, count):
    deliver(company, count)
    assert noted(company) == []


def test_a_z_that_was_stored_without_its_count_is_the_same_when_it_comes_again(company):
    deliver(company, "9")
    ZReport.objects.update(receipts_counted=None)
    report = deliver(company, "9")
    assert (report.settlements["same"], report.settlements["changed"]) == (1, 0)
    row = ZReport.objects.get()
    assert (row.version, row.receipts_counted, row.receipts_printed) == (1, 9, 0)
    assert the_settlement(company).revision == 1


def test_the_note_comes_without_a_new_revision_or_another_hash(company):
    deliver(company, "1")
    before = the_settlement(company)
    deliver(company, "9")
    after = the_settlement(company)
    assert noted(company) == ["z-count-differs"]
    assert (after.pk, after.revision, after.digest) == (before.pk, 1, before.digest)


@pytest.mark.parametrize("order", [("1", "9"), ("9", "1")])
def test_of_two_counts_the_same_one_stands_in_either_order(company, order):
    for count in order:
        deliver(company, count)
    assert ZReport.objects.get().receipts_counted == 9


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_the_delivery_that_saw_more_receipts_printed_decides(company, order):
    for printed in order:
        deliver(company, "1" if printed else "9", printed=printed)
    row = ZReport.objects.get()
    assert (row.receipts_counted, row.receipts_printed) == (1, 1)
    assert noted(company) == []


SELLER = "<empID>7</empID>"
LISTED = (
    "<employees><employee><empID>7</empID><dateOfEntry>0001-01-01</dateOfEntry>"
    "<timeOfEntry>00:00:00</timeOfEntry><surName>N</surName></employee></employees>"
)


def test_1_9_an_employee_who_is_not_listed_is_noted_of_the_file(company):
    report = deliver(company, seller=SELLER)
    assert codes(report) == ["employee-missing"]
    (found,) = report.as_json("a.xml")["findings"]
    assert found["severity"] == "warning"
    assert "navngir: 7 (1 i alt)." in found["text"]
    assert noted(company) == []


def test_1_9_read_saft_tells_it_of_the_file_too():
    found = summarise(read(source(the_file(seller=SELLER))))
    assert [(one["code"], one["severity"]) for one in found["findings"]] == [
        ("employee-missing", "warning")
    ]
    assert [row["findings"] for row in found["settlements"]] == [[]]


def test_1_9_the_same_receipt_in_a_file_with_other_lists_is_the_same_receipt(company):
    deliver(company, seller=SELLER)
    before = rows_of_every_table()
    report = deliver(company, seller=SELLER, lists=LISTED)
    assert codes(report) == []
    assert report.receipts == {"new": 0, "same": 1}
    assert rows_of_every_table() == before
