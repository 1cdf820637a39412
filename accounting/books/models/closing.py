"""Days on which a shop was closed, as people said: nobody is asked about them again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company, Department


class ClosedDay(models.Model):
    """One day on which a department was closed; without one, what of the company has no department."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="closed_days")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("stengt dag")
        verbose_name_plural = _("stengte dager")
        constraints = [
            models.UniqueConstraint(
                name="closed_day_once_per_department",
                fields=["department", "day"],
                condition=Q(department__isnull=False),
            ),
            models.UniqueConstraint(
                name="closed_day_once_per_company",
                fields=["company", "day"],
                condition=Q(department__isnull=True),
            ),
        ]
        indexes = [models.Index(name="closed_day_of_company", fields=["company", "day"])]

    def __str__(self) -> str:
        return f"{self.department or self.company} {self.day}"
