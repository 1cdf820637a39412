"""Due settlements become journals in the outbox, or stop with everything that stands in their way."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.books.records import keep_journals
from accounting.company.models import Company
from integrations.exports.models import Connection, Export, ExportStart
from integrations.exports.outbox import mark_of
from integrations.exports.schedule import Frequency, last_slot
from integrations.exports.states import REBUILDS, State

logger = logging.getLogger(__name__)

CHUNK = 250
NO_MOVEMENT = "Ingen bevegelse"
BEFORE_START = "Før startdatoen"  # the till has since moved the day to before it
BY_ITSELF = (NO_MOVEMENT, BEFORE_START)
_Row = TypeVar("_Row", Settlement, Export)


def build_all(now: datetime) -> None:
    """Build what is due for every company that may export: closed before its last slot.

    A person who chose the export-from date on its page was told that the first run is the next slot,
    and may still be setting up: so it is. A date from the command line counts at once.
    A company that makes us fail is logged, and never keeps the others back.
    """
    starts = ExportStart.objects.filter(
        company=OuterRef("company"), provider=OuterRef("provider"), set_by__isnull=False
    )
    connections = Connection.objects.filter(paused=False, company__accounting_enabled=True)
    for connection in connections.annotate(chosen_at=Subquery(starts.values("set_at"))):
        try:
            slot = last_slot(Frequency(connection.frequency), now)
            begun = connection.chosen_at is None or connection.chosen_at < slot
            build_company(connection, slot if begun else None, now)
        except Exception:
            logger.exception("building for company %s failed on our side", connection.company_id)


def build_company(connection: Connection, cut_off: datetime | None, now: datetime) -> None:
    """Put every settlement that was closed before `cut_off` in the outbox, once; none for None.

    Also builds anew what a changed setup may have mended, and what is not sent yet though the till has
    delivered other content. Nothing is built before the export-from date, nor where there is none.
    """
    builder: Builder | None = None
    new = _not_yet_exported(connection, cut_off) if cut_off else Settlement.objects.none()
    for waiting in _chunks(new, _after_settlement):
        builder = builder or Builder(waiting[0].company, connection.provider, now)
        _build(waiting, builder.add)
    for changed in _chunks(_to_rebuild(connection), _after_export):
        builder = builder or Builder(changed[0].company, connection.provider, now)
        _build(changed, builder.rebuild)


def _chunks(rows: QuerySet[_Row], after: Callable[[_Row], Q]) -> Iterator[list[_Row]]:
    """Give rows a chunk at a time; `after` says what comes after one, in the order of the rows."""
    part = list(rows[:CHUNK])
    while part:
        yield part
        part = list(rows.filter(after(part[-1]))[:CHUNK]) if len(part) == CHUNK else []


def _after_settlement(last: Settlement) -> Q:
    same_day = Q(business_date=last.business_date, pk__gt=last.pk)
    return same_day | Q(business_date__gt=last.business_date)


def _after_export(last: Export) -> Q:
    return Q(pk__gt=last.pk)


def _build(rows: Sequence[_Row], build: Callable[[Sequence[_Row]], None]) -> None:
    """Build a chunk; where it fails on our side, one by one, so that only the failing row is missing."""
    try:
        build(rows)
    except Exception:
        logger.exception("a chunk of %s failed; its rows are built one by one", len(rows))
        for row in rows:
            _alone(row, build)


def _alone(row: _Row, build: Callable[[Sequence[_Row]], None]) -> None:
    try:
        build([row])
    except Exception:
        logger.exception("row %s (of %s) cannot be built", row.pk, build.__name__)


def _not_yet_exported(connection: Connection, cut_off: datetime) -> QuerySet[Settlement]:
    exported = Export.objects.filter(
        provider=connection.provider,
        settlement__register=OuterRef("register"),
        settlement__z_number=OuterRef("z_number"),
    )
    from_the_first_day = Settlement.objects.filter(
        company=connection.company_id,
        company__export_starts__provider=connection.provider,
        company__export_starts__day__lte=F("created_on"),
    )
    closed = from_the_first_day.filter(current=True, has_movement=True, closed_at__lt=cut_off)
    rows = closed.filter(~Exists(exported)).select_related("register", "company")
    return rows.order_by("business_date", "pk")


def _to_rebuild(connection: Connection) -> QuerySet[Export]:
    newer_setup = Q(state=State.BLOCKED, setup_version__lt=F("company__setup_version"))
    # What a person left out, or the accountant removed, waits for a person also when it changes.
    left_out_by_us = Q(state=State.LEFT_OUT, reason__in=BY_ITSELF)
    unsent = Q(state__in=[State.READY, State.BLOCKED]) | left_out_by_us
    newer_content = unsent & (
        Q(settlement__current=False) | Q(settlement__decided_at__gt=F("changed_at"))
    )
    rows = Export.objects.filter(
        newer_setup | newer_content, company=connection.company_id, provider=connection.provider
    )
    return rows.select_related("company").order_by("pk")


def document_of(settlement: Settlement) -> str:
    """Give the natural key of what is exported: one Z on one register."""
    register = settlement.register
    return f"settlement|{register.location}|{register.till_id}|{settlement.z_number}"


def _led(issue: Issue, settlement: Settlement) -> Issue:
    """Lead what the till's own content stops to the settlement's page: the rules know no addresses."""
    fix = Fix(Page.SETTLEMENT, (("settlement", str(settlement.pk)),))
    return issue if issue.fix else replace(issue, fix=fix)


class Builder:
    """Builds journals of one company with one setup, a chunk a transaction.

    `company` must be freshly read, before the setup is: so no version is stamped that is newer than it.
    """

    def __init__(self, company: Company, provider: str, now: datetime) -> None:
        self._company = company
        self._provider = provider
        self._now = now
        self._setup = SetupReader(company)

    @transaction.atomic
    def add(self, settlements: Sequence[Settlement]) -> None:
        """Make the exports of settlements that have none, none of them before the export-from date."""
        exports = [
            Export(
                company=self._company,
                provider=self._provider,
                document=document_of(settlement),
                settlement=settlement,
                revision=0,
                created_at=self._now,
            )
            for settlement in settlements
        ]
        self._fill(exports)
        # Another process may be building the same: the rows that came first stand.
        Export.objects.bulk_create(exports, ignore_conflicts=True)

    @transaction.atomic
    def rebuild(self, found: Sequence[Export]) -> None:
        """Build exports anew from their current settlement: revision + 1 of the same row."""
        exports = list(
            Export.objects.select_for_update(of=("self",))
            .filter(pk__in=[export.pk for export in found], state__in=REBUILDS)
            .select_related("settlement")
        )
        current = self._current([export.settlement for export in exports])
        for export in exports:
            settlement = export.settlement
            export.settlement = current[settlement.register_id, settlement.z_number]
        before = [e for e in exports if e.settlement.created_on < self._first_day]
        for export in before:
            self._begin(export)
            export.state, export.reason = State.LEFT_OUT, BEFORE_START
        self._fill([export for export in exports if export not in before])
        Export.objects.bulk_update(exports, _FILLED)

    @cached_property
    def _first_day(self) -> date:
        return ExportStart.objects.get(company=self._company, provider=self._provider).day

    def _current(self, settlements: Sequence[Settlement]) -> dict[tuple[int, str], Settlement]:
        numbers = {settlement.z_number for settlement in settlements}
        rows = self._company.settlements.filter(current=True, z_number__in=numbers)
        return {(s.register_id, s.z_number): s for s in rows.select_related("register")}

    def _fill(self, exports: Sequence[Export]) -> None:
        """Build each export's journal and set everything that follows from it."""
        journals: list[tuple[Settlement, Journal]] = []
        waiting: list[Export] = []
        for export in exports:
            self._begin(export)
            settlement = export.settlement
            setup = self._setup.for_register(settlement.register)
            built = build_journal(settlement.as_day(), setup)
            if not isinstance(built, Journal):
                export.state = State.BLOCKED
                export.issues = [to_json(_led(issue, settlement)) for issue in built]
            elif not built.lines:
                export.state, export.reason = State.LEFT_OUT, NO_MOVEMENT
            else:
                export.debit = built.debit
                journals.append((settlement, built))
                waiting.append(export)
        kept = keep_journals(journals, self._company.setup_version, self._now)
        for export, snapshot in zip(waiting, kept, strict=True):
            export.snapshot = snapshot

    def _begin(self, export: Export) -> None:
        """Set the next revision's mark, and forget how the last one went."""
        export.revision += 1
        export.mark = mark_of(self._company.org_no, export.document, export.part, export.revision)
        export.state = State.READY
        export.setup_version = self._company.setup_version
        export.snapshot = None
        export.debit = 0
        export.issues = []
        export.reason = ""
        export.not_before = None
        export.tries = 0
        export.remote_id = None
        export.changed_at = self._now


_FILLED = [
    "settlement",
    "revision",
    "mark",
    "state",
    "setup_version",
    "snapshot",
    "debit",
    "issues",
    "reason",
    "not_before",
    "tries",
    "remote_id",
    "changed_at",
]
