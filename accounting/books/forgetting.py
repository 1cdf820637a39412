"""What of the books belongs to the years before a day: whole Z reports, with the receipts they closed.

A Z counts by its business date, in every revision: what was sold after midnight goes with its Z. Loose
receipts and Z reports without a settlement count by their own time.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet

from accounting.books.models import ClosedDay, JournalSnapshot, Receipt, Settlement, ZReport
from accounting.company.models import Company

OSLO = ZoneInfo("Europe/Oslo")


def midnight(day: date) -> datetime:
    """Give the moment a day begins in Oslo."""
    return datetime.combine(day, time(), OSLO)


def settlements_before(company: Company, day: date) -> QuerySet[Settlement]:
    """Give the settlements of which no revision is of the day or later."""
    return Settlement.objects.filter(~_kept(day, OuterRef("z_number")), company=company)


def _kept(day: date, number: OuterRef) -> Exists:
    """Say whether some revision of a Z of this register is of the day or later."""
    return Exists(
        Settlement.objects.filter(
            register=OuterRef("register"), z_number=number, business_date__gte=day
        )
    )


def receipts_before(company: Company, day: date) -> QuerySet[Receipt]:
    """Give the receipts of those settlements, and loose ones from before the day."""
    kept = Settlement.objects.filter(
        register=OuterRef("register"),
        first_position__lte=OuterRef("position"),
        last_position__gte=OuterRef("position"),
    )
    gone = settlements_before(company, day).filter(
        register=OuterRef("register"),
        first_position__lte=OuterRef("position"),
        last_position__gte=OuterRef("position"),
    )
    mine = Receipt.objects.filter(company=company)
    loose = mine.filter(~Exists(kept), at_utc__lt=midnight(day))
    return mine.filter(Exists(gone)) | loose


def z_reports_before(company: Company, day: date) -> QuerySet[ZReport]:
    """Give the Z reports of those settlements, and those from before the day that have none."""
    mine = ZReport.objects.filter(~_kept(day, OuterRef("number")), company=company)
    settled = Settlement.objects.filter(register=OuterRef("register"), z_number=OuterRef("number"))
    return mine.filter(Exists(settled)) | mine.filter(at_utc__lt=midnight(day))


def snapshots_before(company: Company, day: date) -> QuerySet[JournalSnapshot]:
    """Give the frozen journals of those settlements."""
    return JournalSnapshot.objects.filter(settlement__in=settlements_before(company, day))


def closed_days_before(company: Company, day: date) -> QuerySet[ClosedDay]:
    """Give the days before it on which somebody said that the shop was closed."""
    return ClosedDay.objects.filter(company=company, day__lt=day)


def first_year(company: Company) -> int | None:
    """Give the year of the oldest settlement or receipt; None where there is none."""
    oldest = company.settlements.order_by("business_date").values_list("business_date", flat=True)
    receipts = Receipt.objects.filter(company=company).order_by(F("at_utc").asc())
    years = [day.year for day in oldest[:1]]
    years += [at.astimezone(OSLO).year for at in receipts.values_list("at_utc", flat=True)[:1]]
    return min(years, default=None)
