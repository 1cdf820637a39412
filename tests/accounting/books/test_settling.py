"""Settlements are cut from what is stored: late, changed and missing deliveries, and their order."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.books import pieces, settling
from accounting.books.deliveries import Delivered, Touched, store_receipts
from accounting.books.settling import Overtaken, Source, settle_register
from accounting.company.records import see_register
from tests.build import DAY, NOW, OSLO, a_company, a_receipt, deliver

pytestmark = pytest.mark.django_db
SOURCE = Source("1" * 64, NOW)


@pytest.fixture
def company():
    return a_company()


def sold(nr, gross="100.00", day=DAY):
    """One card sale of food at noon."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)
    return a_receipt({"31": gross}, {"card": gross}, nr=nr, at=at)


def codes(settlement):
    return [finding.code for finding in settlement.as_day().findings]


def current(company, z_number):
    return company.settlements.get(z_number=z_number, current=True)


def receipts_only(company, *receipts):
    """A delivery without any Z report."""
    register, touched = see_register(company, "", "1"), Touched()
    store_receipts(company, register, [Delivered.of(r) for r in receipts], touched)
    return settle_register(register, touched, SOURCE)


def test_a_receipt_delivered_with_other_content_stops_its_settlement(company):
    deliver(company, [sold(1), sold(2)])
    receipts_only(company, sold(2, "90.00"))

    settlement = current(company, "1")
    assert settlement.stopped
    assert codes(settlement) == ["receipt-changed"]
    assert settlement.as_day().findings[0].subject == "2"
    assert (settlement.revision, settlement.gross) == (2, 200_00)
    versions = company.registers.get().receipts.filter(nr="2").order_by("version")
    assert [(v.version, v.in_use, v.gross) for v in versions] == [
        (1, True, 100_00),
        (2, False, 90_00),
    ]


def test_the_same_changed_receipt_once_more_changes_nothing_more(company):
    deliver(company, [sold(1), sold(2)])
    receipts_only(company, sold(2, "90.00"))
    settled = receipts_only(company, sold(2, "90.00"))
    assert settled.outcomes == {"1": "same"}
    assert [issue.code for issue in settled.stops] == ["receipt-changed"]
    assert company.registers.get().receipts.count() == 3
    assert current(company, "1").revision == 2


def test_a_z_with_other_content_is_a_new_version_and_counts(company):
    deliver(company, [sold(1)])
    changed = deliver(company, [sold(1)], z_number="1", z_total="101.00")
    assert (changed.revision, changed.stopped, codes(changed)) == (2, True, ["z-total-differs"])
    mended = deliver(company, [sold(1)], z_number="1")
    assert (mended.revision, mended.stopped) == (3, False)
    versions = company.registers.get().z_reports.order_by("version")
    assert [(z.version, z.in_use, z.total) for z in versions] == [
        (1, False, 100_00),
        (2, False, 101_00),
        (3, True, 100_00),
    ]


def test_a_hole_in_the_numbers_stops_until_the_missing_receipt_comes(company):
    deliver(company, [sold(1), sold(3)], z_total="300.00")
    stopped = current(company, "1")
    assert set(codes(stopped)) >= {"receipt-gap"}
    assert stopped.as_day().findings[0].facts == (("before", "1"), ("after", "3"))
    deliver(company, [sold(1), sold(2), sold(3)], z_number="1")
    assert (current(company, "1").revision, current(company, "1").stopped) == (2, False)


def test_a_hole_between_two_z_reports_stops_the_later_one_only(company):
    deliver(company, [sold(1)])
    deliver(company, [sold(3, day=DAY + timedelta(1))], DAY + timedelta(1), "2")
    assert (codes(current(company, "1")), codes(current(company, "2"))) == ([], ["receipt-gap"])


def test_a_whole_day_that_comes_last_mends_the_day_after_it(company):
    first, second, third = DAY, DAY + timedelta(1), DAY + timedelta(2)
    deliver(company, [sold(1, day=first)], first, "1")
    deliver(company, [sold(3, day=third)], third, "3")
    assert codes(current(company, "3")) == ["receipt-gap", "z-gap"]
    deliver(company, [sold(2, day=second)], second, "2")
    assert codes(current(company, "3")) == []
    assert [current(company, z).revision for z in "123"] == [1, 1, 2]


def test_a_missing_z_warns_and_the_warning_goes_without_a_new_revision(company):
    deliver(company, [sold(1)], DAY, "1")
    deliver(company, [sold(2, day=DAY + timedelta(2))], DAY + timedelta(2), "3")
    warned = current(company, "3")
    assert (codes(warned), warned.stopped) == (["z-gap"], False)
    deliver(company, [], DAY + timedelta(1), "2")
    now = current(company, "3")
    assert codes(now) == []
    assert (now.pk, now.revision, now.digest) == (warned.pk, 1, warned.digest)


def test_a_late_receipt_makes_a_new_revision_of_the_last_z(company):
    deliver(company, [sold(1)], z_total="200.00")
    receipts_only(company, sold(2))
    settlement = current(company, "1")
    assert (settlement.revision, settlement.transactions, settlement.gross) == (2, 2, 200_00)
    assert "z-total-differs" not in codes(settlement)


