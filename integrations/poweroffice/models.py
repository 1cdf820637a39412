"""What only this provider keeps: the next free moment to call, where there is no Redis, and tokens."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from integrations.secrets import SealedTextField


class CallSlot(models.Model):
    """When the next call with one subscription key may begin, in µs since 1970; the key is hashed."""

    key_hash = models.CharField(max_length=64, unique=True)
    next_at = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("neste kall")
        verbose_name_plural = pgettext_lazy("flere", "neste kall")

    def __str__(self) -> str:
        return f"{self.key_hash[:8]} {self.next_at}"


class SharedToken(models.Model):
    """The token of one client, sealed, for every worker; times in µs since 1970, the keys hashed.

    `renewing_until` is how long fetching a new one is one worker's.
    """

    key_hash = models.CharField(max_length=64, unique=True)
    token = SealedTextField(null=True)
    expires_at = models.BigIntegerField(default=0)
    renewing_until = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("innlogging hos PowerOffice Go")
        verbose_name_plural = _("innlogginger hos PowerOffice Go")

    def __str__(self) -> str:
        return f"{self.key_hash[:8]} {self.expires_at}"
