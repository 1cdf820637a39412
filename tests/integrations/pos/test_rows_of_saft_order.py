"""Every row of saft.md 4.4–4.6 by its name: which Z a receipt belongs to, what is missing, which day."""

import pytest

from integrations.pos.intake import take_in
from integrations.pos.saft import read
from integrations.pos.summary import summarise
from tests import saft_builder as xml
from tests.build import OTHER_ORG_NO, a_company
from tests.integrations.pos.rows import a_file, booked, closing, in_places, noted, told


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


@pytest.mark.django_db
def test_4_4_files_that_overlap_are_normal_and_what_is_known_is_skipped():
    company = a_company(OTHER_ORG_NO)
    one, two = told(nr="1"), told(nr="2", at="2020-01-02T10:00:00")
    first = a_till(closing([one]), one)
    both = a_till(closing([one]) + closing([two], "2", at="2020-01-02T23:00:00"), one, two)
    take_in(company, xml.source(in_places(xml.location(first))))
    report = take_in(company, xml.source(in_places(xml.location(both))))
    assert report.receipts == {"new": 1, "same": 1}
    assert report.settlements == {"new": 1, "same": 1, "changed": 0, "incomplete": 0}


@pytest.mark.django_db
def test_4_4_the_same_number_with_other_content_in_a_later_file_stops():
    company = a_company(OTHER_ORG_NO)
    one, other = (
        told(nr="1"),
        told(nr="1", sold=[("100", "230.00", "2")], paid=[("12002", "230.00")]),
    )
    for receipt in (one, other):
        take_in(company, xml.source(in_places(xml.location(a_till(closing([one]), receipt)))))
    settlement = company.settlements.get(current=True)
    assert [issue.code for issue in settlement.as_day().stops] == ["receipt-changed"]
    assert (settlement.stopped, settlement.gross) == (True, 11500)


def test_4_4_numbers_that_begin_anew_on_a_new_register_are_no_gap():
    old, new = told(nr="812"), told(nr="1", at="2020-01-02T10:00:00")
    place = xml.location(
        a_till(closing([old], "40"), old),
        a_till(closing([new], register="1B", at="2020-01-02T23:00:00"), new, register="1B"),
    )
    assert [codes(row) for row in days(place)["settlements"]] == [[], []]


def test_4_4_receipts_whose_z_is_in_another_part_wait_for_it():
    one = told(nr="1")
    found = days(xml.location(a_till("", one)))
    assert (found["settlements"], found["open"]) == ([], [{"register": "1", "transactions": 1}])


def test_4_4_grand_totals_are_the_tills_own_and_stop_nothing():
    """They run on from before we knew the till, credit sales with them: no sum of ours to hold them to."""
    file = a_file(told()).replace("<reportGrandTotalSales>0.00", "<reportGrandTotalSales>7.00")
    assert (booked(file), noted(file)) == ({"1901": 11500, "3030": -11500}, [])


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


def test_4_5_an_offset_is_told_as_oslo_time():
    """22:30 UTC on New Year's Eve is 23:30 in Oslo: still that day's business."""
    one = told(at="2019-12-31T22:30:00")
    sale = one.xml.replace("22:30:00</transTime>", "22:30:00Z</transTime>")
    closed = closing([one], at="2020-01-01T02:00:00")
    (row,) = days(xml.location(xml.till(closed, sale)))["settlements"]
    assert (row["business_date"], row["transactions"]) == ("2019-12-31", 1)


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


def test_4_6_a_z_the_till_writes_by_itself_at_three_closes_the_day_before():
    one, two = told(nr="1", at="2020-01-01T20:00:00"), told(nr="2", at="2020-01-02T02:40:00")
    (row,) = days(
        xml.location(a_till(closing([one, two], at="2020-01-02T03:00:00"), one, two))
    )["settlements"]  # fmt: skip
    assert (row["business_date"], row["transactions"]) == ("2020-01-01", 2)


def test_4_6_a_z_over_new_year_is_one_settlement_on_the_first_sales_date():
    """DESIGN.md 4: the voucher date is the business date; an interval is never split."""
    one, two = told(nr="1", at="2019-12-31T23:30:00"), told(nr="2", at="2020-01-01T00:30:00")
    (row,) = days(
        xml.location(a_till(closing([one, two], at="2020-01-01T03:00:00"), one, two))
    )["settlements"]  # fmt: skip
    assert (row["business_date"], row["gross"]) == ("2019-12-31", "230.00")


def test_4_6_the_clock_decides_where_no_event_names_a_receipt():
    one, two = told(nr="1", at="2020-01-01T10:00:00"), told(nr="2", at="2020-01-02T10:00:00")
    zs = (
        closing([one], "1", at="2020-01-01T23:00:00"),
        closing([two], "2", at="2020-01-02T23:00:00"),
    )
    rows = days(xml.location(xml.till(*zs, one.xml, two.xml)))["settlements"]
    assert [row["transactions"] for row in rows] == [1, 1]


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
