"""A due settlement becomes a journal in the outbox, or stops with everything that stands in its way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from django.db import transaction

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.books.records import keep_journals
from accounting.company.models import Company
from integrations.exports.models import Export, ExportRun, ExportStart
from integrations.exports.outbox import mark_of
from integrations.exports.states import REBUILDS, State

NO_MOVEMENT = "Ingen bevegelse"
BEFORE_START = "Før startdatoen"  # the till has since moved the day to before it
BY_ITSELF = (NO_MOVEMENT, BEFORE_START)


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

    def __init__(
        self, company: Company, provider: str, now: datetime, run: ExportRun | None = None
    ) -> None:
        self._company = company
        self._provider = provider
        self._now = now
        self._run = run
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
                run=self._run,
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
        export.read_at = None
        export.withdraw_at = None
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
    "read_at",
    "withdraw_at",
    "changed_at",
]
