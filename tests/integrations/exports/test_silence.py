"""When a till has fallen silent: judged by its own habit, never by ours."""

from datetime import date, datetime, time, timedelta

from integrations.exports.schedule import OSLO
from integrations.exports.telling.silence import Silence, silence

OPENING = time(5)
TODAY = date(2026, 11, 24)  # a Tuesday


def _days(until: date, *, weeks: int = 8, closed_on: tuple[int, ...] = ()) -> list[date]:
    days = [until - timedelta(days=back) for back in range(7 * weeks)]
    return [day for day in days if day.isoweekday() not in closed_on]


def _came(days: list[date], after: timedelta = timedelta(0)) -> dict[date, datetime]:
    """Each day, stored so long after it ended."""
    return {
        day: datetime.combine(day + timedelta(days=1), OPENING, tzinfo=OSLO) + after for day in days
    }


def _at(hour: int, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=OSLO)


NOBODY = frozenset[date]()


def test_a_till_that_delivers_every_night_is_missed_in_the_morning() -> None:
    came = _came(_days(date(2026, 11, 22)))
    assert silence(came, NOBODY, OPENING, _at(5)) is None  # the night is hardly over
    assert silence(came, NOBODY, OPENING, _at(7)) == Silence(date(2026, 11, 22), date(2026, 11, 23))


def test_a_till_that_is_read_by_hand_at_noon_is_not_missed_before() -> None:
    came = _came(_days(date(2026, 11, 22)), timedelta(hours=7))
    assert silence(came, NOBODY, OPENING, _at(12)) is None
    assert silence(came, NOBODY, OPENING, _at(14)) is not None


def test_a_till_that_comes_once_a_week_is_not_missed_on_the_days_between() -> None:
    days = _days(date(2026, 11, 22))
    came = {
        day: _at(9, day + timedelta(days=8 - day.isoweekday())) for day in days
    }  # all of a week on the Monday after it
    for ahead in range(6):
        assert silence(came, NOBODY, OPENING, _at(12) + timedelta(days=ahead)) is None, ahead
    assert silence(came, NOBODY, OPENING, _at(12) + timedelta(days=9)) is not None


def test_a_weekday_that_is_usually_closed_is_no_silence() -> None:
    came = _came(_days(date(2026, 11, 21), closed_on=(7,)))
    assert silence(came, NOBODY, OPENING, _at(8, date(2026, 11, 23))) is None
    monday_missed = silence(came, NOBODY, OPENING, _at(8))
    assert monday_missed == Silence(date(2026, 11, 21), date(2026, 11, 23))


def test_a_day_that_a_person_answered_for_is_no_silence() -> None:
    came = _came(_days(date(2026, 11, 22)))
    assert silence(came, frozenset({date(2026, 11, 23)}), OPENING, _at(8)) is None


def test_a_new_till_has_no_habit_yet() -> None:
    assert silence({}, NOBODY, OPENING, _at(8)) is None
    assert silence(_came(_days(date(2026, 11, 22), weeks=1)), NOBODY, OPENING, _at(8)) is None


def test_years_read_in_one_go_teach_no_habit_of_nights() -> None:
    days = _days(date(2026, 11, 22))
    came = dict.fromkeys(days, _at(9, date(2026, 11, 23)))
    assert silence(came, NOBODY, OPENING, _at(8)) is None


def test_summer_time_begins_and_ends_without_a_false_alarm() -> None:
    for change in (date(2026, 3, 29), date(2026, 10, 25)):
        came = _came(_days(change - timedelta(days=1)))
        assert silence(came, NOBODY, OPENING, _at(5, change)) is None
        assert silence(came, NOBODY, OPENING, _at(7, change + timedelta(days=1))) is not None
