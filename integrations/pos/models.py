"""Files that came from tills, each once per company, and the keys that tills deliver with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company


class IntakeToken(models.Model):
    """What a till delivers with, without a person. Only its digest is kept; it serves one company."""

    SAFT = "saft"

    company = models.ForeignKey(Company, models.PROTECT, related_name="intake_tokens")
    label = models.CharField(_("navn"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    last_four = models.CharField(max_length=4)
    scope = models.CharField(max_length=10, choices=[(SAFT, _("SAF-T-filer"))], default=SAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("leveringsnøkkel")
        verbose_name_plural = _("leveringsnøkler")
        constraints = [
            models.UniqueConstraint(
                name="intake_token_label_once",
                fields=["company", "label"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="intake_token_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class IntakeFile(models.Model):
    """One delivered file. The same file again is the same row and gives the same answer."""

    WAITING, READ, REFUSED = "waiting", "read", "refused"

    company = models.ForeignKey(Company, models.PROTECT, related_name="intake_files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    state = models.CharField(
        max_length=10,
        choices=[(WAITING, _("Leses")), (READ, _("Lest")), (REFUSED, _("Avvist"))],
        default=WAITING,
    )
    refusal = models.JSONField(null=True)
    report = models.JSONField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    delivered_with = models.ForeignKey(IntakeToken, models.PROTECT, null=True, related_name="files")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fil fra kassen")
        verbose_name_plural = _("filer fra kassen")
        constraints = [
            models.UniqueConstraint(name="intake_file_once", fields=["company", "sha256"]),
        ]
        indexes = [models.Index(fields=["company", "-received_at"])]

    def __str__(self) -> str:
        return self.name
