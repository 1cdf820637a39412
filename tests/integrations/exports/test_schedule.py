"""When exports are due: 05.00 in Oslo on every day of thirty years, summer time or not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.exports.schedule import OSLO, Frequency, last_slot, next_slot

FIRST, LAST = date(2015, 1, 1), date(2044, 12, 31)
SUMMER_TIME = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=OSLO)


def days() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def is_due(frequency: Frequency, day: date) -> bool:
    return {
        Frequency.DAILY: True,
        Frequency.WEEKLY: day.weekday() == 0,
        Frequency.MONTHLY: day.day == 1,
    }[frequency]


@pytest.mark.parametrize(
    ("frequency", "count"),
    [(Frequency.DAILY, 10_958), (Frequency.WEEKLY, 1565), (Frequency.MONTHLY, 360)],
)
def test_each_slot_of_thirty_years_comes_once_and_in_order(frequency, count):
    slots = []
    now = at(FIRST, 0)
    while (slot := next_slot(frequency, now)) < at(LAST, 23):
        slots.append(slot)
        assert last_slot(frequency, slot) == slot
        now = slot

    assert slots == [at(day, 5) for day in days() if is_due(frequency, day)]
    assert len(slots) == count


@pytest.mark.parametrize("day", SUMMER_TIME)
def test_five_oclock_exists_once_where_the_clocks_change(day):
    whole_day = [at(day, 0).astimezone(UTC) + timedelta(minutes=15 * n) for n in range(4 * 25)]
    todays = {last_slot(Frequency.DAILY, now) for now in whole_day if now < at(day, 23)}

    assert todays == {at(day - timedelta(days=1), 5), at(day, 5)}
    assert at(day, 5).astimezone(UTC).hour == (3 if day.month == 3 else 4)


@pytest.mark.parametrize(
    ("frequency", "now", "last", "following"),
    [
        (Frequency.DAILY, at(date(2026, 11, 24), 5), date(2026, 11, 24), date(2026, 11, 25)),
        (Frequency.DAILY, at(date(2026, 11, 24), 4, 59), date(2026, 11, 23), date(2026, 11, 24)),
        (Frequency.WEEKLY, at(date(2026, 11, 24), 8), date(2026, 11, 23), date(2026, 11, 30)),
        (Frequency.WEEKLY, at(date(2026, 11, 23), 4), date(2026, 11, 16), date(2026, 11, 23)),
        (Frequency.MONTHLY, at(date(2026, 11, 1), 5), date(2026, 11, 1), date(2026, 12, 1)),
        (Frequency.MONTHLY, at(date(2026, 1, 1), 0), date(2025, 12, 1), date(2026, 1, 1)),
    ],
)
def test_a_slot_is_there_from_its_own_minute_on(frequency, now, last, following):
    assert last_slot(frequency, now) == at(last, 5)
    assert next_slot(frequency, now) == at(following, 5)


@given(
    frequency=st.sampled_from(Frequency),
    now=st.integers(0, 946_000_000).map(
        lambda s: at(FIRST, 6).astimezone(UTC) + timedelta(seconds=s)
    ),
)
def test_now_lies_between_two_slots_that_follow_each_other(frequency, now):
    last, following = last_slot(frequency, now), next_slot(frequency, now)

    assert last <= now < following
    assert next_slot(frequency, last) == following
    assert last_slot(frequency, following - timedelta(microseconds=1)) == last


def test_a_moment_in_another_zone_is_the_same_moment():
    oslo = at(date(2026, 11, 24), 5)

    assert last_slot(Frequency.DAILY, oslo.astimezone(UTC)) == oslo
