"""The list of settlements: filtered, newest first, with the totals of the filter."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from accounting.company.models import Company
from integrations.exports.pages.leafing import Leaf, Order, leaf
from integrations.exports.pages.standing import with_standing

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from accounting.books.models import Settlement
    from integrations.exports.pages.standing import Told

PER_PAGE = 50
AT_ONCE = 2_000
NEWEST = Order("business_date", date.fromisoformat)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter asks for; None and '' ask for everything."""

    department: int | None = None
    standing: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """How many settlements the filter holds, and their turnover in øre."""

    count: int
    gross: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of settlements; `sums` None: more than are added up while a person waits."""

    rows: "list[WithAnnotations[Settlement, Told]]"
    leaf: "Leaf[Settlement]"
    sums: Sums | None


def listing(company: Company, wanted: Wanted, *, before: str = "", after: str = "") -> Listing:
    """Give one page of the settlements that the filter asks for, newest first."""
    told = with_standing(company)
    # Where each stands costs a look for each, so only those of the page are asked about.
    plain = company.settlements.filter(current=True)
    rows = told.filter(standing=wanted.standing) if wanted.standing else plain
    if wanted.department:
        rows = rows.filter(register__department=wanted.department)
    if wanted.first:
        rows = rows.filter(business_date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(business_date__lte=wanted.last)
    found = leaf(
        rows.only("company", "business_date"), NEWEST, PER_PAGE, before=before, after=after
    )
    keys = [row.pk for row in found.rows]
    related = told.filter(pk__in=keys).select_related("register__department").defer("content")
    return Listing(list(related.order_by(*NEWEST.by())), found, _sums(rows))


def _sums(rows: "QuerySet[Settlement]") -> Sums | None:
    added = rows.order_by()[: AT_ONCE + 1].aggregate(
        count=Count("pk"), turnover=Sum("gross", default=0)
    )
    return None if added["count"] > AT_ONCE else Sums(added["count"], added["turnover"])


def latest(company: Company, number: int) -> "list[WithAnnotations[Settlement, Told]]":
    """Give the newest settlements, as the list shows them."""
    rows = with_standing(company).select_related("register__department").defer("content")
    return list(rows.order_by("-business_date", "-closed_at", "-pk")[:number])
