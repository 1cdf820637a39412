"""One settlement as its page shows it: the journal sent or to be sent, the VAT beside it, the history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue, Page
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader, chart_of
from accounting.company.models import Company
from integrations.exports.builder import changed_issue
from integrations.exports.models import Export
from integrations.exports.pages.acts import Acts, acts_of
from integrations.exports.pages.beside import Drawer, Moved, drawer_of, moved_in
from integrations.exports.pages.change import Changed, changed
from integrations.exports.pages.comparison import (
    MOST_ASKED_FOR,
    MOST_RECEIPTS,
    Comparison,
    comparison,
)
from integrations.exports.pages.history import Event, history_of
from integrations.exports.pages.standing import with_standing
from integrations.exports.pages.stops import (
    NO_ACCOUNT,
    Acknowledged,
    Stop,
    acknowledged_in,
    notes_of,
    stops_of,
    unset_in,
)
from integrations.exports.pages.vat import VatRow, vat_rows
from integrations.exports.parts import on_its_way, parts_of, speaking
from integrations.exports.states import ARRIVED, STOPPED, State

_UNSENT = frozenset({State.READY, State.BLOCKED})


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal with its account's name in the chart, '' where it is not there."""

    account: str
    name: str
    department: str
    vat_code: str
    debit: int | None
    credit: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of one settlement. `sent` says whether the lines are those of a frozen journal."""

    settlement: Settlement
    day: SalesDay
    standing: str
    export: Export | None
    journal: Journal | None
    lines: tuple[JournalLine, ...]
    stops: tuple[Stop, ...]
    notes: tuple[Issue, ...]
    acknowledged: tuple[Acknowledged, ...]
    comparison: Comparison | None
    moved: tuple[Moved, ...]
    drawer: Drawer
    decidable: bool
    frozen: bool
    mended: bool
    vat: tuple[VatRow, ...]
    history: tuple[Event, ...]
    others: tuple[Settlement, ...]
    parts: tuple[Export, ...]
    change: Changed | None
    acts: Acts

    @property
    def paid(self) -> int:
        """Give the sum of the tenders in øre."""
        return sum(payment.amount for payment in self.day.payments)

    @property
    def unknown(self) -> int:
        """Count what Kontooppsett has no account for."""
        return sum(stop.issue.code in NO_ACCOUNT for stop in self.stops)


def shown(company: Company, settlement: Settlement, *, more_receipts: bool = False) -> Shown:
    """Put one settlement's page together; of receipts that part only the first, unless asked for more."""
    day = settlement.as_day()
    every = parts_of(settlement)
    export = _part_of(every, settlement)
    setup = SetupReader(company).for_register(settlement.register)
    frozen = _is_frozen(export, settlement)
    if frozen and export and export.snapshot:
        built: Journal | tuple[Issue, ...] = export.snapshot.as_journal()
    else:
        built = build_journal(day, setup)
    journal = built if isinstance(built, Journal) and built.lines else None
    pending = settlement.current and not frozen and not on_its_way(every)
    change = changed(company, every, built) if pending else None
    of_day = None if journal and journal.corrects else journal
    decidable = may_decide(export, settlement)
    issues = tuple(map(_from_here, _issues(export, settlement, built)))
    most = MOST_ASKED_FOR if more_receipts else MOST_RECEIPTS
    return Shown(
        settlement=settlement,
        day=day,
        standing=_standing_of(company, settlement),
        export=export,
        journal=journal,
        lines=tuple(_lines(journal, company)) if journal else (),
        stops=tuple(stops_of(issues, decidable=decidable)),
        notes=notes_of(day, setup),
        acknowledged=acknowledged_in(settlement),
        comparison=comparison(settlement, day, unset_in(issues), most),
        moved=moved_in(day, of_day, setup),
        drawer=drawer_of(day, of_day, setup),
        decidable=decidable,
        frozen=frozen,
        mended=_mended(export, built),
        vat=tuple(vat_rows(day)),
        history=_history(every, settlement),
        others=tuple(_others(settlement)),
        parts=_listed(every, change),
        change=change,
        acts=acts_of(settlement, every, export, change),
    )


