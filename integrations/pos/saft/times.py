"""Wall time of a file → Oslo wall time and the moment it was (saft.md 4.5).

Norwegian tills write local time without an offset; offsets, fractions and 24:00:00 are legal too.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from integrations.pos.saft.refusal import Misfit

OSLO = ZoneInfo("Europe/Oslo")
_OFFSET = r"(Z|[+-]\d\d:\d\d)?"
_DATE = re.compile(rf"\s*(\d{{4}}-\d\d-\d\d){_OFFSET}\s*", re.ASCII)
_TIME = re.compile(rf"\s*(\d\d:\d\d:\d\d)(?:\.(\d+))?{_OFFSET}\s*", re.ASCII)
_PLAIN_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MINUTES = {f"{h:02}:{m:02}": timedelta(hours=h, minutes=m) for h in range(24) for m in range(60)}
_SECONDS = {f":{s:02}": timedelta(seconds=s) for s in range(60)}
_MIDNIGHT = time()


class Clock:
    """One register's journal: the hour that comes twice in October is told apart by its order."""

    def __init__(self) -> None:
        """Begin a register."""
        self._latest = datetime.min.replace(tzinfo=UTC)

    def moment(self, day: str, clock: str, elements: tuple[str, str]) -> tuple[str, datetime]:
        """Give `YYYY-MM-DDTHH:MM:SS` in Oslo and the moment in UTC. Raises Misfit.

        `elements` are the names of the two texts. A wall time that comes twice is its first time,
        unless the journal was past that already. One that never comes (March) counts as an hour
        later, as the clock that was not changed meant it.
        """
        midnight, minutes = _steady_midnight(day), _MINUTES.get(clock[:5])
        seconds = _SECONDS.get(clock[5:])
        if midnight and minutes is not None and seconds is not None:  # as nearly all are written
            utc = midnight + minutes + seconds
            if utc > self._latest:
                self._latest = utc
            return f"{day}T{clock}", utc
        date_, date_zone = _date(day, elements[0])
        time_, more_days, zone = _time(clock, elements[1])
        zone = zone or date_zone
        try:
            wall = datetime.combine(date_, time_)
            if more_days:
                wall += timedelta(more_days)
            utc = (
                self._resolved(wall) if zone is None else wall.replace(tzinfo=zone).astimezone(UTC)
            )
            at = wall if zone is None else utc.astimezone(OSLO)
        except OverflowError:
            raise Misfit("field-malformed", frozenset(elements[:1]), day) from None
        if utc > self._latest:
            self._latest = utc
        return at.isoformat()[:19], utc

    def _resolved(self, wall: datetime) -> datetime:
        offset = _steady_offset(wall.date())
        if offset is not None:
            return wall.replace(tzinfo=UTC) - offset
        first = wall.replace(tzinfo=OSLO).astimezone(UTC)
        if first.astimezone(OSLO).replace(tzinfo=None) != wall:
            # A wall time that never comes sorts where the clock was moved, before the hour after it.
            return wall.replace(minute=0, second=0, tzinfo=OSLO).astimezone(UTC)
        second = wall.replace(tzinfo=OSLO, fold=1).astimezone(UTC)
        return second if first < self._latest and first < second else first


@lru_cache(maxsize=512)
def _steady_offset(day: date) -> timedelta | None:
    """Give Oslo's offset on a day; None on the two days a year when it changes."""
    begins = datetime.combine(day, _MIDNIGHT, OSLO).utcoffset()
    ends = datetime.combine(day + timedelta(1), _MIDNIGHT, OSLO).utcoffset()
    return begins if begins == ends else None


@lru_cache(maxsize=512)
def _steady_midnight(day: str) -> datetime | None:
    """Give the moment when a day begins, if it is written plainly and no clock is changed that day."""
    try:
        begins = datetime.combine(date.fromisoformat(day), _MIDNIGHT, UTC)
        offset = _steady_offset(begins.date()) if _PLAIN_DATE.fullmatch(day) else None
        return None if offset is None else begins - offset
    except (ValueError, OverflowError):
        return None  # the careful way says what is wrong with it


def is_steady(date_text: str) -> bool:
    """Say whether a well-formed date is one of the days when the clocks are left alone."""
    try:
        return _steady_offset(_date(date_text, "")[0]) is not None
    except (Misfit, OverflowError):
        return True


def day_made(day: str, clock: str) -> date | None:
    """Give the Oslo date on which a file was made, None where its header names none.

    Only a note hangs on it, so a text that is no date refuses nothing; year 1 means unknown
    (saft.md 1.3).
    """
    try:
        at, _ = Clock().moment(day, clock, ("dateCreated", "timeCreated"))
    except Misfit:
        return None
    made = date.fromisoformat(at[:10])
    return None if made.year == 1 else made


@lru_cache(maxsize=512)
def _date(text: str, element: str) -> tuple[date, timezone | None]:
    found = _DATE.fullmatch(text)
    try:
        if found:
            return date.fromisoformat(found[1]), _zone(found[2])
    except ValueError:
        pass  # a month 13 has the form of a date; it is refused like any other misfit
    raise Misfit("field-malformed", frozenset({element}), text)


@lru_cache(maxsize=16_384)
def _time(text: str, element: str) -> tuple[time, int, timezone | None]:
    """Give the clock, how many days to add (1 for 24:00:00), and the zone if the text names one."""
    found = _TIME.fullmatch(text)
    try:
        if found and found[1] == "24:00:00" and not (found[2] or "").strip("0"):
            return _MIDNIGHT, 1, _zone(found[3])
        if found:
            return time.fromisoformat(found[1]), 0, _zone(found[3])
    except ValueError:
        pass  # an hour 25 has the form of a time; it is refused like any other misfit
    raise Misfit("field-malformed", frozenset({element}), text)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return timezone(-offset if text[0] == "-" else offset)
