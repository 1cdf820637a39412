"""The status page: whose turn it is, what a person must do, and what moves by itself.

It reads the oldest that have stopped and no more than that, so that it is as fast after a million.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils.timezone import localtime

from accounting.books.domain.issues import Issue, Page
from accounting.books.domain.money import Ore
from accounting.books.models import Settlement, ZReport
from accounting.company.models import Company
from integrations.exports import queries
from integrations.exports.acting import written
from integrations.exports.models import Connection, Export
from integrations.exports.outbox import pace
from integrations.exports.pages.stops import NO_ACCOUNT
from integrations.exports.queries import Cause
from integrations.exports.schedule import Frequency, next_slot
from integrations.exports.states import CLEAN_PROBES, CORRECTION_CODES, STOPPED, State

MOST = 500  # exports that have stopped; the page says how it goes on
MOVING = 50
DRAFTS = 1000
NAMED = 50  # settlements of one cause that can be ticked one by one
RECENT = timedelta(days=31)  # how far back a Z report without its receipts is asked for

# Most issues begin with «Oppgjøret er ikke sendt», which the list itself says; these say more there.
_EFFECT_SAYS_WHAT = CORRECTION_CODES | {"outcome-undecided", "draft-found-twice"}
# What is mended in the accounting system, by whoever keeps the books there.
_ACCOUNTANTS = frozenset(
    {
        "period-locked",
        "before-conversion",
        "draft-differs",
        "draft-edited",
        "draft-found-twice",
        "draft-kept",
        "draft-surplus",
    }
)


@dataclass(frozen=True, slots=True)
class Task:
    """One cause as one row. `elsewhere` says that its link leads to another page than the settlement.

    `there` is the settlement to look at otherwise, and its page has an anchor by the issue's code.
    `picks` names every export of it in a form; `tried` is when the latest of them stopped.
    """

    issue: Issue
    exports: tuple[Export, ...]
    elsewhere: bool
    there: int
    more: int
    picks: str
    tried: datetime

    @property
    def effect_says_what(self) -> bool:
        """Say whether the issue's first sentence is the one to lead with."""
        return self.issue.code in _EFFECT_SAYS_WHAT

    @property
    def accountants(self) -> bool:
        """Say whether the accountant must help."""
        return self.issue.code in _ACCOUNTANTS

    @property
    def named(self) -> tuple[Export, ...]:
        """Give those that can be ticked one by one."""
        return self.exports[:NAMED]

    @property
    def departments(self) -> tuple[str, ...]:
        """Name the departments that it is about, each once."""
        placed = (export.settlement.register.department for export in self.exports)
        return tuple(dict.fromkeys(department.name for department in placed if department))

    @property
    def sum(self) -> Ore:
        """Give the turnover of its settlements."""
        return Ore(sum(export.settlement.gross for export in self.exports))

    @property
    def days(self) -> tuple[date, ...]:
        """Give the business dates that it is about, each once, in order."""
        return tuple(sorted({export.settlement.business_date for export in self.exports}))

    @property
    def may_be_sent(self) -> bool:
        """Say whether any of it has stopped here: what lies over there is mended there."""
        return any(export.state in STOPPED for export in self.exports)


