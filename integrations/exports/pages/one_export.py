"""One export: where it is, every attempt and decision in order, and the journal of each revision."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounting.books.domain.journal import Journal
from accounting.books.domain.setup import Account
from accounting.books.models import JournalSnapshot
from accounting.books.queries import chart_of
from integrations.exports.acting import written
from integrations.exports.models import Attempt, Export
from integrations.exports.pages.history import Event, history_of
from integrations.exports.states import STOPPED, State


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a frozen journal with its account's name today, '' where the chart has it no more."""

    account: str
    name: str
    department: str
    vat_code: str
    debit: int | None
    credit: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A journal that was sent, or waits to be. `tries` counts its sends; `revision` is the export's."""

    revision: int
    snapshot: JournalSnapshot
    journal: Journal
    lines: tuple[Line, ...]
    tries: int


@dataclass(frozen=True, slots=True)
class ShownExport:
    """Everything of one export; `pick` is how a form names it."""

    export: Export
    events: tuple[Event, ...]
    journals: tuple[Frozen, ...]
    pick: str

    @property
    def stopped(self) -> bool:
        """Say whether it waits for a person."""
        return self.export.state in STOPPED

    @property
    def moves(self) -> bool:
        """Say whether it will be something else in a while, by itself."""
        return self.export.state in {State.READY, State.SENDING, State.UNCERTAIN}


def shown_export(export: Export) -> ShownExport:
    """Put one export's page together."""
    events = history_of(export, export.settlement)
    return ShownExport(export, events, tuple(_journals(export)), written([export]))


def _journals(export: Export) -> Iterator[Frozen]:
    """Give the journal of each revision that was sent, and the one that waits; the newest first."""
    sends = export.attempts.filter(purpose=Attempt.SEND, snapshot__isnull=False)
    tries = Counter(sends.values_list("revision", "snapshot"))
    if export.snapshot_id:
        tries[export.revision, export.snapshot_id] += 0
    snapshots = JournalSnapshot.objects.in_bulk([pk for _, pk in tries])
    accounts = chart_of(export.company).accounts
    for revision, pk in sorted(tries, reverse=True):
        journal = snapshots[pk].as_journal()
        lines = tuple(_lines(journal, accounts))
        yield Frozen(revision, snapshots[pk], journal, lines, tries[revision, pk])


def _lines(journal: Journal, accounts: Mapping[str, Account]) -> Iterator[Line]:
    for line in journal.lines:
        known = accounts.get(line.account)
        yield Line(
            account=line.account,
            name=known.name if known else "",
            department=line.department,
            vat_code=line.vat_code,
            debit=line.amount if line.amount > 0 else None,
            credit=-line.amount if line.amount < 0 else None,
            text=line.text,
        )
