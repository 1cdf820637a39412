"""Whether a till has fallen silent: a day that it usually closes is over, and nothing has come. Pure.

How long we wait is what the till itself shows: most deliver the same night, some once a week.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounting.books.domain.absence import missing_days
from integrations.exports.schedule import OSLO

KNOWN = timedelta(days=28)  # what the till's habit is read from
GRACE = timedelta(hours=1)  # on top of the till's own habit
MOST = 0.9  # of its days came this soon


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing has come since the settlement of `last`; `missed` is the first usual day after it."""

    last: date
    missed: date


def silence(
    came: Mapping[date, datetime], closed: frozenset[date], opening: time, now: datetime
) -> Silence | None:
    """Say whether the till is silent. `came`: each business date, and when its settlement was stored.

    A day ends at `opening` of the next, Oslo time. `closed` are days that a person has answered for.
    """
    if not came:
        return None
    last = max(came)
    lags = sorted(_lags(came, opening, last))
    wait = lags[int(MOST * (len(lags) - 1))] + GRACE
    over = (now - wait).astimezone(OSLO)
    until = over.date() - timedelta(days=1 if over.time() >= opening else 2)
    missing = missing_days(min(came), until, frozenset(came), closed)
    missed = min((day for day in missing if day > last), default=None)
    return Silence(last, missed) if missed else None


def _lags(came: Mapping[date, datetime], opening: time, last: date) -> Iterator[timedelta]:
    """Give how long after its end each of the latest days came; none before it ended counts as less."""
    for day, at in came.items():
        if day > last - KNOWN:
            end = datetime.combine(day + timedelta(days=1), opening, tzinfo=OSLO)
            yield max(at - end, timedelta(0))
