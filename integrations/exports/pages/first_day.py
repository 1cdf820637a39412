"""What an export-from date would mean, in numbers, before it is chosen for ever."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from accounting.books.domain.money import Ore
from accounting.books.models import Settlement
from accounting.company.models import Company
from integrations.exports.schedule import Frequency, Run, next_run


@dataclass(frozen=True, slots=True)
class Part:
    """Some settlements with movement: how many, their gross, and their first and last business date."""

    count: int
    gross: Ore
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is sent with the next run, and what is never sent."""

    run: Run
    sent: Part
    never: Part


def what_it_means(company: Company, day: date, frequency: Frequency, now: datetime) -> Meaning:
    """Count what `day` as export-from date would send and would leave, of what the tills delivered."""
    run = next_run(frequency, now, day)
    rows = company.settlements.filter(current=True, has_movement=True)
    covered = Q(created_on__gte=day)
    return Meaning(
        run,
        sent=_part(rows.filter(covered, closed_at__lt=run.slot)),
        never=_part(rows.exclude(covered)),
    )


def _part(rows: QuerySet[Settlement]) -> Part:
    found = rows.aggregate(
        count=Count("pk"),
        gross=Sum("gross"),
        first=Min("business_date"),
        last=Max("business_date"),
    )
    return Part(found["count"], Ore(found["gross"] or 0), found["first"], found["last"])
