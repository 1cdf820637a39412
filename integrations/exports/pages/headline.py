"""«Er alt overført?» in one value: the first thing that the front page says."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Max, Min

from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.queries import connection_of, export_start_of, next_run, states
from integrations.exports.states import ARRIVED, STOPPED, State


class Kind(StrEnum):
    """Which of the sentences is said; the gravest that holds."""

    NOT_CONNECTED = "not-connected"
    NO_START = "no-start"
    STOPPED = "stopped"
    UNCERTAIN = "uncertain"
    UNDERWAY = "underway"
    ALL_WELL = "all-well"
    NOTHING_YET = "nothing-yet"


@dataclass(frozen=True, slots=True)
class Headline:
    """`number` settlements are what `kind` says; everything else through the business date `through`
    is over there (None: nothing is, or not everything before it). `next_run` is None where none comes.
    """

    kind: Kind
    number: int = 0
    through: date | None = None
    next_run: datetime | None = None
    paused: bool = False
    start: date | None = None


def headline(company: Company, now: datetime) -> Headline:
    """Answer the question for one company."""
    connection, start = connection_of(company), export_start_of(company)
    kind, number = kind_of(
        states(company),
        connected=connection is not None and company.accounting_enabled,
        chosen=start is not None,
    )
    return Headline(
        kind,
        number,
        _through(company),
        next_run(company, now),
        connection.paused if connection else False,
        start.day if start else None,
    )


def kind_of(counted: Counter[str], *, connected: bool, chosen: bool) -> tuple[Kind, int]:
    """Say which sentence holds for exports counted by state, and how many it is about.

    `connected`: keys are kept and the integration is on; `chosen`: the export-from date is set.
    """
    stopped = sum(counted[state] for state in STOPPED)
    underway = counted[State.READY] + counted[State.SENDING]
    gravest_first = (
        (Kind.NOT_CONNECTED, not connected, 0),
        (Kind.NO_START, not chosen, 0),
        (Kind.STOPPED, stopped, stopped),
        (Kind.UNCERTAIN, counted[State.UNCERTAIN], counted[State.UNCERTAIN]),
        (Kind.UNDERWAY, underway, underway),
        (Kind.ALL_WELL, sum(counted[state] for state in ARRIVED), 0),
        (Kind.NOTHING_YET, True, 0),
    )
    return next((kind, number) for kind, holds, number in gravest_first if holds)


def _through(company: Company) -> date | None:
    """Give the last business date up to which everything that is not stopped has arrived."""
    rows = Export.objects.filter(company=company)
    waiting = rows.filter(state__in=[State.READY, State.SENDING, State.UNCERTAIN])
    first = waiting.aggregate(day=Min("settlement__business_date"))["day"]
    arrived = rows.filter(state__in=ARRIVED)
    if first:
        arrived = arrived.filter(settlement__business_date__lt=first)
    last: date | None = arrived.aggregate(day=Max("settlement__business_date"))["day"]
    return last


def waiting_for_setup(company: Company) -> int:
    """Count what is stopped and will be tried again by itself: the setup has changed since."""
    stopped = Export.objects.filter(company=company, state=State.BLOCKED)
    return stopped.filter(setup_version__lt=company.setup_version).count()
