"""Wall time, offsets, midnight, and the two nights a year (saft.md 4.5)."""

from datetime import date

import pytest

from integrations.pos.saft.times import Clock, day_made
from tests.integrations.pos.saft.reading import one_till, receipts
from tests.saft_builder import card_sale

NAMES = ("transDate", "transTime")


def told(*moments):
    """The moments of one till's receipts in order, as (wall time, UTC)."""
    clock = Clock()
    found = [clock.moment(*moment.split("T"), NAMES) for moment in moments]
    return [(at, utc.isoformat()[:19]) for at, utc in found]


@pytest.mark.parametrize(
    ("written", "at", "utc"),
    [
        ("2020-01-01T09:00:00", "2020-01-01T09:00:00", "2020-01-01T08:00:00"),
        ("2020-07-01T09:00:00", "2020-07-01T09:00:00", "2020-07-01T07:00:00"),
        (" 2020-07-01 T 09:00:00 ", "2020-07-01T09:00:00", "2020-07-01T07:00:00"),
        ("2020-01-01T09:00:00.987", "2020-01-01T09:00:00", "2020-01-01T08:00:00"),
        ("2020-01-01T24:00:00", "2020-01-02T00:00:00", "2020-01-01T23:00:00"),
        ("2020-12-31T24:00:00.000", "2021-01-01T00:00:00", "2020-12-31T23:00:00"),
        ("2020-01-01T09:00:00Z", "2020-01-01T10:00:00", "2020-01-01T09:00:00"),
        ("2020-01-01T09:00:00+01:00", "2020-01-01T09:00:00", "2020-01-01T08:00:00"),
        ("2020-01-01T23:00:00-05:30", "2020-01-02T05:30:00", "2020-01-02T04:30:00"),
        ("2020-07-01T24:00:00Z", "2020-07-02T02:00:00", "2020-07-02T00:00:00"),
        ("2020-01-01ZT09:00:00", "2020-01-01T10:00:00", "2020-01-01T09:00:00"),
        ("2020-01-01+01:00T09:00:00Z", "2020-01-01T10:00:00", "2020-01-01T09:00:00"),
        # 02:30 does not come in this night: it is told as the moment when the clock was moved.
        ("2026-03-29T02:30:00", "2026-03-29T02:30:00", "2026-03-29T01:00:00"),
        ("2026-03-29T03:30:00", "2026-03-29T03:30:00", "2026-03-29T01:30:00"),
        ("2026-10-25T01:59:59", "2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T02:30:00", "2026-10-25T02:30:00", "2026-10-25T00:30:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00", "2026-10-25T01:30:00"),
        ("2026-10-25T03:00:00", "2026-10-25T03:00:00", "2026-10-25T02:00:00"),
    ],
)
def test_a_moment_is_oslo_wall_time_and_utc(written, at, utc):
    assert told(written) == [(at, utc)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-01-01 10:00:00", date(2020, 1, 1)),
        ("2020-01-01 24:00:00", date(2020, 1, 2)),
        ("2020-01-01 23:30:00Z", date(2020, 1, 2)),  # past midnight in Oslo
        ("0001-01-01 00:00:00", None),  # unknown (saft.md 1.3)
        ("0001-01-01 12:00:00", None),
        ("01.01.2020 10:00:00", None),
        ("2020-13-01 10:00:00", None),
        ("9999-12-31 24:00:00", None),
    ],
)
def test_the_day_a_file_was_made_is_an_oslo_date_or_unknown(written, day):
    assert day_made(*written.split()) == day


def test_the_hour_that_comes_twice_is_told_apart_by_order():
    night = ["02:10", "02:50", "02:10", "02:10", "02:50", "03:00"]
    found = told(*(f"2026-10-25T{clock}:00" for clock in night))
    assert [utc[11:16] for _, utc in found] == [
        "00:10",
        "00:50",
        "01:10",
        "01:10",
        "01:50",
        "02:00",
    ]
    assert [at[11:16] for at, _ in found] == night


def test_the_second_time_is_known_also_when_the_hour_was_past():
    assert told("2026-10-25T03:05:00", "2026-10-25T02:55:00")[1][1] == "2026-10-25T01:55:00"


def test_receipts_of_one_till_are_ordered_and_those_of_another_are_not_touched():
    sales = [card_sale(nr, at=f"2026-10-25T02:{m}:00") for nr, m in (("1", "50"), ("2", "10"))]
    assert [r.at_utc.hour for r in receipts(one_till(*sales))] == [0, 1]
    assert [r.at_utc.hour for r in receipts(one_till(sales[1]))] == [0]
