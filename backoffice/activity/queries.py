"""Reads of the activity log: filtered, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import Q

from accounting.clock import OSLO
from accounting.company.models import AuditEntry, Company
from backoffice.activity.telling import Line, line
from backoffice.activity.words import ACTIONS, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from backoffice.models import User

PER_PAGE = 50
# What telling.py puts around the stored keys: people search for what they read.
_LABELS = {"kasse", "till", "z", "kvittering", "receipt", "varegruppe", "mva-kode"}
NOBODY = "0"  # done by the house itself: a command, the tick


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter asks for; None and '' ask for everything. `person` is a user's key or NOBODY."""

    person: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    subject: str = ""


def found(company: Company, wanted: Wanted, page: str) -> "Page[AuditEntry]":
    """Give one page of the rows that the filter asks for; a page beyond the last gives the last."""
    rows = _rows(company)
    if wanted.person:
        rows = rows.filter(actor=None if wanted.person == NOBODY else int(wanted.person))
    if wanted.kind:
        rows = rows.filter(action__in=_actions(wanted.kind))
    if wanted.first:
        rows = rows.filter(at__gte=_begins(wanted.first))
    if wanted.last:
        rows = rows.filter(at__lt=_begins(wanted.last + timedelta(days=1)))
    for word in wanted.subject.replace(",", " ").split():
        if word.lower() not in _LABELS:
            rows = rows.filter(_told_of(word))
    return Paginator(rows, PER_PAGE).get_page(page)


def _told_of(word: str) -> Q:
    """What a line is about holds the word; a number may be an account too, which stands as a whole."""
    about = Q(subject__icontains=word)
    if not word.isdecimal():
        return about
    account = f'"{word}"'
    return about | Q(before__icontains=account) | Q(after__icontains=account)


def latest(company: Company, number: int) -> list[Line]:
    """Give the newest lines, in words."""
    return in_words(company, _rows(company)[:number])


def in_words(company: Company, rows: Iterable[AuditEntry]) -> list[Line]:
    """Put rows into words; one query for the tills they may name."""
    tills = dict(company.registers.values_list("pk", "till_id"))
    return [line(entry, tills) for entry in rows]


def actors(company: Company) -> "QuerySet[User]":
    """Give everybody who has done something in this company."""
    acted = company.audit.exclude(actor=None).order_by().values("actor")
    return get_user_model().objects.filter(pk__in=acted).order_by("name", "email")


def _rows(company: Company) -> "QuerySet[AuditEntry]":
    return company.audit.select_related("actor").order_by("-at", "-pk")


def _actions(kind: str) -> list[str]:
    return [name for name, action in ACTIONS.items() if action.kind == Kind(kind)]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)