@dataclass(frozen=True, slots=True)
class Moving:
    """An export that moves by itself. `until` is when we know at the latest, else the next try."""

    export: Export
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts that nobody has posted yet; `many` says that there are more than were counted."""

    number: int
    oldest: date | None
    many: bool
    days: int  # the oldest one's age


@dataclass(frozen=True, slots=True)
class Todo:
    """Everything on the status page, in its order. `mended` may be sent now; `beyond` is not shown."""

    yours: tuple[Task, ...]
    accountants: tuple[Task, ...]
    mended: tuple[Export, ...]
    incomplete: tuple[tuple[str, str], ...]
    uncertain: tuple[Moving, ...]
    retried: tuple[Moving, ...]
    drafts: Drafts | None
    beyond: bool
    next_run: datetime | None
    checked_at: datetime | None
    paused: bool

    @property
    def unknown(self) -> int:
        """Count what Kontooppsett has no account for: with several, one page asks for them all."""
        return sum(task.issue.code in NO_ACCOUNT for task in self.yours)

    @property
    def number_of_yours(self) -> int:
        """Count the rows that wait for the reader."""
        return len(self.yours) + len(self.incomplete)

    @property
    def mended_picks(self) -> str:
        """Name what may be sent now, in a form."""
        return written(self.mended)

    @property
    def all_picks(self) -> str:
        """Name everything that has stopped, in a form."""
        tasks = (*self.yours, *self.accountants)
        exports = {export.pk: export for task in tasks for export in task.exports}
        return written(export for export in exports.values() if export.state in STOPPED)

    @property
    def nothing(self) -> bool:
        """Say whether nothing must be mended by anybody."""
        return not (self.yours or self.accountants or self.incomplete or self.mended)

    @property
    def moving(self) -> bool:
        """Say whether anything will be something else in a while."""
        return bool(self.uncertain or self.retried or self.mended)

    @property
    def seen(self) -> str:
        """Say what the reader sees in so few letters that a later look can tell whether it is the same."""
        mended, said = written(self.mended), (*self.yours, *self.accountants)
        listed = [(task.issue.code, task.picks) for task in said]
        return sha256(repr((listed, mended, self.incomplete)).encode()).hexdigest()[:12]


def todo(company: Company, now: datetime) -> Todo:
    """Read the status page of a company, in as many queries however much there is."""
    found = list(queries.told(company)[: MOST + 1])
    mended = tuple(export for export in found if _is_mended(export))
    standing = [export for export in found[:MOST] if export not in mended]
    tasks = [_task(cause) for cause in queries.grouped(standing)]
    uncertain, retried = _moving(company)
    connection = queries.connection_of(company)
    return Todo(
        yours=tuple(task for task in tasks if not task.accountants),
        accountants=tuple(task for task in tasks if task.accountants),
        mended=mended,
        incomplete=tuple(_incomplete(company, now)),
        uncertain=uncertain,
        retried=retried,
        drafts=_drafts(company, now),
        beyond=len(found) > MOST,
        next_run=_next_run(company, connection, now),
        checked_at=connection.swept_at if connection else None,
        paused=connection.paused if connection else False,
    )


def _is_mended(export: Export) -> bool:
    """Say whether the setup has changed since it stopped: the next tick builds it anew."""
    newer = export.setup_version < export.company.setup_version
    return export.state == State.BLOCKED and newer


def _task(cause: Cause) -> Task:
    fix = cause.issue.fix
    around = fix is None or fix.page in {Page.STATUS, Page.SETTLEMENT}
    named = dict(fix.params).get("settlement") if fix else None
    return Task(
        issue=cause.issue,
        exports=cause.exports,
        elsewhere=not around,
        there=int(named) if named else cause.exports[0].settlement_id,
        more=cause.more,
        picks=written(export for export in cause.exports if export.state in STOPPED),
        tried=max(export.changed_at for export in cause.exports),
    )


def _moving(company: Company) -> tuple[tuple[Moving, ...], tuple[Moving, ...]]:
    """Give what is looked for, each with when we know at the latest, and what is tried again."""
    doubted = Q(state=State.UNCERTAIN)
    rows = Export.objects.filter(doubted | Q(state=State.READY, tries__gt=0), company=company)
    related = rows.select_related("settlement__register__department")
    found = list(related.defer("settlement__content").order_by("not_before", "pk")[:MOVING])
    gap = pace().probe_gap
    uncertain = (
        Moving(e, e.not_before and e.not_before + gap * max(0, CLEAN_PROBES - 1 - e.probes))
        for e in found
        if e.state == State.UNCERTAIN
    )
    retried = (Moving(e, e.not_before) for e in found if e.state == State.READY)
    return tuple(uncertain), tuple(retried)


def _drafts(company: Company, now: datetime) -> Drafts | None:
    """Count the drafts that wait for somebody to post them, up to a number that nobody counts."""
    waiting = Export.objects.filter(company=company, state=State.SENT).order_by("voucher_date")
    first = Export.objects.filter(pk__in=waiting.values("pk")[: DRAFTS + 1])
    counted = first.aggregate(number=Count("pk"), oldest=Min("voucher_date"))
    if not counted["number"]:
        return None
    age = localtime(now).date() - counted["oldest"]
    number = min(counted["number"], DRAFTS)
    return Drafts(number, counted["oldest"], counted["number"] > DRAFTS, age.days)


def _incomplete(company: Company, now: datetime) -> Iterator[tuple[str, str]]:
    """Name the Z reports whose receipts are not all here: (till, Z number)."""
    closed = Settlement.objects.filter(
        register=OuterRef("register"), z_number=OuterRef("number"), current=True
    )
    rows = ZReport.objects.filter(
        ~Exists(closed), company=company, in_use=True, at_utc__gte=now - RECENT
    )
    named = rows.order_by("register__till_id", "at_utc").values_list("register__till_id", "number")
    yield from named[:MOVING]


def _next_run(company: Company, connection: Connection | None, now: datetime) -> datetime | None:
    if connection is None or connection.paused or not company.accounting_enabled:
        return None
    return next_slot(Frequency(connection.frequency), now)
