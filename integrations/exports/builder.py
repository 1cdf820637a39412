"""A due settlement becomes a journal in the outbox, or stops with everything that stands in its way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from django.db import transaction

from accounting.books.domain.correction import correction
from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import to_kroner
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.books.records import keep_journals
from accounting.company.models import Company
from integrations.exports import parts
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


def changed_issue(before: Settlement, after: Settlement) -> Issue:
    """Say how a settlement that is over there has changed: other sums, sales come late, or moved."""
    late = after.transactions - before.transactions
    added = after.gross - before.gross
    said = Issue("moved-after-export", after.z_number)
    if late > 0 and added > 0:
        facts = (("count", str(late)), ("amount", to_kroner(added)))
        said = Issue("sales-after-export", after.z_number, facts)
    elif added:
        facts = (("before", to_kroner(before.gross)), ("after", to_kroner(after.gross)))
        said = Issue("changed-after-export", after.z_number, facts)
    return _led(said, after)


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
        exports = [self._new(settlement) for settlement in settlements]
        self._fill(exports, {})
        # Another process may be building the same: the rows that came first stand.
        Export.objects.bulk_create(exports, ignore_conflicts=True)

    @transaction.atomic
    def correct(self, last: Sequence[Export]) -> None:
        """Propose a correction of each document, by the last of its parts over there; nothing is sent.

        Where the new content changes nothing of what is booked, that part is of it from now on.
        """
        every = parts.by_document(last)
        current = self._current([export.settlement for export in last])
        corrections = [
            self._new(current[_z(export)], part=every[export.document][-1].part + 1)
            for export in last
        ]
        self._fill(corrections, every)
        proposed = [each for each in corrections if each.state != State.SUPERSEDED]
        Export.objects.bulk_create(proposed, ignore_conflicts=True)
        differs = {each.document for each in proposed}
        unchanged = [export for export in last if export.document not in differs]
        for export in unchanged:
            export.settlement = current[_z(export)]
        Export.objects.bulk_update(unchanged, ["settlement"])

    @transaction.atomic
    def rebuild(self, found: Sequence[Export]) -> None:
        """Build exports anew from their current settlement: revision + 1 of the same row.

        One that waits to be sent, and that a changed setup books as before, keeps mark and revision.
        Nothing happens to one that another part of its document is on its way beside; a correction
        that nobody has approved gives way to it.
        """
        locked = list(
            Export.objects.select_for_update(of=("self",))
            .filter(pk__in=[export.pk for export in found], state__in=REBUILDS)
            .select_related("settlement__register", "snapshot")
        )
        every = parts.by_document(locked)
        exports = [e for e in locked if not parts.on_its_way(parts.beside(e, every[e.document]))]
        kept = [export for export in exports if self._stands(export)]
        Export.objects.filter(pk__in=[export.pk for export in kept]).update(
            setup_version=self._company.setup_version
        )
        exports = [export for export in exports if export not in kept]
        self._supersede([p for e in exports for p in parts.beside(e, every[e.document])])
        current = self._current([export.settlement for export in exports])
        for export in exports:
            export.settlement = current[_z(export)]
        self._fill(exports, every)
        Export.objects.bulk_update(exports, _FILLED)

    def built(self, settlement: Settlement) -> Journal | tuple[Issue, ...]:
        """Give the whole of a settlement's journal with today's setup, or what stands in the way."""
        return build_journal(settlement.as_day(), self._setup.for_register(settlement.register))

    def _stands(self, export: Export) -> bool:
        """Say whether what waits to be sent may go as it is with the setup as it is now.

        A correction that a person has approved does, unless something stands in its way.
        """
        settlement = export.settlement
        decided = settlement.decided_at and settlement.decided_at > export.changed_at
        if export.state != State.READY or not settlement.current or decided:
            return False
        built = self.built(settlement)
        if not isinstance(built, Journal) or export.snapshot is None:
            return False
        return export.part > 0 or built == export.snapshot.as_journal()

    def _new(self, settlement: Settlement, part: int = 0) -> Export:
        return Export(
            company=self._company,
            provider=self._provider,
            document=document_of(settlement),
            part=part,
            settlement=settlement,
            run=self._run,
            revision=0,
            created_at=self._now,
        )

    @cached_property
    def _first_day(self) -> date:
        return ExportStart.objects.get(company=self._company, provider=self._provider).day

    def _current(self, settlements: Sequence[Settlement]) -> dict[tuple[int, str], Settlement]:
        numbers = {settlement.z_number for settlement in settlements}
        rows = self._company.settlements.filter(current=True, z_number__in=numbers)
        return {(s.register_id, s.z_number): s for s in rows.select_related("register")}

    def _supersede(self, others: Sequence[Export]) -> None:
        """Let corrections that nobody has approved give way to what is built anew beside them."""
        waiting = [part.pk for part in others if part.awaits_approval]
        if waiting:
            Export.objects.filter(pk__in=waiting).update(
                state=State.SUPERSEDED, issues=[], debit=0, changed_at=self._now
            )

    def _fill(self, exports: Sequence[Export], every: Mapping[str, Sequence[Export]]) -> None:
        """Build each export's journal and set everything that follows from it.

        `every` holds the parts that their documents have already.
        """
        ready: list[Export] = []
        journals: list[tuple[Settlement, Journal]] = []
        for export in exports:
            self._begin(export)
            there = parts.stands(parts.beside(export, every.get(export.document, ())))
            journal = self._journal_of(export, there)
            if journal:
                ready.append(export)
                journals.append((export.settlement, journal))
        kept = keep_journals(journals, self._company.setup_version, self._now)
        for export, snapshot in zip(ready, kept, strict=True):
            export.snapshot = snapshot

    def _journal_of(self, export: Export, there: Sequence[Export]) -> Journal | None:
        """Give the journal to send, or None where the export's state says why there is none."""
        if export.settlement.created_on < self._first_day:
            export.state, export.reason = State.LEFT_OUT, BEFORE_START
            return None
        built = self.built(export.settlement)
        if not isinstance(built, Journal):
            export.state = State.BLOCKED
            export.issues = [to_json(_led(issue, export.settlement)) for issue in built]
        elif there:
            _await_approval(export, built, there)
        elif not built.lines:
            export.state, export.reason = State.LEFT_OUT, NO_MOVEMENT
        else:
            export.debit, export.vat = built.debit, built.vat
            return built
        return None

    def _begin(self, export: Export) -> None:
        """Set the next revision's mark, and forget how the last one went."""
        export.revision += 1
        export.mark = mark_of(self._company.org_no, export.document, export.part, export.revision)
        export.state = State.READY
        export.setup_version = self._company.setup_version
        export.snapshot = None
        export.voucher_date = export.settlement.business_date
        export.debit = 0
        export.vat = 0
        export.issues = []
        export.reason = ""
        export.not_before = None
        export.tries = 0
        export.remote_id = None
        export.read_at = None
        export.withdraw_at = None
        export.arrived_at = None
        export.changed_at = self._now


def _await_approval(export: Export, built: Journal, there: Sequence[Export]) -> None:
    """Let a person see the difference to what is over there; without one there is nothing to send."""
    difference = correction(built, parts.journals_of(there), parts.name_of(there[0]))
    if difference is None:
        export.state = State.SUPERSEDED
        return
    export.state = State.BLOCKED
    export.debit, export.vat = difference.debit, difference.vat
    export.issues = [to_json(changed_issue(there[-1].settlement, export.settlement))]


def _z(export: Export) -> tuple[int, str]:
    return export.settlement.register_id, export.settlement.z_number


_FILLED = [
    "settlement",
    "revision",
    "mark",
    "state",
    "setup_version",
    "snapshot",
    "voucher_date",
    "debit",
    "vat",
    "issues",
    "reason",
    "not_before",
    "tries",
    "remote_id",
    "read_at",
    "withdraw_at",
    "arrived_at",
    "changed_at",
]
