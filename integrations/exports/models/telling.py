"""Who is told when something stops, and what they have been told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company
from integrations.exports.models.outgoing import Export


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