def _from_here(issue: Issue) -> Issue:
    """Take away a link that would lead back to this page, or around it: its buttons are here."""
    around = issue.fix is not None and issue.fix.page in {Page.SETTLEMENT, Page.STATUS}
    return replace(issue, fix=None) if around else issue


def export_of(settlement: Settlement) -> Export | None:
    """Give the part that speaks for a settlement's Z, whichever revision it was built from."""
    return speaking(parts_of(settlement))


def _part_of(every: Sequence[Export], settlement: Settlement) -> Export | None:
    """Give what the page is about: of a replaced revision, the part that was built from it."""
    own = [part for part in every if _is_of(part, settlement)]
    return speaking(own if own and not settlement.current else every)


def _listed(every: Sequence[Export], change: Changed | None) -> tuple[Export, ...]:
    """Give the parts of a day that has several, less corrections that came to nothing."""
    proposed = change is not None and change.approvable
    told = [
        part
        for part in every
        if not part.part
        or part.snapshot_id
        or part.state == State.LEFT_OUT
        or (part.awaits_approval and proposed)
    ]
    return tuple(told) if len(told) > 1 else ()


def _history(every: Sequence[Export], settlement: Settlement) -> tuple[Event, ...]:
    """Give what happened to all parts, each thing once."""
    events = {event for part in every or (None,) for event in history_of(part, settlement)}
    return tuple(sorted(events, key=lambda event: event.at))


def may_decide(export: Export | None, settlement: Settlement) -> bool:
    """Say whether a count or an acknowledgement still changes what is sent: nothing is sent yet."""
    return settlement.current and (export is None or export.state in _UNSENT)


def _is_frozen(export: Export | None, settlement: Settlement) -> bool:
    """Say whether the export's journal is of this settlement, and nobody has decided anything since."""
    if export is None or export.snapshot_id is None or not _is_of(export, settlement):
        return False
    decided = settlement.decided_at
    return decided is None or decided <= export.changed_at or export.state not in _UNSENT


def _is_of(export: Export, settlement: Settlement) -> bool:
    return export.settlement_id == settlement.pk


def _standing_of(company: Company, settlement: Settlement) -> str:
    if not settlement.current:
        return State.SUPERSEDED
    standing: str = with_standing(company).values_list("standing", flat=True).get(pk=settlement.pk)
    return standing


def _issues(
    export: Export | None, settlement: Settlement, built: Journal | tuple[Issue, ...]
) -> Iterator[Issue]:
    """Give what stands in the way now: what the far side said, else what building says."""
    if not settlement.current:
        return
    if export and not _is_of(export, settlement) and export.state in ARRIVED:
        yield changed_issue(export.settlement, settlement)
    elif export and (_asks(export) or (export.awaits_approval and isinstance(built, Journal))):
        yield from export.found_issues
    elif not isinstance(built, Journal) and not (export and export.state == State.LEFT_OUT):
        yield from built


def _asks(export: Export) -> bool:
    return bool(export.snapshot_id) or export.state in STOPPED - {State.BLOCKED}


def _mended(export: Export | None, built: Journal | tuple[Issue, ...]) -> bool:
    """Say whether it was stopped, and builds now: the next tick tries it by itself."""
    if export is None or export.snapshot_id or export.state != State.BLOCKED:
        return False
    return isinstance(built, Journal) and not export.awaits_approval


def _lines(journal: Journal, company: Company) -> Iterator[JournalLine]:
    accounts = chart_of(company).accounts
    for line in journal.lines:
        known = accounts.get(line.account)
        yield JournalLine(
            account=line.account,
            name=known.name if known else "",
            department=line.department,
            vat_code=line.vat_code,
            debit=line.amount if line.amount > 0 else None,
            credit=-line.amount if line.amount < 0 else None,
            text=line.text,
        )


def _others(settlement: Settlement) -> Iterator[Settlement]:
    """Give the other revisions of the same Z, newest first."""
    rows = Settlement.objects.filter(
        register=settlement.register_id, z_number=settlement.z_number
    ).exclude(pk=settlement.pk)
    yield from rows.order_by("-revision").defer("content")
