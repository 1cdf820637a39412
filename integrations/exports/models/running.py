"""When something was due, and the runs that sent what was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company


class ExportRun(models.Model):
    """One time that what was due went to the outbox: at a slot, or because a person asked.

    It covers what was closed before `cut_off`; `built_at` is None until all of that is in the outbox.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="export_runs")
    provider = models.CharField(max_length=20)
    slot_at = models.DateTimeField(null=True)
    cut_off = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kjøring")
        verbose_name_plural = _("kjøringer")
        constraints = [
            models.UniqueConstraint(
                name="export_run_once_a_slot",
                fields=["company", "provider", "slot_at"],
                condition=Q(slot_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="export_run_unbuilt", fields=["made_at"], condition=Q(built_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.cut_off:%Y-%m-%d %H:%M}"


class ExportSlot(models.Model):
    """One moment that was due, filled by the first tick after it, however late that came.

    `held` says why nothing went then; such a slot has no run until exporting is resumed.
    """

    PAUSED, OFF = "paused", "off"

    company = models.ForeignKey(Company, models.PROTECT, related_name="export_slots")
    provider = models.CharField(max_length=20)
    slot_at = models.DateTimeField()
    made_at = models.DateTimeField()
    held = models.CharField(
        max_length=6, blank=True, choices=[(PAUSED, _("På pause")), (OFF, _("Slått av"))]
    )
    run = models.ForeignKey(ExportRun, models.PROTECT, null=True, related_name="slots")

    class Meta:
        verbose_name = _("tidspunkt")
        verbose_name_plural = _("tidspunkter")
        constraints = [
            models.UniqueConstraint(
                name="export_slot_once", fields=["company", "provider", "slot_at"]
            ),
            models.CheckConstraint(
                name="export_slot_runs_or_is_held", condition=Q(run__isnull=False) | ~Q(held="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.slot_at:%Y-%m-%d %H:%M}"