def test_a_settlement_says_which_file_it_came_from(company):
    deliver(company, [sold(1)], z_total="200.00")
    receipts_only(company, sold(2))
    settlement = current(company, "1")
    assert (settlement.source_sha256, settlement.stored_at) == (SOURCE.sha256, NOW)


def test_what_was_stored_but_never_settled_is_settled_by_the_next_same_delivery(company):
    """A kill between storing and settling: nothing is new any more, and yet nothing is forgotten."""
    deliver(company, [sold(2)], z_total="200.00")
    register = company.registers.get()
    late = Delivered.of(sold(1))
    store_receipts(company, register, [late], Touched())
    receipts_only(company, sold(1))
    assert (current(company, "1").transactions, current(company, "1").gross) == (2, 200_00)


def test_a_changed_receipt_that_was_stored_but_never_settled_stops_it_the_next_time(company):
    deliver(company, [sold(1)])
    register = company.registers.get()
    store_receipts(company, register, [Delivered.of(sold(1, "90.00"))], Touched())
    receipts_only(company, sold(1, "90.00"))
    assert codes(current(company, "1")) == ["receipt-changed"]


def test_what_another_delivery_left_unsettled_is_settled_along(company):
    """Days 2 and 3 were stored by an import that was killed; then only day 4 is delivered."""
    days = [DAY + timedelta(n) for n in range(4)]
    for n, day in enumerate(days[:3]):
        deliver(company, [sold(n + 1, day=day)], day, str(n + 1))
    company.settlements.exclude(z_number="1").delete()
    deliver(company, [sold(4, day=days[3])], days[3], "4")
    found = company.settlements.filter(current=True, stopped=False)
    assert sorted(found.values_list("z_number", flat=True)) == ["1", "2", "3", "4"]


def test_a_settlement_that_another_delivery_replaced_meanwhile_is_not_overwritten(company):
    deliver(company, [sold(1)], z_total="200.00")
    register, touched = company.registers.get(), Touched(numbers={"1"})
    (stale,) = pieces.pieces(register, touched)
    day = settling._day(register, stale)
    receipts_only(company, sold(2))
    with pytest.raises(Overtaken):
        settling._store(register, day, stale, SOURCE)
    assert (current(company, "1").revision, current(company, "1").transactions) == (2, 2)


def test_a_receipt_that_comes_between_two_looks_is_noticed(company):
    deliver(company, [sold(1), sold(3)], z_total="300.00")
    register = company.registers.get()
    (stale,) = pieces.pieces(register, Touched(numbers={"1"}))
    store_receipts(company, register, [Delivered.of(sold(2))], Touched())
    with pytest.raises(Overtaken):
        settling._day(register, stale)


def _queries(company, receipts, day, number):
    """How many statements settling a day takes, storing it aside."""
    deliver(company, [], day, number)
    register, touched = company.registers.get(), Touched(numbers={number})
    store_receipts(company, register, [Delivered.of(r) for r in receipts], touched)
    with CaptureQueriesContext(connection) as queries:
        assert settle_register(register, touched, SOURCE).outcomes[number] == "changed"
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_receipts(company):
    deliver(company, [sold(1)], DAY, "1")
    ten = [sold(nr, day=DAY + timedelta(1)) for nr in range(2, 12)]
    hundred = [sold(nr, day=DAY + timedelta(2)) for nr in range(12, 112)]
    asked = _queries(company, ten, DAY + timedelta(1), "2")
    assert _queries(company, hundred, DAY + timedelta(2), "3") == asked <= 12


def test_the_number_of_queries_does_not_grow_with_the_history(company):
    asked = [
        _queries(company, [sold(n, day=DAY + timedelta(n))], DAY + timedelta(n), str(n))
        for n in range(1, 13)
    ]
    assert set(asked[2:]) == {asked[2]}


def test_receipts_still_at_hand_are_known_by_number_and_content(company):
    """Two receipts may say the very same under two numbers: one never stands for the other."""
    first, second = sold(1), replace(sold(1), nr="2", position=2)
    one, other = Delivered.of(first), Delivered.of(second)
    assert one.digest == other.digest
    register = see_register(company, "", "1")
    held = {("1", one.digest): first, ("2", other.digest): second}
    touched = Touched(at_hand=held)
    store_receipts(company, register, [one, other], touched)
    assert pieces._marks(register, [], touched)[2] == {"1": first, "2": second}
    assert pieces._marks(register, [], Touched(at_hand={("2", "x" * 64): second}))[2] == {}


def test_receipts_at_hand_and_receipts_read_make_the_same_settlement(company):
    receipts = [sold(1), sold(2, "80.00")]
    deliver(company, receipts)
    read = current(company, "1")
    register = company.registers.get()
    held = {(r.nr, Delivered.of(r).digest): r for r in receipts}
    (piece,) = pieces.pieces(register, Touched(numbers={"1"}, at_hand=held))
    assert piece.at_hand == receipts
    assert settling._day(register, piece) == read.as_day()
