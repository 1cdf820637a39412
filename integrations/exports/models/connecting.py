"""A company's way to an accounting system, and the first day that goes there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company
from accounting.insert_only import add_only
from integrations.exports.schedule import Frequency
from integrations.secrets import SealedTextField


class Connection(models.Model):
    """A company's way to one accounting system. The keys are sealed; only their ends are shown.

    `client_id` and `client_name` are the accounting system's own; one client serves one company.
    `checks` is what the latest test of it found, as the provider's own room writes and reads it.
    `restored_at` is when a backup was last put back (restoring.py).
    `problems` are the issues that are known to stop every send, `foreseen` those that the latest look
    before a run found; `prechecking_until` is how long that look is one worker's.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="connections")
    provider = models.CharField(max_length=20)
    environment = models.CharField(max_length=10)
    keys = SealedTextField()
    last_four = models.CharField(max_length=4)
    client_id = models.CharField(max_length=64)
    client_name = models.CharField(max_length=200)
    frequency = models.CharField(
        max_length=10,
        default=Frequency.DAILY,
        choices=[
            (Frequency.DAILY, _("Hver dag")),
            (Frequency.WEEKLY, _("Hver uke, mandag")),
            (Frequency.MONTHLY, _("Hver måned, den 1.")),
        ],
    )
    paused = models.BooleanField(default=False)
    pause_reason = models.CharField(max_length=200, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    connected_at = models.DateTimeField()
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    chart_fetched_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    watched_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checks = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    foreseen = models.JSONField(default=list)
    prechecked_at = models.DateTimeField(null=True)
    prechecking_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tilkobling")
        verbose_name_plural = _("tilkoblinger")
        constraints = [
            models.UniqueConstraint(name="connection_once", fields=["company", "provider"]),
            models.UniqueConstraint(name="client_at_one_company", fields=["provider", "client_id"]),
            models.CheckConstraint(
                name="connection_environment_known",
                condition=Q(environment__in=["sandbox", "demo", "live"]),
            ),
            models.CheckConstraint(
                name="connection_frequency_known", condition=Q(frequency__in=list(Frequency))
            ),
            models.CheckConstraint(
                name="connection_pause_has_reason",
                condition=Q(paused=False, pause_reason="") | Q(paused=True) & ~Q(pause_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} → {self.provider}"


@add_only
class ExportStart(models.Model):
    """The first day we export to one kind of system. Rows can be added, never changed (insert_only).

    `agreed_with` names the accountant where the day called for one, else it is ''.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="export_starts")
    provider = models.CharField(max_length=20)
    day = models.DateField()
    agreed_with = models.CharField(max_length=150, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("startdato")
        verbose_name_plural = _("startdatoer")
        constraints = [
            models.UniqueConstraint(name="export_start_once", fields=["company", "provider"]),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.day}"
