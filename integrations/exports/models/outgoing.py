"""What is on its way out, and every call about it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounting.books.domain.issues import Issue, from_json
from accounting.books.models import JournalSnapshot, Settlement
from accounting.company.models import Company
from accounting.insert_only import write_once
from integrations.exports.models.running import ExportRun
from integrations.exports.states import ARRIVED, CORRECTION_CODES, UNDER_WAY, State


class Export(models.Model):
    """One document on its way out, and where it is. States and arrows: states.py.

    `document` is the natural key; part 0 is the document itself, 1… are corrections. `revision`
    counts builds; the mark follows from company, document, part and revision. `attached_to` is the
    draft that has the Z report on it. `voucher_date`, `debit` and `vat` are the journal's, in øre;
    `arrived_at` is when we learned that its draft lies over there.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="exports")
    provider = models.CharField(max_length=20)
    document = models.CharField(max_length=600)
    part = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveSmallIntegerField(default=1)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="exports")
    snapshot = models.ForeignKey(JournalSnapshot, models.PROTECT, null=True, related_name="exports")
    run = models.ForeignKey(ExportRun, models.PROTECT, null=True, related_name="exports")
    state = models.CharField(max_length=12, choices=[(state, state) for state in State])
    mark = models.CharField(max_length=8)
    voucher_date = models.DateField()
    debit = models.BigIntegerField(default=0)
    vat = models.BigIntegerField(default=0)
    setup_version = models.PositiveIntegerField()
    issues = models.JSONField(default=list)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    doubted_at = models.DateTimeField(null=True)
    probes = models.PositiveSmallIntegerField(default=0)
    withdraw_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    attached_to = models.CharField(max_length=64, blank=True)
    attach_at = models.DateTimeField(null=True)
    attach_tries = models.PositiveSmallIntegerField(default=0)
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
                name="export_one_part_under_way",
                fields=["company", "provider", "document"],
                condition=Q(state__in=sorted(UNDER_WAY)),
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
            models.CheckConstraint(
                name="export_withdrawn_while_sent",
                condition=Q(withdraw_at__isnull=True) | Q(state=State.SENT),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "not_before"]),
            models.Index(name="export_told", fields=["company"], condition=~Q(issues=[])),
            # What the history is filtered and leafed through by, whatever its size (pages/past.py).
            models.Index(name="export_by_day", fields=["company", "voucher_date", "id"]),
            models.Index(name="export_by_state", fields=["company", "state", "voucher_date", "id"]),
            models.Index(name="export_by_arrival", fields=["company", "arrived_at", "id"]),
            models.Index(name="export_by_sum", fields=["company", "debit", "id"]),
            models.Index(name="export_by_mark", fields=["company", "mark"]),
            models.Index(
                name="export_by_voucher",
                fields=["company", "voucher_no"],
                condition=~Q(voucher_no=""),
            ),
            models.Index(
                name="export_to_withdraw",
                fields=["withdraw_at"],
                condition=Q(withdraw_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.state}"

    @property
    def found_issues(self) -> tuple[Issue, ...]:
        """Give what stands in the way, as the values that pages show."""
        return tuple(from_json(issue) for issue in self.issues)

    @property
    def has_document(self) -> bool:
        """Say whether the Z report lies on the draft that is over there."""
        return self.remote_id is not None and self.attached_to == self.remote_id

    @property
    def lacks_document(self) -> bool:
        """Say whether it was given up to put the Z report there (attaching.py)."""
        given_up = self.attach_tries > 0 and self.attach_at is None
        return self.state in ARRIVED and given_up and not self.has_document

    @property
    def awaits_approval(self) -> bool:
        """Say whether this is a correction that nobody has approved yet."""
        blocked = self.state == State.BLOCKED and self.snapshot_id is None
        return blocked and any(issue["code"] in CORRECTION_CODES for issue in self.issues)


@write_once(closes="finished_at", columns=("outcome", "status", "problem"))
class Attempt(models.Model):
    """One call about one export, written down before it is made; its outcome is added once, after.

    `snapshot` is the journal that it was about.
    """

    SEND, LOOK, WITHDRAW, ATTACH = "send", "look", "withdraw", "attach"

    export = models.ForeignKey(Export, models.PROTECT, related_name="attempts")
    purpose = models.CharField(
        max_length=8,
        choices=[(SEND, SEND), (LOOK, LOOK), (WITHDRAW, WITHDRAW), (ATTACH, ATTACH)],
    )
    revision = models.PositiveSmallIntegerField()
    snapshot = models.ForeignKey(JournalSnapshot, models.PROTECT, null=True, related_name="+")
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
