"""What stands below the answer: the last run, the look over there, the turnover of the last days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from accounting.books.domain.absence import days_between
from accounting.clock import OSLO
from accounting.company.models import Company
from integrations.exports.models import ExportRun
from integrations.exports.pages.absent import Absent, whats_missing
from integrations.exports.pages.chart import Figures, Strip, strip
from integrations.exports.pages.days import Settled, Unit, settled, units
from integrations.exports.pages.headline import Headline, headline
from integrations.exports.pages.runs import ShownRun, runs
from integrations.exports.pages.standing import Standing
from integrations.exports.pages.todo import Todo, todo
from integrations.exports.states import ARRIVED, State

DAYS = 30
_APART = frozenset({State.LEFT_OUT, State.SUPERSEDED, Standing.BEFORE_START, Standing.NO_MOVEMENT})


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read back of a run: how many are over there, agree with what was sent, and do not.

    `at` is when the last of them was read; None where none was.
    """

    number: int
    agree: int
    differ: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Turnover:
    """A department's last days, as figures and as a picture; sums in øre."""

    unit: Unit
    days: tuple[Figures, ...]
    picture: Strip

    @property
    def gross(self) -> int:
        """Give the turnover of all the days."""
        return sum(day.gross for day in self.days)

    @property
    def waiting(self) -> int:
        """Give what of it is not over there yet."""
        return sum(day.waiting for day in self.days)

    @property
    def apart(self) -> int:
        """Give what of it does not go from here."""
        return sum(day.apart for day in self.days)

    @property
    def highest(self) -> int:
        """Give the best day's turnover."""
        return max((day.gross for day in self.days), default=0)


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page: the answer, then what it stands on."""

    said: Headline
    run: ShownRun | None
    checked: Checked | None
    todo: Todo
    missing: tuple[Absent, ...]
    turnover: tuple[Turnover, ...]
    first: date
    last: date


def overview(company: Company, now: datetime) -> Overview:
    """Put the first page together, in as many queries however much there is."""
    missing = whats_missing(company, now)
    _page, shown = runs(company, "1")
    run = shown[0] if shown else None
    last = now.astimezone(OSLO).date()
    first = last - timedelta(days=DAYS - 1)
    return Overview(
        said=headline(company, now, missing=len(missing)),
        run=run,
        checked=_checked(run.run) if run else None,
        todo=todo(company, now),
        missing=missing,
        turnover=turnover(company, first, last),
        first=first,
        last=last,
    )


def _checked(run: ExportRun) -> Checked | None:
    """Say what reading the run's drafts back has found; None where nothing of it is over there."""
    over = Q(state__in=ARRIVED)
    wrong = over & ~Q(issues=[])
    found = run.exports.aggregate(
        number=Count("pk", filter=over),
        agree=Count("pk", filter=over & Q(read_at__isnull=False) & ~wrong),
        differ=Count("pk", filter=wrong),
        at=Max("read_at", filter=over),
    )
    return Checked(**found) if found["number"] else None


def turnover(company: Company, first: date, last: date) -> tuple[Turnover, ...]:
    """Give each department's turnover of these days, by what has become of it."""
    came: dict[tuple[int | None, date], list[Settled]] = defaultdict(list)
    rows = settled(company, first, last)
    for row in rows:
        came[row.department, row.day].append(row)
    found = []
    for unit in units(company, {row.department for row in rows}, last):
        days = tuple(
            _figures(day, came.get((unit.department, day), [])) for day in days_between(first, last)
        )
        found.append(Turnover(unit, days, strip(days)))
    return tuple(found)


def _figures(day: date, rows: list[Settled]) -> Figures:
    sent = sum(row.gross for row in rows if row.standing in ARRIVED)
    apart = sum(row.gross for row in rows if row.standing in _APART)
    return Figures(day, sent, sum(row.gross for row in rows) - sent - apart, apart)
