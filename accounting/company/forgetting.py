"""Which lines of the log belong to the years before a day (backoffice/forgetting.py)."""

from datetime import datetime

from django.db.models import QuerySet

from accounting.company.models import AuditEntry, Company


def log_before(company: Company, moment: datetime) -> QuerySet[AuditEntry]:
    """Give the lines of a company's log that are older than the moment."""
    return AuditEntry.objects.filter(company=company, at__lt=moment)
