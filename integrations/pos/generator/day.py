"""The rhythm of a till: which days are open, how many receipts, when, and when Z is written.

Times are whole seconds that have gone since midnight of the business day, so 25:30 is half past one
at night; ``moment`` tells what the clock shows then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from integrations.pos.generator.plan import Profile

HOUR = 3600
NIGHT_Z = 27 * HOUR
# A receipt is printed so long after its first line.
PRINTED_AFTER = 25

BY_WEEKDAY = (0.7, 0.75, 0.8, 0.95, 1.4, 1.6, 0.8)
# Shops are closed on Sundays; the other days are raised so that the mean stays what was asked.
SHOP_BY_WEEKDAY = (*(factor * 7 / 6.2 for factor in BY_WEEKDAY[:6]), 0.0)
BY_MONTH = (0.9, 0.9, 0.95, 1.0, 1.05, 1.05, 1.0, 1.0, 1.0, 1.0, 1.05, 1.1)


@dataclass(frozen=True, slots=True)
class Opening:
    """One till's day: receipt times in order, and the index of the first receipt after a Z."""

    day: date
    times: tuple[int, ...]
    z_before: int | None
    z_at: int


def moment(day: date, second: int) -> datetime:
    """The local clock ``second`` seconds after midnight: 02:00 to 03:00 comes twice in October."""
    if second >= NIGHT_Z and clock_repeats_after(day):
        second -= HOUR
    return datetime.combine(day, time()) + timedelta(seconds=second)


def opening(
    day: date, mean: int, profile: Profile, random: Random, *, wide: bool = False
) -> Opening | None:
    """What happens on this day; None when the till is never switched on (no Z either).

    ``wide``: a bar sells through the hour that comes twice in October.
    """
    weekdays = SHOP_BY_WEEKDAY if profile == "shop" else BY_WEEKDAY
    dice, size = random.random(), random.gauss(1.0, 0.1)
    if dice < 0.01 or not weekdays[day.weekday()]:
        return None
    expected = mean * weekdays[day.weekday()] * BY_MONTH[day.month - 1]
    count = 0 if dice < 0.025 else max(0, round(expected * size))
    at_night = profile == "restaurant" or (profile == "mixed" and day.weekday() in (3, 4, 5))
    long_night = at_night and clock_repeats_after(day)
    one = _night_time(day) if at_night else _day_time
    if long_night and wide:
        one = _twice_two(one)
    times = sorted(one(random) for _ in range(count))
    z_at = (NIGHT_Z + HOUR * long_night) if at_night else 23 * HOUR + 30 * 60
    z_before = None
    if count > 1 and random.random() < 0.04:
        z_before = 1 + int(random.random() * (count - 1))
        _leave_room(times, z_before)
    return Opening(day, tuple(times), z_before, z_at)


def _leave_room(times: list[int], first: int) -> None:
    """Move what follows a Z in mid-day past it, so that clock and order tell the same."""
    earliest = times[first - 1] + PRINTED_AFTER + 1
    for index in range(first, len(times)):
        if times[index] >= earliest:
            break
        times[index] = earliest


def _day_time(random: Random) -> int:
    """A shop's day, 10 to 20, busiest at 12 and 16."""
    peak = 12 if random.random() < 0.45 else 16
    return int(random.triangular(10 * HOUR, 20 * HOUR, peak * HOUR))


def _night_time(day: date) -> Callable[[Random], int]:
    """A restaurant's day, 11 to half past two at night, with a small peak at lunch."""
    # On the night summer time begins, 02:00 to 03:00 does not exist.
    last = 26 * HOUR - 60 if _clock_jumps_after(day) else 26 * HOUR + HOUR // 2

    def one(random: Random) -> int:
        if random.random() < 0.2:
            return int(random.triangular(11 * HOUR, 14 * HOUR, 12 * HOUR))
        return int(random.triangular(11 * HOUR, last, 19.5 * HOUR))

    return one


def _twice_two(usual: Callable[[Random], int]) -> Callable[[Random], int]:
    """One receipt in six between two and three o'clock, the first time or the second."""

    def one(random: Random) -> int:
        if random.random() < 1 / 6:
            return int(26 * HOUR + random.random() * (2 * HOUR - 600))
        return usual(random)

    return one


def clock_repeats_after(day: date) -> bool:
    """Whether the night after this day is the one when summer time ends in Norway."""
    tomorrow = day + timedelta(days=1)
    return tomorrow.month == 10 and tomorrow.weekday() == 6 and tomorrow.day > 24


def _clock_jumps_after(day: date) -> bool:
    """Whether the night after this day is the one when summer time begins in Norway."""
    tomorrow = day + timedelta(days=1)
    return tomorrow.month == 3 and tomorrow.weekday() == 6 and tomorrow.day > 24
