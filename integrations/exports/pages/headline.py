"""«Er alt overført?» in one value: the first thing that the front page says."""

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
    counted = states(company)
    kind, number = Kind.NOTHING_YET, 0
    stopped = sum(counted[state] for state in STOPPED)
    underway = counted[State.READY] + counted[State.SENDING]
    if connection is None or not company.accounting_enabled:
        kind = Kind.NOT_CONNECTED
    elif start is None:
        kind = Kind.NO_START
    elif stopped:
        kind, number = Kind.STOPPED, stopped
    elif counted[State.UNCERTAIN]:
        kind, number = Kind.UNCERTAIN, counted[State.UNCERTAIN]
    elif underway:
        kind, number = Kind.UNDERWAY, underway
    elif sum(counted[state] for state in ARRIVED):
        kind = Kind.ALL_WELL
    return Headline(
        kind,
        number,
        _through(company),
        next_run(company, now),
        connection.paused if connection else False,
        start.day if start else None,
    )


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
