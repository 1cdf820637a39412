"""Reads: where everything is, and what a person must do."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet

from accounting.books.domain.issues import Issue, Page
from accounting.company.models import Company
from integrations.exports.models import Connection, Export, ExportStart
from integrations.exports.schedule import Frequency, next_slot
from integrations.exports.states import ARRIVED, STOPPED, State


def connection_of(company: Company) -> Connection | None:
    """Give the company's connection, or None before it is connected."""
    return company.connections.order_by("pk").first()


def export_start_of(company: Company) -> ExportStart | None:
    """Give the first day the company exports, or None before it is chosen."""
    return company.export_starts.order_by("pk").first()


def known_remote_ids(company: Company) -> set[str]:
    """Give the far side's ids of every draft that is one of our exports already."""
    known = Export.objects.filter(company=company).exclude(remote_id=None)
    return {remote_id for remote_id in known.values_list("remote_id", flat=True) if remote_id}


IN_DOUBT = (State.SENDING, State.UNCERTAIN, State.HELD)


def left_over_there(company: Company) -> int:
    """Count the exports whose draft lies over there, or may: what is being sent or looked for too."""
    may = Q(state__in=IN_DOUBT)
    return Export.objects.filter(may | Q(remote_id__isnull=False), company=company).count()


def in_doubt(company: Company) -> int:
    """Count the exports of which nobody knows yet whether their draft lies over there."""
    return Export.objects.filter(company=company, state__in=IN_DOUBT).count()


def states(company: Company | None = None) -> Counter[str]:
    """Count the exports in each state, of one company or of all."""
    rows = Export.objects.filter(company=company) if company else Export.objects.all()
    counted = rows.order_by().values_list("state").annotate(Count("pk"))
    return Counter(dict(counted))


def oldest_unsent(company: Company | None = None) -> date | None:
    """Give the business date of the oldest settlement that should be over there and is not."""
    rows = Export.objects.exclude(state__in=[*ARRIVED, State.LEFT_OUT, State.SUPERSEDED])
    if company:
        rows = rows.filter(company=company)
    oldest: date | None = rows.aggregate(day=Min("settlement__business_date"))["day"]
    return oldest


def oldest_due(now: datetime) -> datetime | None:
    """Give when the READY export that has waited longest became so; those told to wait do not count."""
    waiting = Export.objects.filter(Q(not_before=None) | Q(not_before__lte=now), state=State.READY)
    oldest: datetime | None = waiting.aggregate(at=Min("changed_at"))["at"]
    return oldest


def next_run(company: Company | None, now: datetime) -> datetime | None:
    """Give the next slot of the company, or the first of all companies'; None where nothing will run."""
    connections = Connection.objects.filter(paused=False, company__accounting_enabled=True)
    if company:
        connections = connections.filter(company=company)
    frequencies = set(connections.values_list("frequency", flat=True))
    return min((next_slot(Frequency(name), now) for name in frequencies), default=None)


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing to mend, and every export that waits for it; the link is that of the oldest.

    `more` counts what else of the same code stops the same settlement: its own page tells them all.
    """

    issue: Issue
    exports: tuple[Export, ...]
    more: int = 0


def told(company: Company) -> QuerySet[Export]:
    """Give the exports that a person must hear of, oldest first: stopped, or there with a fault."""
    rows = Export.objects.filter(
        ~Q(issues=[]), company=company, state__in=[*sorted(STOPPED), *sorted(ARRIVED)]
    )
    related = rows.select_related("company", "settlement__register__department")
    return related.defer("settlement__content").order_by("settlement__business_date", "pk")


def causes(company: Company) -> list[Cause]:
    """Group what is stopped by what must be done: one cause is one row (ux.md 2.4)."""
    return grouped(told(company))


def grouped(exports: Iterable[Export]) -> list[Cause]:
    """Group exports by what must be done about them, in their order."""
    alike: dict[tuple[Issue, int], list[tuple[Issue, Export]]] = defaultdict(list)
    for export in exports:
        for issue, more in _said_of(export.found_issues):
            # The settlement's address is no part of the cause: several may wait for the same.
            same = replace(issue, fix=None) if _on_its_own_page(issue) else issue
            alike[same, more].append((issue, export))
    return [
        Cause(found[0][0], tuple(export for _, export in found), more)
        for (_, more), found in alike.items()
    ]


def _said_of(issues: Iterable[Issue]) -> Iterator[tuple[Issue, int]]:
    """Give the issues of one export, and how many more each stands for.

    Of those that the settlement's own page tells, one a code is enough here.
    """
    alike: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        if _on_its_own_page(issue):
            alike[issue.code].append(issue)
        else:
            yield issue, 0
    for found in alike.values():
        yield found[0], len(found) - 1


def _on_its_own_page(issue: Issue) -> bool:
    return issue.fix is not None and issue.fix.page is Page.SETTLEMENT
