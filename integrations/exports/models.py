"""The way out, as rows: where to, from which day, what, and every attempt.

The database is the truth and Celery the doorbell: whatever must survive a crash stands here.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounting.books.domain.issues import Issue, from_json
from accounting.books.models import JournalSnapshot, Settlement
from accounting.company.models import Company
from accounting.insert_only import add_only, write_once
from integrations.exports.schedule import Frequency
from integrations.exports.states import State
from integrations.secrets import SealedTextField


class Connection(models.Model):
    """A company's way to one accounting system. The keys are sealed; only their ends are shown.

    `client_id` and `client_name` are the accounting system's own; one client serves one company.
    `checks` is what the latest test of it found, as the provider's own room writes and reads it.
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
    checked_at = models.DateTimeField(null=True)
    checks = models.JSONField(default=list)

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


class Export(models.Model):
    """One document on its way out, and where it is. States and arrows: states.py.

    `document` is the natural key; part 0 is the document itself, 1… are corrections. `revision`
    counts builds; the mark follows from company, document, part and revision.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="exports")
    provider = models.CharField(max_length=20)
    document = models.CharField(max_length=600)
    part = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveSmallIntegerField(default=1)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="exports")
    snapshot = models.ForeignKey(JournalSnapshot, models.PROTECT, null=True, related_name="exports")
    state = models.CharField(max_length=12, choices=[(state, state) for state in State])
    mark = models.CharField(max_length=8)
    debit = models.BigIntegerField(default=0)
    setup_version = models.PositiveIntegerField()
    issues = models.JSONField(default=list)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    doubted_at = models.DateTimeField(null=True)
    probes = models.PositiveSmallIntegerField(default=0)
    remote_id = models.CharField(max_length=64, null=True)  # noqa: DJ001 (unique where it is known)
    voucher_no = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("overføring")
        verbose_name_plural = _("overføringer")
        constraints = [
            models.UniqueConstraint(
                name="export_once", fields=["company", "provider", "document", "part"]
            ),
            models.UniqueConstraint(
                name="export_remote_id_once",
                fields=["company", "remote_id"],
                condition=Q(remote_id__isnull=False),
            ),
            models.CheckConstraint(
                name="export_arrived_has_remote_id",
                condition=~Q(state__in=[State.SENT, State.POSTED]) | Q(remote_id__isnull=False),
            ),
            models.CheckConstraint(
                name="export_sending_has_lease",
                condition=Q(state=State.SENDING, lease__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease__isnull=True, lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="export_left_out_has_reason",
                condition=~Q(state=State.LEFT_OUT) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"{self.document} {self.state}"

    @property
    def found_issues(self) -> tuple[Issue, ...]:
        """Give what stands in the way, as the values that pages show."""
        return tuple(from_json(issue) for issue in self.issues)


@write_once(closes="finished_at", columns=("outcome", "status", "problem"))
class Attempt(models.Model):
    """One call about one export, written down before it is made; its outcome is added once, after."""

    SEND, LOOK = "send", "look"

    export = models.ForeignKey(Export, models.PROTECT, related_name="attempts")
    purpose = models.CharField(max_length=4, choices=[(SEND, SEND), (LOOK, LOOK)])
    revision = models.PositiveSmallIntegerField()
    lease = models.UUIDField(default=uuid.uuid4)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("forsøk")
        verbose_name_plural = pgettext_lazy("flere", "forsøk")
        constraints = [
            models.UniqueConstraint(
                name="attempt_one_open", fields=["export"], condition=Q(finished_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["export", "started_at"])]

    def __str__(self) -> str:
        return f"{self.export_id} {self.purpose} {self.started_at:%Y-%m-%d %H:%M:%S}"


class Recipient(models.Model):
    """A member who is told by e-mail when something stops."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mottaker av varsel")
        verbose_name_plural = _("mottakere av varsel")
        constraints = [
            models.UniqueConstraint(name="recipient_once", fields=["company", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.user}"


class ToldStop(models.Model):
    """A stopped export that the recipients have been told about; gone once it is stopped no more."""

    export = models.OneToOneField(Export, models.CASCADE, related_name="told")
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("varslet stopp")
        verbose_name_plural = _("varslede stopp")

    def __str__(self) -> str:
        return f"{self.export_id} {self.told_at:%Y-%m-%d %H:%M}"
