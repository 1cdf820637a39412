"""What only this provider keeps: the next free moment to call, where there is no Redis."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallSlot(models.Model):
    """When the next call with one subscription key may begin, in µs since 1970; the key is hashed."""

    key_hash = models.CharField(max_length=64, unique=True)
    next_at = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("neste kall")
        verbose_name_plural = pgettext_lazy("flere", "neste kall")

    def __str__(self) -> str:
        return f"{self.key_hash[:8]} {self.next_at}"
