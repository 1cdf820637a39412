"""«Er alt overført?» in one value: the first thing that the front page says."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Exists, Max, Min, OuterRef

from accounting.books.queries import settlements_from
from accounting.company.models import Company
from integrations.exports.lateness import PUNCTUAL
from integrations.exports.models import Connection, Export, ExportSlot, ExportStart
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.schedule import Frequency, last_slot, next_slot
from integrations.exports.states import ARRIVED, STOPPED, State

_ON_THE_WAY = (State.READY, State.SENDING, State.UNCERTAIN)


class Kind(StrEnum):
    """Which of the sentences is said; the gravest that holds."""

    NOT_CONNECTED = "not-connected"
    NO_START = "no-start"
    STOPPED = "stopped"
    PAUSED = "paused"
    LATE = "late"
    UNCERTAIN = "uncertain"
    UNDERWAY = "underway"
    MISSING = "missing"
    ALL_WELL = "all-well"
    NOTHING_YET = "nothing-yet"


@dataclass(frozen=True, slots=True)
class Headline:
    """`number` settlements are what `kind` says; everything else through the business date `through`
    is over there (None: nothing is, or not everything before it). `next_run` is None where none comes.

    `only` is the one state of all that has stopped, '' where there are several. `late` is the slot that
    has not begun in time though something waits for it. `reason` is why sending is paused.
    """

    kind: Kind
    number: int = 0
    through: date | None = None
    next_run: datetime | None = None
    paused: bool = False
    start: date | None = None
    only: str = ""
    late: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What there is to know besides the exports: `connected` means that keys are kept and it is on.

    `chosen`: the export-from date is set. `missing` counts what the tills have not delivered.
    """

    connected: bool
    chosen: bool
    paused: bool = False
    late: bool = False
    missing: int = 0


def headline(company: Company, now: datetime, *, missing: int = 0) -> Headline:
    """Answer the question for one company; `missing` counts what its tills have not delivered."""
    connection, start = connection_of(company), export_start_of(company)
    counted = _counted(company)
    on = connection is not None and company.accounting_enabled
    paused = connection is not None and connection.paused
    late = _late(connection, start, now) if on and not paused else None
    kind, number = kind_of(
        counted, Around(on, start is not None, paused, late is not None, missing)
    )
    stopped = [state for state in STOPPED if counted[state]]
    going = on and not paused and connection is not None
    return Headline(
        kind,
        number,
        _through(company),
        next_slot(Frequency(connection.frequency), now) if going and connection else None,
        paused,
        start.day if start else None,
        stopped[0] if len(stopped) == 1 else "",
        late,
        connection.pause_reason if connection else "",
    )


def kind_of(counted: Counter[str], around: Around) -> tuple[Kind, int]:
    """Say which sentence holds for exports counted by state, and how many it is about."""
    stopped = sum(counted[state] for state in STOPPED)
    underway = counted[State.READY] + counted[State.SENDING]
    arrived = sum(counted[state] for state in ARRIVED)
    gravest_first = (
        (Kind.NOT_CONNECTED, not around.connected, 0),
        (Kind.NO_START, not around.chosen, 0),
        (Kind.STOPPED, stopped, stopped),
        (Kind.PAUSED, around.paused, underway),
        (Kind.LATE, around.late, underway),
        (Kind.UNCERTAIN, counted[State.UNCERTAIN], counted[State.UNCERTAIN]),
        (Kind.UNDERWAY, underway, underway),
        (Kind.MISSING, arrived and around.missing, around.missing),
        (Kind.ALL_WELL, arrived, 0),
        (Kind.NOTHING_YET, True, 0),
    )
    return next((kind, number) for kind, holds, number in gravest_first if holds)


def _counted(company: Company) -> Counter[str]:
    """Count what has not arrived by state; of all that has it is enough to know that there is some."""
    rows = Export.objects.filter(company=company)
    moving = rows.filter(state__in=[*STOPPED, *_ON_THE_WAY]).order_by().values_list("state")
    counted = Counter(dict(moving.annotate(Count("pk"))))
    counted[State.SENT] = int(rows.filter(state__in=ARRIVED).exists())
    return counted


def _late(
    connection: Connection | None, start: ExportStart | None, now: datetime
) -> datetime | None:
    """Give the latest slot where it should have begun by now, did not, and something waits for it."""
    if connection is None or start is None:
        return None
    slot = last_slot(Frequency(connection.frequency), now)
    if now - slot <= PUNCTUAL or slot <= max(start.set_at, connection.connected_at):
        return None
    mine = ExportSlot.objects.filter(company=connection.company_id, provider=connection.provider)
    if mine.filter(slot_at__gte=slot).exists():
        return None
    known = Export.objects.filter(
        settlement__register=OuterRef("register"), settlement__z_number=OuterRef("z_number")
    )
    due = settlements_from(connection.company, start.day).filter(closed_at__lt=slot)
    return slot if due.filter(~Exists(known)).exists() else None


def _through(company: Company) -> date | None:
    """Give the last day up to which everything that is not stopped has arrived."""
    rows = Export.objects.filter(company=company)
    waiting = rows.filter(state__in=_ON_THE_WAY)
    first = waiting.aggregate(day=Min("voucher_date"))["day"]
    arrived = rows.filter(state__in=ARRIVED)
    if first:
        arrived = arrived.filter(voucher_date__lt=first)
    last: date | None = arrived.aggregate(day=Max("voucher_date"))["day"]
    return last


def waiting_for_setup(company: Company) -> int:
    """Count what is stopped and will be tried again by itself: the setup has changed since."""
    stopped = Export.objects.filter(company=company, state=State.BLOCKED)
    return stopped.filter(setup_version__lt=company.setup_version).count()
