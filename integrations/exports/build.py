"""Due settlements become journals in the outbox, or stop with everything that stands in their way."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader, settlements_from
from accounting.books.records import keep_journals
from accounting.company.models import Company
from integrations.exports.models import Connection, Export, ExportStart
from integrations.exports.outbox import mark_of
from integrations.exports.schedule import Frequency, last_slot
from integrations.exports.states import REBUILDS, State

logger = logging.getLogger(__name__)

CHUNK = 200
NO_MOVEMENT = "Ingen bevegelse"
BEFORE_START = "Før startdatoen"  # the till has since moved the day to before it
BY_ITSELF = (NO_MOVEMENT, BEFORE_START)


def build_all(now: datetime) -> None:
    """Build what is due for every company that may export: closed before its last slot.

    A company that makes us fail is logged, and never keeps the others back.
    """
    connections = Connection.objects.filter(paused=False, company__accounting_enabled=True)
    for connection in connections:
        try:
            build_company(connection, last_slot(Frequency(connection.frequency), now), now)
        except Exception:
            logger.exception("building for company %s failed on our side", connection.company_id)


def build_company(connection: Connection, cut_off: datetime, now: datetime) -> None:
    """Put every settlement that was closed before `cut_off` in the outbox, once.

    Also builds anew what a changed setup may have mended, and what is not sent yet though the till has
    delivered other content. Nothing is built before the export-from date.
    """
    start = ExportStart.objects.filter(
        company=connection.company_id, provider=connection.provider
    ).first()
    if start is None:
        return
    company = Company.objects.get(pk=connection.company_id)
    builder = _Builder(company, start, now)
    settlements = settlements_from(company, start.day).filter(closed_at__lt=cut_off)
    _by_chunks(_not_yet_exported(settlements, connection.provider), builder.add)
    _by_chunks(_to_rebuild(company, connection.provider), builder.rebuild)


def _by_chunks(
    rows: "QuerySet[Settlement] | QuerySet[Export]", build: Callable[[Sequence[int]], None]
) -> None:
    """Build a chunk at a time; where one fails on our side, one by one, so that only it is missing."""
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        try:
            build(part)
        except Exception:
            logger.exception("a chunk of %s failed; its rows are built one by one", len(part))
            for pk in part:
                _alone(pk, build)


def _alone(pk: int, build: Callable[[Sequence[int]], None]) -> None:
    try:
        build([pk])
    except Exception:
        logger.exception("row %s (of %s) cannot be built", pk, build.__name__)


def _not_yet_exported(settlements: QuerySet[Settlement], provider: str) -> QuerySet[Settlement]:
    exported = Export.objects.filter(
        provider=provider,
        settlement__register=OuterRef("register"),
        settlement__z_number=OuterRef("z_number"),
    )
    return settlements.filter(~Exists(exported)).order_by("business_date", "pk")


def _to_rebuild(company: Company, provider: str) -> QuerySet[Export]:
    newer_setup = Q(state=State.BLOCKED, setup_version__lt=company.setup_version)
    # What a person left out, or the accountant removed, waits for a person also when it changes.
    left_out_by_us = Q(state=State.LEFT_OUT, reason__in=BY_ITSELF)
    unsent = Q(state__in=[State.READY, State.BLOCKED]) | left_out_by_us
    newer_content = unsent & (
        Q(settlement__current=False) | Q(settlement__decided_at__gt=F("changed_at"))
    )
    return Export.objects.filter(
        newer_setup | newer_content, company=company, provider=provider
    ).order_by("pk")


def document_of(settlement: Settlement) -> str:
    """Give the natural key of what is exported: one Z on one register."""
    register = settlement.register
    return f"settlement|{register.location}|{register.till_id}|{settlement.z_number}"


def _led(issue: Issue, settlement: Settlement) -> Issue:
    """Lead what the till's own content stops to the settlement's page: the rules know no addresses."""
    fix = Fix(Page.SETTLEMENT, (("settlement", str(settlement.pk)),))
    return issue if issue.fix else replace(issue, fix=fix)


class _Builder:
    """Builds journals of one company with one setup, a chunk a transaction."""

    def __init__(self, company: Company, start: ExportStart, now: datetime) -> None:
        self._company = company
        self._provider = start.provider
        self._first_day = start.day
        self._now = now
        self._setup = SetupReader(company)

    @transaction.atomic
    def add(self, settlement_ids: Sequence[int]) -> None:
        """Make the exports of settlements that have none."""
        settlements = Settlement.objects.filter(pk__in=settlement_ids)
        exports = [
            Export(
                company=self._company,
                provider=self._provider,
                document=document_of(settlement),
                settlement=settlement,
                revision=0,
                created_at=self._now,
            )
            for settlement in settlements.select_related("register").order_by("business_date", "pk")
        ]
        self._fill(exports)
        # Another process may be building the same: the rows that came first stand.
        Export.objects.bulk_create(exports, ignore_conflicts=True)

    @transaction.atomic
    def rebuild(self, export_ids: Sequence[int]) -> None:
        """Build exports anew from their current settlement: revision + 1 of the same row."""
        exports = list(
            Export.objects.select_for_update(of=("self",))
            .filter(pk__in=export_ids, state__in=REBUILDS)
            .select_related("settlement")
        )
        current = self._current([export.settlement for export in exports])
        for export in exports:
            settlement = export.settlement
            export.settlement = current[settlement.register_id, settlement.z_number]
        self._fill(exports)
        Export.objects.bulk_update(exports, _FILLED)

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
            if settlement.created_on < self._first_day:
                export.state, export.reason = State.LEFT_OUT, BEFORE_START
            elif not isinstance(built, Journal):
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
