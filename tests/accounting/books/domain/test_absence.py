"""What never came: days that a shop is usually open, and numbers that a till skipped."""

from datetime import date, timedelta

import pytest

from accounting.books.domain.absence import Closing, gaps, likeliest, missing_days

MONDAY = date(2026, 9, 28)
END = date(2026, 11, 22)  # a Sunday, eight weeks later
DAYS = [MONDAY + timedelta(days=n) for n in range(56)]
WEEKDAYS = frozenset(day for day in DAYS if day.weekday() < 5)


def missed(opened, closed=(), last=END):
    return sorted(missing_days(MONDAY, last, frozenset(opened), frozenset(closed)))


def test_a_weekday_that_is_usually_open_is_missed_and_the_weekend_is_not():
    assert missed(WEEKDAYS) == []
    assert missed(WEEKDAYS - {date(2026, 11, 18)}) == [date(2026, 11, 18)]


def test_what_was_marked_as_closed_is_never_asked_about():
    assert missed(WEEKDAYS - {date(2026, 11, 18)}, {date(2026, 11, 18)}) == []


def test_nobody_is_asked_before_the_pattern_is_known():
    assert missed({MONDAY, MONDAY + timedelta(days=7)}) == []
    assert missed({MONDAY + timedelta(days=7 * n) for n in (0, 1, 2)})[0] == date(2026, 10, 19)


def test_a_silent_till_is_asked_about_for_as_long_as_it_is_silent():
    silent_since = date(2026, 11, 2)
    came = {day for day in WEEKDAYS if day < silent_since}
    assert missed(came) == sorted(day for day in WEEKDAYS if day >= silent_since)


def test_two_answers_settle_that_a_weekday_is_closed_from_now_on():
    mondays = {day for day in WEEKDAYS if day.weekday() == 0 and day >= date(2026, 11, 2)}
    first, second, *later = sorted(mondays)
    assert missed(WEEKDAYS - mondays) == [first, second, *later]
    assert missed(WEEKDAYS - mondays, {first, second}) == []


def z(number, day):
    return Closing(number, date(2026, 11, day))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (["1479", "1480", "1481"], []),
        (["1479", "1481"], ["1480"]),
        (["1479", "1483"], ["1480–1482"]),
        (["1479", "A", "1480"], []),
        (["1479", "1"], []),
        ([], []),
    ],
)
def test_numbers_that_a_till_skipped(numbers, told):
    closings = [z(number, 20 + place) for place, number in enumerate(numbers)]
    assert [gap.numbers for gap in gaps(closings)] == told


def test_a_gap_is_told_on_the_day_that_it_is_likeliest_of():
    (gap,) = gaps([z("1479", 20), z("1481", 23)])
    saturday, sunday = date(2026, 11, 21), date(2026, 11, 22)
    assert likeliest(gap, frozenset({sunday}), frozenset()) == sunday
    assert likeliest(gap, frozenset(), frozenset({saturday})) == sunday
    assert likeliest(gap, frozenset(), frozenset()) == saturday
    (same_day,) = gaps([z("1479", 20), z("1481", 20)])
    assert likeliest(same_day, frozenset(), frozenset({date(2026, 11, 20)})) == date(2026, 11, 20)
