"""What tills deliver is stored once: known content is skipped, other content is a version of its own."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.books.deliveries import Delivered, Touched, store_receipts, store_z_reports
from accounting.books.domain import stored
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Evidence, ZReport
from accounting.company.records import see_register
from tests.build import NOW, a_company, a_receipt

pytestmark = pytest.mark.django_db
Z = ZReport("7", "2026-11-23T23:00:00", NOW, "", Ore(100_00), evidence=Evidence("1", "2", 2))


@pytest.fixture
def register():
    return see_register(a_company(), "", "1")


def sold(nr, gross="100.00"):
    return Delivered.of(a_receipt({"31": gross}, {"card": gross}, nr=nr))


def store(register, *batch):
    touched = Touched()
    store_receipts(register.company, register, batch, touched)
    return touched


def store_z(register, z):
    touched = Touched()
    store_z_reports(register.company, register, [z], touched)
    return touched


def test_a_stored_receipt_is_the_value_that_was_delivered(register):
    receipt = a_receipt({"31": "115.00", "3": "25.00"}, {"cash": "140.00"}, nr=12)
    store(register, Delivered.of(receipt))
    row = register.receipts.get()
    assert (row.nr, row.position, row.gross, row.kind) == ("12", 12, 140_00, "sale")
    assert stored.receipt_from(row.nr, row.position, row.at_utc, row.details) == receipt


def test_known_receipts_are_counted_and_not_stored_again(register):
    store(register, sold(1), sold(2))
    touched = store(register, sold(2), sold(3))
    assert (touched.new, touched.same, touched.changed) == (1, 1, [])
    assert (touched.first, touched.last) == (2, 3)
    assert register.receipts.count() == 3


def test_the_same_number_twice_in_one_delivery_with_other_content_is_a_second_version(register):
    touched = store(register, sold(1), sold(1, "90.00"), sold(1))
    assert (touched.new, touched.same, touched.changed) == (1, 1, ["1"])
    versions = register.receipts.order_by("version").values_list("version", "in_use")
    assert list(versions) == [(1, True), (2, False)]


def test_every_other_content_is_a_version_of_its_own(register):
    for gross in ("100.00", "90.00", "80.00", "90.00"):
        store(register, sold(1, gross))
    versions = register.receipts.order_by("version").values_list("version", "in_use", "gross")
    assert list(versions) == [(1, True, 100_00), (2, False, 90_00), (3, False, 80_00)]


def test_a_batch_of_known_receipts_asks_the_same_however_large(register):
    everything = [sold(nr) for nr in range(1, 301)]
    store(register, *everything)

    def asked(batch):
        with CaptureQueriesContext(connection) as queries:
            store(register, *batch)
        return len(queries)

    assert asked(everything[:10]) == asked(everything) <= 4


def test_new_receipts_are_written_many_at_a_time(register):
    with CaptureQueriesContext(connection) as queries:
        store(register, *[sold(nr) for nr in range(1, 301)])
    assert len(queries) <= 12


def test_the_same_number_at_another_till_is_another_receipt(register):
    other = see_register(register.company, "", "2")
    store(register, sold(1))
    assert store(other, sold(1, "90.00")).new == 1


def test_a_delivery_reaches_what_lies_within_its_span(register):
    touched = store(register, sold(5), sold(9))
    assert touched.reaches(1, 5)
    assert touched.reaches(6, 8)
    assert touched.reaches(9, 12)
    assert not touched.reaches(1, 4)
    assert not touched.reaches(10, 12)
    assert not Touched().reaches(0, 100)


def test_the_same_z_again_is_no_new_version(register):
    store_z(register, Z)
    assert store_z(register, Z).numbers == {"7"}
    assert register.z_reports.count() == 1


def test_the_evidence_is_kept_from_the_delivery_that_saw_the_most(register):
    for evidence in (Evidence("2", "2", 1), Evidence("1", "2", 2), Evidence()):
        store_z(register, replace(Z, evidence=evidence))
    z = register.z_reports.get()
    assert (z.first_trans_id, z.last_trans_id, z.trans_count) == ("1", "2", 2)


def test_a_z_with_other_content_takes_the_place_of_the_one_before(register):
    store_z(register, Z)
    store_z(register, replace(Z, total=Ore(101_00)))
    versions = register.z_reports.order_by("version").values_list("version", "in_use", "total")
    assert list(versions) == [(1, False, 100_00), (2, True, 101_00)]
