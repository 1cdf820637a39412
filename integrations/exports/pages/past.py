"""The history: every export ever made, filtered, leafed through, with the sums of the filter.

The list asks for one page by an index. The sums are added up at once as long as the filter holds no
more than AT_ONCE; beyond that the page is shown first and `sums` is asked for on its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.codes import rate_on
from accounting.books.domain.money import Ore
from accounting.clock import OSLO
from accounting.company.models import Company
from integrations.exports.documents.written import percent
from integrations.exports.models import Export
from integrations.exports.pages.leafing import Leaf, Order, leaf
from integrations.exports.states import ARRIVED, State

PER_PAGE = 50
AT_ONCE = 2_000
MANY = 2

ORDERS: dict[str, Order] = {
    "dato": Order("voucher_date", date.fromisoformat),
    "overfort": Order("arrived_at", datetime.fromisoformat, nullable=True),
    "sum": Order("debit", int),
}
STATE_WORDS: dict[State, Promise] = {
    State.READY: _("Klar"),
    State.SENDING: _("Sendes"),
    State.UNCERTAIN: _("Avklares"),
    State.SENT: _("Overført"),
    State.POSTED: _("Bokført"),
    State.BLOCKED: _("Stoppet"),
    State.HELD: _("Venter på svar fra deg"),
    State.REMOVED: _("Slettet i Go"),
    State.LEFT_OUT: _("Utelatt"),
    State.SUPERSEDED: _("Erstattet"),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What the filter asks for; None and '' ask for everything. `words`: Z, voucher number or mark."""

    department: int | None = None
    state: str = ""
    first: date | None = None
    last: date | None = None
    arrived_first: date | None = None
    arrived_last: date | None = None
    amount: Ore | None = None
    words: str = ""
    order: Order = ORDERS["dato"]


@dataclass(frozen=True, slots=True)
class Sums:
    """How many, and their vouchers' sum and VAT in øre; `there` of them lie in the accounting system."""

    count: int
    total: int
    total_vat: int
    there: int
    total_there: int
    vat_there: int


@dataclass(frozen=True, slots=True)
class Row:
    """One export, with the VAT of its voucher by rate in øre, where there are several rates."""

    export: Export
    parts: tuple[tuple[str, Ore], ...]


@dataclass(frozen=True, slots=True)
class Past:
    """One page of the history. `sums` None: more than is added up at once."""

    rows: list[Row]
    leaf: Leaf[Export]
    page_sums: Sums
    sums: Sums | None


def exports_sought(company: Company, sought: Sought) -> QuerySet[Export]:
    """Give the exports that the filter asks for, in no order."""
    rows = Export.objects.filter(company=company)
    if sought.department:
        rows = rows.filter(settlement__register__department=sought.department)
    if sought.state:
        rows = rows.filter(state=sought.state)
    if sought.first:
        rows = rows.filter(voucher_date__gte=sought.first)
    if sought.last:
        rows = rows.filter(voucher_date__lte=sought.last)
    if sought.arrived_first:
        rows = rows.filter(arrived_at__gte=_begins(sought.arrived_first))
    if sought.arrived_last:
        rows = rows.filter(arrived_at__lt=_begins(sought.arrived_last + timedelta(days=1)))
    if sought.amount is not None:
        rows = rows.filter(debit=sought.amount)
    return rows.filter(_told(company, sought.words)) if sought.words else rows


def with_documents(rows: QuerySet[Export]) -> QuerySet[Export]:
    """Give the rows with what a line of the history says beside their own columns."""
    related = rows.select_related("settlement__register__department", "snapshot", "run")
    return related.defer("settlement__content")


def past(company: Company, sought: Sought, *, before: str = "", after: str = "") -> Past:
    """Give one page of the history."""
    rows = exports_sought(company, sought)
    found = leaf(with_documents(rows), sought.order, PER_PAGE, before=before, after=after)
    return Past(
        rows=[Row(export, _parts(export)) for export in found.rows],
        leaf=found,
        page_sums=_sums_of(found.rows),
        sums=sums(rows, at_most=AT_ONCE),
    )


def sums(rows: QuerySet[Export], *, at_most: int | None = None) -> Sums | None:
    """Add up the rows; None where there are more than `at_most`, and then they are not all read."""
    there = Q(state__in=ARRIVED)
    wanted = rows.order_by()
    added = (wanted if at_most is None else wanted[: at_most + 1]).aggregate(
        count=Count("pk"),
        total=Sum("debit", default=0),
        total_vat=Sum("vat", default=0),
        there=Count("pk", filter=there),
        total_there=Sum("debit", filter=there, default=0),
        vat_there=Sum("vat", filter=there, default=0),
    )
    return None if at_most is not None and added["count"] > at_most else Sums(**added)


def vat_by_code(export: Export) -> dict[str, Ore]:
    """Give the VAT of the voucher that was built by its VAT code."""
    return export.snapshot.as_journal().vat_by_code() if export.snapshot else {}


def _parts(export: Export) -> tuple[tuple[str, Ore], ...]:
    """Give the VAT by rate, highest first; () where the sum says it all."""
    found: dict[int, int] = {}
    for code, vat in vat_by_code(export).items():
        rate = rate_on(code, export.voucher_date) or 0
        found[rate] = found.get(rate, 0) + vat
    if len(found) < MANY:
        return ()
    return tuple((percent(rate), Ore(found[rate])) for rate in sorted(found, reverse=True))


def _sums_of(exports: Iterable[Export]) -> Sums:
    listed = list(exports)
    there = [export for export in listed if export.state in ARRIVED]
    return Sums(
        count=len(listed),
        total=sum(export.debit for export in listed),
        total_vat=sum(export.vat for export in listed),
        there=len(there),
        total_there=sum(export.debit for export in there),
        vat_there=sum(export.vat for export in there),
    )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)


def _told(company: Company, words: str) -> Q:
    """Find by what people read: `Z 1482`, the voucher's number, the mark with or without its brackets.

    The settlements are looked up first: each of the three is then one step into an index.
    """
    said = words.strip()
    number = said[1:].strip() if said[:1] in "zZ" and said[1:].strip()[:1].isdecimal() else said
    tills = company.registers.values("pk")
    named = company.settlements.filter(register__in=tills, z_number=number)
    settlements = list(named.values_list("pk", flat=True))
    mark = said.strip("[]").upper()
    return Q(settlement__in=settlements) | Q(voucher_no=said) | Q(mark=mark)
