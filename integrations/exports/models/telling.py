"""Who is told by e-mail and when, and what they have been told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounting.company.models import Company
from integrations.exports.models.outgoing import Export


class Recipient(models.Model):
    """A member who is told by e-mail when something stops, and on request every morning.

    `morning_on` is the latest day whose morning was told of, Oslo time.
    """

    NEVER, TROUBLE, DAILY = "never", "trouble", "daily"

    company = models.ForeignKey(Company, models.PROTECT, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    morning = models.CharField(
        max_length=7,
        choices=[
            (NEVER, _("Aldri")),
            (TROUBLE, _("Bare ved feil og mandager")),
            (DAILY, _("Hver dag")),
        ],
        default=NEVER,
    )
    morning_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("mottaker av varsel")
        verbose_name_plural = _("mottakere av varsel")
        constraints = [
            models.UniqueConstraint(name="recipient_once", fields=["company", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.user}"


class ToldStop(models.Model):
    """A stopped export that the recipients know the cause of; gone once it is stopped no more."""

    export = models.OneToOneField(Export, models.CASCADE, related_name="told")
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("varslet stopp")
        verbose_name_plural = _("varslede stopp")

    def __str__(self) -> str:
        return f"{self.export_id} {self.told_at:%Y-%m-%d %H:%M}"


class Told(models.Model):
    """What one recipient was told, by a key that stands for its cause; gone once that stands no more."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="told")
    key = models.CharField(max_length=200)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sendt varsel")
        verbose_name_plural = _("sendte varsler")
        constraints = [
            models.UniqueConstraint(name="told_once", fields=["recipient", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.key}"
