"""The one place that asks for the time: aware, in drills shifted, and the date is Oslo's."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounting import clock


@time_machine.travel(datetime(2026, 11, 24, 4, 0, tzinfo=UTC), tick=False)
def test_it_gives_the_moment():
    assert clock.now() == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@time_machine.travel(datetime(2026, 11, 24, 4, 0, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("seconds", [900, -900, 86_400])
def test_a_drill_shifts_it(settings, seconds):
    settings.CLOCK_SHIFT_S = seconds

    assert clock.now() == datetime(2026, 11, 24, 4, 0, tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_date_is_oslos(moment, day):
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day


def test_the_shift_moves_the_date_too(settings):
    settings.CLOCK_SHIFT_S = 3600
    with time_machine.travel(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 24)
