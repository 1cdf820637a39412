"""What the tills delivered: receipts, Z reports, and the settlements cut from them.

Nothing here is ever overwritten: changed content is a new version or a new revision.
"""

from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounting.books.domain import stored
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue, from_json
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Counted
from accounting.company.models import Company, Register


class Receipt(models.Model):
    """One transaction of a till. `details` is the value of domain/sales.py as text.

    The same nr delivered with other content is `version` + 1, undecided and not in use until a person
    says which one counts.
    """

    # No index of their own: those below begin with them, and each one more slows every import.
    company = models.ForeignKey(Company, models.PROTECT, related_name="+", db_index=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="receipts", db_index=False)
    nr = models.CharField(max_length=35)
    version = models.PositiveSmallIntegerField(default=1)
    in_use = models.BooleanField(default=True)
    undecided = models.BooleanField(default=False)
    position = models.BigIntegerField()
    trans_id = models.CharField(max_length=35)
    at = models.CharField(max_length=19)
    at_utc = models.DateTimeField()
    kind = models.CharField(max_length=20)
    gross = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    details = models.TextField()

    class Meta:
        verbose_name = _("kvittering")
        verbose_name_plural = _("kvitteringer")
        constraints = [
            models.UniqueConstraint(
                name="receipt_once", fields=["company", "register", "nr", "version"]
            ),
            models.UniqueConstraint(
                name="receipt_one_in_use", fields=["register", "nr"], condition=Q(in_use=True)
            ),
        ]
        indexes = [models.Index(fields=["register", "position"])]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.nr}"


class ZReport(models.Model):
    """One Z report as the till wrote it; the evidence says which receipts its journal named.

    `file_day` is the earliest day on which a file that holds it was made; `receipts_counted`
    is its own count of sales receipts, NULL where it was never read; `figures` what else it counts, as
    text (domain/stored.py).
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, related_name="z_reports")
    number = models.CharField(max_length=35)
    version = models.PositiveSmallIntegerField(default=1)
    in_use = models.BooleanField(default=True)
    at = models.CharField(max_length=19)
    at_utc = models.DateTimeField()
    total = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    details = models.TextField()
    first_trans_id = models.CharField(max_length=35, blank=True)
    last_trans_id = models.CharField(max_length=35, blank=True)
    trans_count = models.PositiveIntegerField(default=0)
    file_day = models.DateField(null=True)
    receipts_counted = models.PositiveBigIntegerField(null=True)
    receipts_printed = models.PositiveIntegerField(default=0)
    figures = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Z-rapport")
        verbose_name_plural = _("Z-rapporter")
        constraints = [
            models.UniqueConstraint(
                name="z_report_once", fields=["company", "register", "number", "version"]
            ),
            models.UniqueConstraint(
                name="z_report_one_in_use",
                fields=["register", "number"],
                condition=Q(in_use=True),
            ),
        ]
        indexes = [models.Index(name="z_report_by_time", fields=["company", "at_utc"])]

    def __str__(self) -> str:
        return f"{self.register_id}/Z {self.number}"

    @property
    def counted(self) -> Counted | None:
        """Give the count of sales receipts as the rules read it."""
        if self.receipts_counted is None:
            return None
        return Counted(self.receipts_counted, self.receipts_printed)


class Settlement(models.Model):
    """One Z on one register, summed. A new delivery with other content is a new revision.

    `created_on` is the day the source made it, here the business date (DESIGN.md 4). `content` is
    the SalesDay as text. Positions say which receipts are in it. People add a count of the cash and
    acknowledgements (issue, reason, by whom, when); `decided_at` is when they last did.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="settlements")
    register = models.ForeignKey(Register, models.PROTECT, related_name="settlements")
    z_number = models.CharField(max_length=35)
    revision = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=True)
    business_date = models.DateField()
    created_on = models.DateField()
    closed_at = models.DateTimeField()
    first_position = models.BigIntegerField(null=True)
    last_position = models.BigIntegerField(null=True)
    transactions = models.PositiveIntegerField()
    gross = models.BigIntegerField()
    has_movement = models.BooleanField()
    stopped = models.BooleanField()
    counted_cash = models.BigIntegerField(null=True)
    acknowledgements = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dagsoppgjør")
        verbose_name_plural = pgettext_lazy("flere", "dagsoppgjør")
        constraints = [
            models.UniqueConstraint(
                name="settlement_once", fields=["company", "register", "z_number", "revision"]
            ),
            models.UniqueConstraint(
                name="settlement_one_current",
                fields=["register", "z_number"],
                condition=Q(current=True),
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-business_date"]),
            models.Index(
                name="settlement_replaced", fields=["company"], condition=Q(current=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/Z {self.z_number} r{self.revision}"

    def as_day(self) -> SalesDay:
        """Give the settlement as the value that the rules read, with what people have decided."""
        return replace(
            stored.day_from(self.content),
            counted_cash=None if self.counted_cash is None else Ore(self.counted_cash),
            acknowledged=self.acknowledged,
        )

    @property
    def acknowledged(self) -> frozenset[Issue]:
        """Give the issues that a person has acknowledged."""
        return frozenset(from_json(each["issue"]) for each in self.acknowledgements)

    def keep_decisions_of(self, before: "Settlement") -> None:
        """Let what people decided about the revision before hold for this one too, and save it.

        A count of the drawer stays; an acknowledgement stays only where the very same issue does.
        """
        still = self.as_day().findings
        self.counted_cash = before.counted_cash
        self.acknowledgements = [
            each for each in before.acknowledgements if from_json(each["issue"]) in still
        ]
        self.decided_at = before.decided_at
        self.stopped = bool(self.as_day().stops)
        self.save(update_fields=["counted_cash", "acknowledgements", "decided_at", "stopped"])
