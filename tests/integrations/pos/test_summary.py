"""The JSON of `read_saft`: what a file comes to, cut and summed without a database."""

import io
from dataclasses import replace
from datetime import time

import pytest

from integrations.pos.generator import write
from integrations.pos.saft import read
from integrations.pos.summary import summarise
from tests.integrations.pos.generator.plans import SMALL
from tests.saft_builder import (
    BASICS,
    card_sale,
    event,
    location,
    payment,
    receipt,
    saft,
    source,
    till,
    z_report,
)


def told(file, **more):
    return summarise(read(source(file)), **more)


def closing(number="1", sales=1, **more):
    """A Z report for card sales of food."""
    return z_report(
        number,
        f"{115 * sales}.00",
        {"DEBCARD": f"{115 * sales}.00"},
        {"2": (f"{100 * sales}.00", f"{15 * sales}.00")},
        **more,
    )


def codes(findings):
    return [(found["code"], found["severity"]) for found in findings]


def test_what_no_z_has_closed_is_open():
    late = card_sale("2", at="2020-01-02T09:00:00")
    found = told(saft(location(till(closing(), card_sale("1"), late))))
    assert found["open"] == [{"register": "1", "transactions": 1}]
    assert [row["transactions"] for row in found["settlements"]] == [1]


def test_a_z_whose_receipts_are_not_all_here_gets_a_finding_and_no_settlement():
    found = told(saft(location(till(event("SALREC", "0"), closing(), card_sale("1")))))
    assert found["settlements"] == []
    assert codes(found["findings"]) == [("z-incomplete", "warning")]
    assert "Z 1 på kasse 1" in found["findings"][0]["text"]


def test_the_same_till_id_at_two_places_is_told_with_its_place():
    file = saft(
        location(till(closing(), card_sale("1")), till(register="2"), name="Sentrum"),
        location(
            till(closing(), card_sale("1"), card_sale("2", at="2020-01-03T10:00:00")), name="Torget"
        ),
    )
    found = told(file)
    assert [row["register"] for row in found["settlements"]] == ["Sentrum/1", "Torget/1"]
    assert [row["register"] for row in found["open"]] == ["Torget/1"]


def test_settlements_come_by_register_and_z_number():
    file = saft(
        location(
            till(
                *(closing(str(n), 0, at=f"2020-01-{n:02}T23:00:00", register="b") for n in (9, 10)),
                register="b",
            ),
            till(closing("1", 0, register="a"), register="a"),
        )
    )
    rows = [(row["register"], row["z_number"]) for row in told(file)["settlements"]]
    assert rows == [("a", "1"), ("b", "9"), ("b", "10")]


def test_credit_sales_are_listed_and_kept_out_of_the_sums():
    credit = receipt(
        "2", "50.00", "40.00", payment("ACCOUNT", "50.00"), custSupID="C1", invoiceID="I7"
    )
    found = told(saft(location(till(closing(), card_sale("1"), credit))))
    assert found["credit_sales"] == [
        {"register": "1", "nr": "2", "customer": "C1", "invoice_no": "I7", "gross": "50.00"}
    ]
    assert found["settlements"][0]["gross"] == "115.00"


def test_a_receipt_or_z_that_is_there_twice_counts_once():
    file = saft(location(till(closing(), closing(), card_sale("1"), card_sale("1"))))
    (settlement,) = told(file)["settlements"]
    assert (settlement["gross"], settlement["findings"]) == ("115.00", [])


def test_the_same_nr_with_other_content_stops_the_settlement():
    other = card_sale("1", "230.00", "200.00", "30.00")
    (settlement,) = told(saft(location(till(closing(), card_sale("1"), other))))["settlements"]
    assert codes(settlement["findings"]) == [("receipt-changed", "blocked")]


def test_a_z_number_left_out_is_noted():
    closings = (
        closing("1", 0, at="2020-01-01T23:00:00"),
        closing("4", 0, at="2020-01-02T23:00:00"),
    )
    found = told(saft(location(till(*closings))))["settlements"]
    assert codes(found[1]["findings"]) == [("z-gap", "warning")]


def test_the_opening_hour_decides_the_business_date():
    file = saft(
        location(till(closing(at="2020-01-02T04:00:00"), card_sale("1", at="2020-01-02T02:00:00")))
    )
    assert told(file)["settlements"][0]["business_date"] == "2020-01-01"
    assert told(file, opening=time(1, 30))["settlements"][0]["business_date"] == "2020-01-02"


def test_a_file_without_tills_tells_its_company():
    assert told(saft())["company"] == {"org_no": "999999999", "name": "Selskapet ASA"}


@pytest.mark.parametrize("dialect", ["signed", "absolute"])
@pytest.mark.parametrize("profile", ["shop", "restaurant", "mixed"])
def test_a_generated_file_gives_its_oracle(profile, dialect):
    """Every figure; of findings there are none but notes (see test_oracle.py for all habits)."""
    out, oracle = io.BytesIO(), {}
    write(replace(SMALL, profile=profile, dialect=dialect, days=9), out, oracle)
    out.seek(0)
    found = summarise(read(out))
    for settlement in found["settlements"]:
        assert {finding["severity"] for finding in settlement["findings"]} <= {"warning"}
        settlement["findings"] = []
    assert found == oracle


def test_what_moved_is_told_by_kind_and_what_nobody_explains_is_in_no_sum():
    moved = [
        receipt(nr, "50.00", "50.00", payment("CASH", "50.00"), own_type=own)
        for nr, own in (("2", "PAYIN"), ("3", "ODD"))
    ]
    basics = (*BASICS, ("11", "PAYIN", "11011", "Innskudd"), ("11", "ODD", "11999", "Annet"))
    file = saft(location(till(closing(), card_sale("1"), *moved)), basics=basics)
    (row,) = told(file)["settlements"]
    assert row["other"] == [{"kind": "paid-in", "amount": "50.00"}]
    assert ("transaction-type-unresolved", "blocked") in codes(row["findings"])
