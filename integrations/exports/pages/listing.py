"""The list of settlements: filtered, newest first, with the totals of the filter."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum

from accounting.company.models import Company
from integrations.exports.pages.standing import with_standing

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from accounting.books.models import Settlement
    from integrations.exports.pages.standing import Told

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter asks for; None and '' ask for everything."""

    department: int | None = None
    standing: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of settlements, and how many there are in all with their sum in øre."""

    page: "Page[WithAnnotations[Settlement, Told]]"
    count: int
    gross: int


def listing(company: Company, wanted: Wanted, page: str) -> Listing:
    """Give one page of the settlements that the filter asks for; a page beyond the last gives the last."""
    rows = with_standing(company)
    if wanted.department:
        rows = rows.filter(register__department=wanted.department)
    if wanted.standing:
        rows = rows.filter(standing=wanted.standing)
    if wanted.first:
        rows = rows.filter(business_date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(business_date__lte=wanted.last)
    totals = rows.aggregate(count=Count("pk"), gross=Sum("gross", default=0))
    ordered = rows.select_related("register__department").defer("content")
    newest = ordered.order_by("-business_date", "-closed_at", "-pk")
    return Listing(Paginator(newest, PER_PAGE).get_page(page), totals["count"], totals["gross"])


def latest(company: Company, number: int) -> "list[WithAnnotations[Settlement, Told]]":
    """Give the newest settlements, as the list shows them."""
    rows = with_standing(company).select_related("register__department").defer("content")
    return list(rows.order_by("-business_date", "-closed_at", "-pk")[:number])
