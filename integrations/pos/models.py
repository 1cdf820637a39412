"""Files that came from tills, each once per company."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company


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
