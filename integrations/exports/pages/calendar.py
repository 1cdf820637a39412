"""The calendar: days × departments, each with the gravest thing that is to be said of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.absence import days_between
from accounting.books.models import ClosedDay
from accounting.clock import OSLO
from accounting.company.models import Company
from integrations.exports.pages.absent import Absences, Absent, Place, absences
from integrations.exports.pages.days import Settled, Unit, settled
from integrations.exports.pages.standing import Standing
from integrations.exports.states import State

WEEKS = 6


class Mark(StrEnum):
    """What a day in the calendar is, the gravest first; the words are ux.md 2.3's."""

    STOPPED = "stopped"
    ANSWER = "answer"
    REMOVED = "removed"
    CHANGED = "changed"
    MISSING = "missing"
    INCOMPLETE = "incomplete"
    UNCERTAIN = "uncertain"
    UNCONNECTED = "unconnected"
    SENDING = "sending"
    READY = "ready"
    SENT = "sent"
    POSTED = "posted"
    LEFT_OUT = "left-out"
    BEFORE_START = "before-start"
    NO_MOVEMENT = "no-movement"
    CLOSED = "closed"
    EXPECTED = "expected"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Look:
    """A mark's sign, word and CSS class; a day that nobody waited for has no sign."""

    sign: str
    word: Promise
    css: str


