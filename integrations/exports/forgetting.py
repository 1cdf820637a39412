"""Which exports, attempts, runs and slots belong to the years before a day (backoffice/forgetting.py)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounting.books.forgetting import midnight, settlements_before
from accounting.company.models import Company
from integrations.exports.models import Attempt, Export, ExportRun, ExportSlot
from integrations.exports.states import UNDER_WAY, State


def exports_before(company: Company, day: date) -> QuerySet[Export]:
    """Give the exports of the settlements before the day, corrections too."""
    return Export.objects.filter(settlement__in=settlements_before(company, day))


def attempts_before(company: Company, day: date) -> QuerySet[Attempt]:
    """Give every call about them."""
    return Attempt.objects.filter(export__in=exports_before(company, day))


def slots_before(company: Company, day: date) -> QuerySet[ExportSlot]:
    """Give the moments before the day when sending was due."""
    return ExportSlot.objects.filter(company=company, slot_at__lt=midnight(day))


def runs_before(company: Company, day: date) -> QuerySet[ExportRun]:
    """Give the runs before the day that nothing belongs to any more."""
    exports = Export.objects.filter(run=OuterRef("pk"))
    slots = ExportSlot.objects.filter(run=OuterRef("pk"))
    rows = ExportRun.objects.filter(company=company, cut_off__lt=midnight(day))
    return rows.filter(~Exists(exports), ~Exists(slots))


def unfinished_before(company: Company, day: date) -> int:
    """Count the exports from before the day that are still on their way, or wait for a person."""
    waiting = UNDER_WAY | {State.REMOVED}
    return exports_before(company, day).filter(state__in=waiting).count()
