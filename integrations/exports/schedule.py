"""When exports are due, in Oslo wall time: daily, weekly on Monday, monthly on the 1st, at 05:00.

Pure. 05:00 exists once on every day of the year, also where summer time begins or ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
AT = time(5)
PRECHECK = timedelta(minutes=30)  # before each slot, the whole of what it will meet is looked at
SWEEPS = (time(2, 30), time(5, 45))  # reliability.md 5.6


class Frequency(StrEnum):
    """How often a company's settlements are sent."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Run:
    """A coming run at `slot`, and the business days that are new to it: `first` to `last`.

    What came too late for an earlier run goes along. `first` is None where even the last of its days
    is before the export-from date: the run sends nothing.
    """

    slot: datetime
    first: date | None
    last: date


def _is_slot(day: date, frequency: Frequency) -> bool:
    match frequency:
        case Frequency.DAILY:
            return True
        case Frequency.WEEKLY:
            return day.isoweekday() == 1
        case Frequency.MONTHLY:
            return day.day == 1


def _slot(day: date) -> datetime:
    return datetime.combine(day, AT, tzinfo=OSLO)


def last_slot(frequency: Frequency, now: datetime) -> datetime:
    """Give the latest slot at or before `now`: it covers what was closed before it."""
    day = now.astimezone(OSLO).date()
    while not (_is_slot(day, frequency) and _slot(day) <= now):
        day -= timedelta(days=1)
    return _slot(day)


def next_slot(frequency: Frequency, now: datetime) -> datetime:
    """Give the first slot after `now`."""
    day = now.astimezone(OSLO).date()
    while not (_is_slot(day, frequency) and _slot(day) > now):
        day += timedelta(days=1)
    return _slot(day)


def slots_between(frequency: Frequency, after: datetime, until: datetime) -> Iterator[datetime]:
    """Give every slot later than `after` and not later than `until`, in order, however many."""
    slot = next_slot(frequency, after)
    while slot <= until:
        yield slot
        slot = next_slot(frequency, slot)


def last_precheck(frequency: Frequency, now: datetime) -> datetime:
    """Give the latest moment up to `now` when what a run will meet is looked at: 04:30 on its day."""
    return last_slot(frequency, now + PRECHECK) - PRECHECK


def last_sweep(now: datetime) -> datetime:
    """Give the latest moment up to `now` when strays are swept: at night and before work begins."""
    today = now.astimezone(OSLO).date()
    days = (today - timedelta(days=1), today)
    moments = [datetime.combine(day, at, tzinfo=OSLO) for day in days for at in SWEEPS]
    return max(moment for moment in moments if moment <= now)


def next_run(frequency: Frequency, now: datetime, start: date | None = None) -> Run:
    """Give the first run after `now`, and what it covers of the days from `start` on.

    The till closes before 05:00, so the last day that a run covers is the day before it.
    """
    slot = next_slot(frequency, now)
    last = slot.date() - timedelta(days=1)
    first = last_slot(frequency, slot - timedelta(minutes=1)).date()
    if start is not None:
        first = max(first, start)
    return Run(slot, first if first <= last else None, last)
