"""One settlement as its page shows it: the journal sent or to be sent, the VAT beside it, the history."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue, Page
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import to_kroner, vat_of_gross
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader, chart_of
from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.pages.beside import Drawer, Moved, drawer_of, moved_in
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
from integrations.exports.states import STOPPED, State

_UNSENT = frozenset({State.READY, State.BLOCKED})


@dataclass(frozen=True, slots=True)
class VatRow:
    """VAT per code and rate: the till's own, that of the posted gross, and whether they may differ so."""

    vat_code: str
    rate: int
    gross: int
    reported: int
    computed: int
    normal: bool

    @property
    def difference(self) -> int:
        """Give the till's VAT less the computed, in øre."""
        return self.reported - self.computed

    @property
    def percent(self) -> str:
        """Give the rate as people write it: `25`, `11,11`."""
        return f"{self.rate / 100:g}".replace(".", ",")


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

    @property
    def paid(self) -> int:
        """Give the sum of the tenders in øre."""
        return sum(payment.amount for payment in self.day.payments)

    @property
    def unknown(self) -> int:
        """Count what Kontooppsett has no account for."""
        return sum(stop.issue.code in NO_ACCOUNT for stop in self.stops)

    @property
    def may_send_again(self) -> bool:
        """Say whether the same content may be sent once more (records.send_again)."""
        return bool(self.export and self.export.state == State.BLOCKED and self.export.snapshot_id)

    @property
    def may_look_again(self) -> bool:
        """Say whether the far side may be asked anew whether it is there."""
        return bool(self.export and self.export.state == State.HELD)

    @property
    def may_leave_out(self) -> bool:
        """Say whether a person may leave it out for good (records.leave_out)."""
        leaves = {State.BLOCKED, State.HELD, State.READY}
        return bool(self.export and self.settlement.current and self.export.state in leaves)


def shown(company: Company, settlement: Settlement, *, more_receipts: bool = False) -> Shown:
    """Put one settlement's page together; of receipts that part only the first, unless asked for more."""
    day = settlement.as_day()
    export = export_of(settlement)
    setup = SetupReader(company).for_register(settlement.register)
    frozen = _is_frozen(export, settlement)
    if frozen and export and export.snapshot:
        built: Journal | tuple[Issue, ...] = export.snapshot.as_journal()
    else:
        built = build_journal(day, setup)
    journal = built if isinstance(built, Journal) and built.lines else None
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
        moved=moved_in(day, journal, setup),
        drawer=drawer_of(day, journal, setup),
        decidable=decidable,
        frozen=frozen,
        mended=_mended(export, built),
        vat=tuple(_vat_rows(day)),
        history=history_of(export, settlement),
        others=tuple(_others(settlement)),
    )


def _from_here(issue: Issue) -> Issue:
    """Take away a link that would lead back to this page, or around it: its buttons are here."""
    around = issue.fix is not None and issue.fix.page in {Page.SETTLEMENT, Page.STATUS}
    return replace(issue, fix=None) if around else issue


def export_of(settlement: Settlement) -> Export | None:
    """Give the export of a settlement's Z, whichever revision it was built from."""
    rows = Export.objects.filter(
        settlement__register=settlement.register_id,
        settlement__z_number=settlement.z_number,
        part=0,
    )
    return rows.select_related("snapshot", "settlement").first()


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
    if export and not _is_of(export, settlement) and export.remote_id:
        before, after = export.settlement.gross, settlement.gross
        facts = (("before", to_kroner(before)), ("after", to_kroner(after)))
        yield Issue("changed-after-export", settlement.z_number, facts)
    elif export and (export.snapshot_id or export.state in STOPPED - {State.BLOCKED}):
        yield from export.found_issues
    elif not isinstance(built, Journal) and not (export and export.state == State.LEFT_OUT):
        yield from built


def _mended(export: Export | None, built: Journal | tuple[Issue, ...]) -> bool:
    """Say whether it was stopped, and builds now: the next tick tries it by itself."""
    stopped = export is not None and export.state == State.BLOCKED and export.snapshot_id is None
    return stopped and isinstance(built, Journal)


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


def _vat_rows(day: SalesDay) -> Iterator[VatRow]:
    gross: Counter[tuple[str, int]] = Counter()
    for sale in day.sales:
        gross[sale.vat_code, sale.rate] += sale.gross
    for total in day.vat_totals:
        amount = gross[total.vat_code, total.rate]
        if not amount and not total.vat:
            continue
        computed = vat_of_gross(amount, total.rate)
        normal = 2 * abs(total.vat - computed) <= total.rows + 1  # saft.md 6.4.11
        yield VatRow(total.vat_code, total.rate, amount, total.vat, computed, normal)


def _others(settlement: Settlement) -> Iterator[Settlement]:
    """Give the other revisions of the same Z, newest first."""
    rows = Settlement.objects.filter(
        register=settlement.register_id, z_number=settlement.z_number
    ).exclude(pk=settlement.pk)
    yield from rows.order_by("-revision").defer("content")
