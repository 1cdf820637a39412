"""The journal as it was built: what was sent can always be shown as it was sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounting.books.domain import stored
from accounting.books.domain.journal import Journal
from accounting.books.models.sales import Settlement
from accounting.insert_only import add_only


@add_only
class JournalSnapshot(models.Model):
    """A built journal, its hash, and the setup version it was built with. Add-only."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="snapshots")
    setup_version = models.PositiveIntegerField()
    built_at = models.DateTimeField()
    debit = models.BigIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("frosset bilag")
        verbose_name_plural = _("frosne bilag")

    def __str__(self) -> str:
        return f"{self.settlement} {self.digest[:8]}"

    def as_journal(self) -> Journal:
        """Give the journal back as the value."""
        return stored.journal_from(self.content)
