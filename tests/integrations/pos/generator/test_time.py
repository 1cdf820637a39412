"""Odd days and odd files: the hour that comes twice, a forgotten Z, a new rate, a new till, parts."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from integrations.pos.generator import Refused, oracle, parts
from integrations.pos.generator.catalogue import ENTRANCE, LOW, low_rate
from integrations.pos.generator.day import moment, opening
from integrations.pos.generator.sums import Bucket, Window
from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import BUSY, SMALL, tree, written

LAST_OCTOBER_SATURDAY = date(2026, 10, 24)


def test_a_bar_sells_through_two_o_clock_twice_and_numbers_run_on():
    plan = replace(SMALL, profile="restaurant", start=LAST_OCTOBER_SATURDAY, days=1, receipts=100)
    data, told = written(plan)
    for register in tree(data).iter("cashregister"):
        at = [r.findtext("transDate") + r.findtext("transTime")
              for r in register.iterfind("cashtransaction")]  # fmt: skip
        assert at != sorted(at)
        hour = [one for one in at if one.startswith("2026-10-2502")]
        assert sum(later < earlier for earlier, later in pairwise(hour)) == 1
    assert {row["business_date"] for row in told["settlements"]} == {"2026-10-24"}
    assert told["settlements"][-1]["closed_at"] == "2026-10-25T03:00:00"


def test_the_clock_shows_two_after_two_in_october_only():
    hours = [moment(LAST_OCTOBER_SATURDAY, hour * 3600).hour for hour in (26, 27, 28)]
    assert hours == [2, 2, 3]
    assert [moment(date(2026, 10, 17), hour * 3600).hour for hour in (26, 27)] == [2, 3]


def test_a_basic_bar_closes_before_the_hour_comes_again():
    for seed in range(50):
        hours = opening(LAST_OCTOBER_SATURDAY, 300, "restaurant", Random(seed))  # noqa: S311
        assert hours is None or not hours.times or hours.times[-1] < 27 * 3600


def closed_on(row):
    """The business date on which Z was written."""
    return (datetime.fromisoformat(row["closed_at"]) - timedelta(hours=5)).date().isoformat()


def test_now_and_then_z_is_forgotten_and_the_next_one_is_of_two_days():
    _, told = written(replace(BUSY, days=300, receipts=4, seed=1))
    both = [row for row in told["settlements"] if closed_on(row) > row["business_date"]]
    assert 0 < len(both) < 15


def test_a_day_with_no_sales_still_tells_its_float():
    _, told = written(replace(BUSY, days=300, receipts=4))
    empty = [row for row in told["settlements"] if not row["sales"] and row["transactions"]]
    assert empty
    assert {one["kind"] for row in empty for one in row["other"]} >= {"float"}


def test_code_33_has_the_rate_of_the_day_at_midnight_to_the_minute():
    plan = replace(BUSY, start=date(2021, 9, 24), days=12, receipts=150)
    data, told = written(plan)
    root = tree(data)
    seen = set()
    for receipt in root.iter("cashtransaction"):
        for vat in receipt.iterfind("ctLine/vat"):
            if vat.findtext("vatCode") == "3":
                new = receipt.findtext("transDate") >= "2021-10-01"
                seen.add((new, vat.findtext("vatPerc")))
    assert seen == {(False, "6.00"), (True, "12.00")}
    rates = {one["rate"] for row in told["settlements"] for one in row["sales"]
             if one["vat_code"] == "33"}  # fmt: skip
    assert rates == {"6.00", "12.00"}


def test_the_oracle_orders_the_rates_of_one_code_as_numbers():
    """As text 12.00 would come before 6.00; a reader sorts numbers."""
    window = Window()
    for rate in (1200, 600):
        window.buckets[ENTRANCE.own, LOW.own, rate] = Bucket(gross=10_000 + rate, tax=rate)
    told = oracle.settlement("1", 1, window, datetime.fromisoformat("2021-10-01T02:00"))
    assert [row["rate"] for row in told["sales"]] == ["6.00", "12.00"]


def test_code_33_has_had_five_rates():
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2018, 1, 1), date(2020, 4, 1),
            date(2021, 9, 30), date(2021, 10, 1))  # fmt: skip
    assert [low_rate(day) for day in days] == [800, 1000, 1200, 600, 600, 1200]


def test_a_replaced_till_stops_half_way_and_a_new_one_starts_from_one():
    plan = replace(SMALL, days=6, replaced=True)
    data, told = written(plan)
    found = dict(rereading.registers(tree(data)))
    assert list(found) == ["Sentrum/1", "Sentrum/1B", "Sentrum/2", "Torget/1"]
    days = {
        name: [row["business_date"] for row in told["settlements"] if row["register"] == name]
        for name in ("Sentrum/1", "1B")
    }
    assert max(days["Sentrum/1"]) <= "2026-10-03" < min(days["1B"])
    assert found["Sentrum/1B"].findtext("cashtransaction/nr") == "1"


def in_parts(plan, count):
    outs = [io.BytesIO() for _ in range(count)]
    told = {}
    parts(plan, outs, told)
    return [tree(out.getvalue()) for out in outs], told


def test_parts_hold_every_receipt_once_and_have_the_answer_of_the_whole():
    plan = replace(SMALL, days=7)
    roots, told = in_parts(plan, 3)
    whole, oracle = written(plan)
    assert told == oracle
    got = [
        (name, receipt.findtext("nr"), receipt.findtext("signature"))
        for root in roots
        for name, register in rereading.registers(root)
        for receipt in register.iterfind("cashtransaction")
    ]
    expected = [
        (name, receipt.findtext("nr"), receipt.findtext("signature"))
        for name, register in rereading.registers(tree(whole))
        for receipt in register.iterfind("cashtransaction")
    ]
    assert sorted(got) == sorted(expected)


def test_every_part_has_the_master_data_and_its_own_period_and_ends_with_a_z():
    roots, _ = in_parts(replace(SMALL, days=7), 3)
    periods = [(r.findtext("header/startDate"), r.findtext("header/endDate")) for r in roots]
    assert periods == [("2026-10-01", "2026-10-02"), ("2026-10-03", "2026-10-04"),
                       ("2026-10-05", "2026-10-07")]  # fmt: skip
    books = [[tuple(e.itertext()) for e in root.iterfind("company/basics/basic")] for root in roots]
    assert books[0] == books[1] == books[2] != []
    for root in roots:
        for _, register in rereading.registers(root):
            named = {e.findtext("transID") for e in register.iterfind("event")}
            here = {r.findtext("transID") for r in register.iterfind("cashtransaction")}
            assert here <= named
            kinds = [e.findtext("eventType") for e in register.iterfind("event")]
            assert kinds[-2:] == ["ZRAPPORT", "SLUTT"]


def test_more_parts_than_days_are_refused():
    with pytest.raises(Refused, match="kan ikke deles"):
        parts(SMALL, [io.BytesIO() for _ in range(4)])
