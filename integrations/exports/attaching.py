"""The Z report goes on the draft, as a step of its own after the send: it can fail and be tried again
without anything being sent twice (poweroffice.md 7.8).

`attached_to` names the draft that has it. A new draft has another id, so nothing need be taken back.
"""

import logging
import time
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounting import clock
from accounting.books.models import Settlement
from accounting.company import audit
from accounting.company.models import Company
from integrations.exports import outbox
from integrations.exports.attachments import Attachment, Document, after_attachment
from integrations.exports.crew import share_out
from integrations.exports.models import Attempt, Connection, Export
from integrations.exports.pages import z_report
from integrations.exports.provider import load_provider
from integrations.exports.states import State, Unknown

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)

DRAIN_S = 30.0
BATCH = 100


def lacking() -> QuerySet[Export]:
    """Give the drafts over there that have no document yet and may get one."""
    return Export.objects.filter(
        ~Q(attached_to=F("remote_id")),
        state=State.SENT,
        withdraw_at=None,
        attach_tries__lt=outbox.pace().tries,
        company__accounting_enabled=True,
        company__connections__provider=F("provider"),
        company__connections__paused=False,
    )


def drain(company: Company | None = None, *, seconds: float = DRAIN_S) -> int:
    """Attach what is due, longest waiting first, until nothing is or the time is up; give how many.

    One that makes us fail is logged and left to its lease: it never blocks the others.
    """
    begun = time.monotonic()
    done = 0
    tried: set[int] = set()

    def late() -> bool:
        return time.monotonic() - begun >= seconds

    while not late():
        now = clock.now()
        rows = lacking().filter(Q(attach_at=None) | Q(attach_at__lte=now)).exclude(pk__in=tried)
        if company:
            rows = rows.filter(company=company)
        waiting = rows.order_by("changed_at", "pk").values_list("company", "pk")[:BATCH]
        finished = share_out(list(waiting), _guarded, late)
        if not finished:
            break
        tried.update(export_id for export_id, _ in finished)
        done += sum(attached for _, attached in finished)
    return done


def _guarded(export_id: int) -> bool:
    try:
        return one(export_id)
    except Exception:
        logger.exception("attaching to export %s failed on our side", export_id)
        return False


def one(export_id: int) -> bool:
    """Attach the document of one export if it is ours to attach; say whether it lies there now."""
    now = clock.now()
    taken = _take(export_id, now)
    if taken is None:
        return False
    export, attempt, since = taken
    document = Document(z_report.file_name(export.settlement), z_report.for_voucher(export))
    connection = Connection.objects.get(company=export.company_id, provider=export.provider)
    until = now + outbox.pace().lease
    outcome = load_provider(connection).attach(
        export.remote_id or "",
        document,
        since,
        lambda: clock.now() + outbox.pace().deadline <= until,
    )
    return _finish(export, attempt, outcome, clock.now())


def _take(export_id: int, now: datetime) -> tuple[Export, Attempt, datetime | None] | None:
    """Take it for one lease, with the time since which a copy may lie there unknown to us."""
    with transaction.atomic(durable=True):
        due = lacking().filter(Q(attach_at=None) | Q(attach_at__lte=now), pk=export_id)
        if not due.exists():
            return None
        until = now + outbox.pace().lease
        ours = Export.objects.filter(Q(attach_at=None) | Q(attach_at__lte=now), pk=export_id)
        if not ours.update(attach_at=until):
            return None
        export = Export.objects.select_related(
            "company", "snapshot", "settlement__company", "settlement__register__department"
        ).get(pk=export_id)
        outbox.close_open(export, now)
        since = _doubted_since(export)
        return export, outbox.open_attempt(export, Attempt.ATTACH, uuid.uuid4(), now), since


def _doubted_since(export: Export) -> datetime | None:
    """Give the start of the first attempt on this draft whose end nobody knows."""
    tried = export.attempts.filter(purpose=Attempt.ATTACH, revision=export.revision)
    unknown = tried.filter(outcome__in=[Unknown.__name__, outbox.CRASHED])
    return unknown.order_by("started_at").values_list("started_at", flat=True).first()


def _finish(export: Export, attempt: Attempt, outcome: Attachment, now: datetime) -> bool:
    """Write down how it ended, unless the draft was withdrawn meanwhile or another took it."""
    step = after_attachment(outcome, export.attach_tries, now, outbox.pace())
    with transaction.atomic(durable=True):
        outbox.close(attempt.pk, type(outcome).__name__, outcome.trace, now)
        ours = Export.objects.filter(
            pk=export.pk, remote_id=export.remote_id, attach_at=export.attach_at
        )
        if step.done:
            ours.update(attached_to=export.remote_id, attach_at=None, attach_tries=0)
        else:
            ours.update(attach_at=step.again, attach_tries=step.tries)
    return step.done


def again(settlement: Settlement, actor: "AbstractBaseUser") -> bool:
    """Let the next tick try once more for every draft of a Z that was given up; False: there is none."""
    given_up = Export.objects.filter(
        ~Q(attached_to=F("remote_id")),
        company=settlement.company_id,
        settlement__register=settlement.register_id,
        settlement__z_number=settlement.z_number,
        state=State.SENT,
        attach_at=None,
        attach_tries__gt=0,
    )
    with transaction.atomic():
        documents = list(given_up.values_list("document", flat=True))
        given_up.update(attach_tries=0)
        for document in documents:
            audit.note(settlement.company, "document-asked", document[:200], actor=actor)
    return bool(documents)