LOOKS: Mapping[Mark, Look] = {
    Mark.STOPPED: Look("!", _("Stoppet"), "state-stop"),
    Mark.ANSWER: Look("!", _("Venter på svar fra deg"), "state-stop"),
    Mark.REMOVED: Look("!", _("Slettet i Go"), "state-stop"),
    Mark.CHANGED: Look("!", _("Endret etter overføring"), "state-stop"),
    Mark.MISSING: Look("×", _("Mangler"), "state-note"),
    Mark.INCOMPLETE: Look("×", _("Venter på kvitteringer"), "state-note"),
    Mark.UNCERTAIN: Look("?", _("Avklares"), "state-busy"),
    Mark.UNCONNECTED: Look("○", _("Ikke overført"), "state-calm"),
    Mark.SENDING: Look("◔", _("Sendes"), "state-busy"),
    Mark.READY: Look("○", _("Klar"), "state-calm"),
    Mark.SENT: Look("✓", _("Overført"), "state-good"),
    Mark.POSTED: Look("✓✓", _("Bokført"), "state-good"),
    Mark.LEFT_OUT: Look("–", _("Utelatt"), "state-calm"),
    Mark.BEFORE_START: Look("–", _("Før startdatoen"), "state-calm"),
    Mark.NO_MOVEMENT: Look("0", _("Ingen bevegelse"), "state-calm"),
    Mark.CLOSED: Look("/", _("Stengt"), "state-calm"),
    Mark.EXPECTED: Look("…", _("Ventet"), "state-calm"),
    Mark.NOTHING: Look("", _("Ikke ventet"), "state-calm"),
}
_GRAVITY = {mark: place for place, mark in enumerate(Mark)}
MARK_OF: Mapping[str, Mark] = {
    State.READY: Mark.READY,
    State.SENDING: Mark.SENDING,
    State.SENT: Mark.SENT,
    State.POSTED: Mark.POSTED,
    State.UNCERTAIN: Mark.UNCERTAIN,
    State.BLOCKED: Mark.STOPPED,
    State.HELD: Mark.ANSWER,
    State.REMOVED: Mark.REMOVED,
    State.LEFT_OUT: Mark.LEFT_OUT,
    State.SUPERSEDED: Mark.LEFT_OUT,
    Standing.CHANGED: Mark.CHANGED,
    Standing.NO_MOVEMENT: Mark.NO_MOVEMENT,
    Standing.NOT_CONNECTED: Mark.UNCONNECTED,
    Standing.NO_START: Mark.UNCONNECTED,
    Standing.BEFORE_START: Mark.BEFORE_START,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one department: what came, what did not, and who said that it was closed."""

    unit: Unit
    day: date
    mark: Mark
    settlements: tuple[Settled, ...] = ()
    absent: tuple[Absent, ...] = ()
    closed: ClosedDay | None = None
    waiting: str = ""
    future: bool = False

    @property
    def look(self) -> Look:
        """Give the sign, the word and the colour."""
        return LOOKS[self.mark]

    @property
    def gross(self) -> int | None:
        """Give the day's turnover in øre; None where nothing came."""
        return sum(row.gross for row in self.settlements) if self.settlements else None

    @property
    def only(self) -> int | None:
        """Give the settlement that the cell opens where it stands for one and nothing else."""
        alone = len(self.settlements) == 1 and not self.absent
        return self.settlements[0].pk if alone else None


@dataclass(frozen=True, slots=True)
class Week:
    """One week from Monday on: its days, and a row of cells for each department."""

    days: tuple[date, ...]
    rows: tuple[tuple[Unit, tuple[Cell, ...]], ...]

    @property
    def number(self) -> int:
        """Give the week's ISO number."""
        return self.days[0].isocalendar().week


@dataclass(frozen=True, slots=True)
class Calendar:
    """Some weeks, the latest first. `marks` are those that are on it, for the key to the signs."""

    first: date
    last: date
    weeks: tuple[Week, ...]
    marks: tuple[Mark, ...]

    @property
    def legend(self) -> tuple[Look, ...]:
        """Give the signs that the calendar shows, the gravest first."""
        return tuple(LOOKS[mark] for mark in self.marks if LOOKS[mark].sign)

    @property
    def told(self) -> Iterator[Cell]:
        """Give each day that there is something to tell of, the latest first: the rows of the table."""
        for week in self.weeks:
            for day in reversed(week.days):
                for _unit, cells in week.rows:
                    cell = cells[day.weekday()]
                    if cell.mark is not Mark.NOTHING:
                        yield cell

    def cell(self, day: date, unit: str) -> Cell | None:
        """Give the cell of a day by the department's key; None where the calendar does not show it."""
        for week in self.weeks:
            for row, cells in week.rows:
                if row.key == unit and day in week.days:
                    return cells[day.weekday()]
        return None


def six_weeks(until: date) -> tuple[date, date]:
    """Give the first and the last day of the six weeks that end with the week of `until`."""
    last = until + timedelta(days=6 - until.weekday())
    return last - timedelta(days=7 * WEEKS - 1), last


def whole_month(month: date) -> tuple[date, date]:
    """Give the weeks that a month has days in; `month` is its first day."""
    end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return month - timedelta(days=month.weekday()), end + timedelta(days=6 - end.weekday())


def calendar(company: Company, first: date, last: date, now: datetime) -> Calendar:
    """Put whole weeks together, `first` a Monday and `last` a Sunday, in the same few queries."""
    known = absences(company, first, last, now)
    came: dict[Place, list[Settled]] = defaultdict(list)
    for row in settled(company, first, last):
        came[row.department, row.day].append(row)
    today = now.astimezone(OSLO).date()
    weeks = []
    for monday in days_between(first, last):
        if monday.weekday():
            continue
        days = tuple(days_between(monday, monday + timedelta(days=6)))
        rows = tuple(
            (unit, tuple(_cell(unit, day, came, known, today) for day in days))
            for unit in known.units
        )
        weeks.append(Week(days, rows))
    shown = {cell.mark for week in weeks for _unit, cells in week.rows for cell in cells}
    return Calendar(
        first, last, tuple(reversed(weeks)), tuple(sorted(shown, key=_GRAVITY.__getitem__))
    )


def _cell(
    unit: Unit, day: date, came: Mapping[Place, list[Settled]], known: Absences, today: date
) -> Cell:
    place = (unit.department, day)
    settlements, absent = tuple(came.get(place, ())), known.absent.get(place, ())
    marks = [MARK_OF[row.standing] for row in settlements]
    marks += [Mark.MISSING] * bool(absent)
    marks += [Mark.INCOMPLETE] * (place in known.waiting)
    marks += [Mark.CLOSED] * (place in known.closed)
    marks += [Mark.EXPECTED] * (place in known.expected)
    return Cell(
        unit,
        day,
        min(marks, key=_GRAVITY.__getitem__, default=Mark.NOTHING),
        settlements,
        absent,
        known.closed.get(place),
        known.waiting.get(place, ""),
        future=day > today,
    )
