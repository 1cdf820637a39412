"""«Trekk tilbake utkastet»: our own unposted draft is deleted, and only then built anew.

Asked for in one column, done by the tick: a crash at any moment leaves the asking, and deleting twice
does no harm. Nothing is built before the draft is certainly gone, so there are never two.
"""

import logging
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from accounting import clock
from accounting.books.domain.issues import to_json
from accounting.company import audit
from accounting.company.models import Company
from integrations.exports import outbox, parts
from integrations.exports.builder import Builder
from integrations.exports.fates import Withdrawal, after_withdrawal
from integrations.exports.models import Attempt, Connection, Export
from integrations.exports.provider import load_provider
from integrations.exports.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)


def ask(export: Export, actor: "AbstractBaseUser") -> bool:
    """Have the next tick withdraw a draft and build anew.

    False when it is no unposted draft now, or another part of its document is on its way.
    """
    with transaction.atomic():
        if parts.on_its_way(parts.locked(export)):
            return False
        ours = Export.objects.filter(
            pk=export.pk, state=State.SENT, revision=export.revision, withdraw_at=None
        )
        if not ours.update(withdraw_at=clock.now()):
            return False
        audit.note(export.company, "export-withdrawn", export.document[:200], actor=actor)
    return True


def due(now: datetime) -> None:
    """Withdraw what was asked for; one that makes us fail is logged and tried again later."""
    rows = Export.objects.filter(withdraw_at__lte=now, company__connections__paused=False)
    for export_id in list(rows.order_by("withdraw_at").values_list("pk", flat=True)):
        try:
            one(export_id)
        except Exception:
            logger.exception("withdrawing export %s failed on our side", export_id)


def one(export_id: int) -> State | None:
    """Withdraw one draft if it is ours to withdraw; give the export's new state, else None."""
    now = clock.now()
    taken = _take(export_id, now)
    if taken is None:
        return None
    export, attempt = taken
    until = now + outbox.pace().lease
    connection = Connection.objects.get(company=export.company_id, provider=export.provider)
    outcome = load_provider(connection).withdraw(
        export.remote_id or "", lambda: clock.now() + outbox.pace().deadline <= until
    )
    return _finish(export, attempt, outcome, clock.now())


def _take(export_id: int, now: datetime) -> tuple[Export, Attempt] | None:
    """Take it for one lease; an attempt that a crash left open is closed first."""
    with transaction.atomic(durable=True):
        ours = Export.objects.filter(pk=export_id, state=State.SENT, withdraw_at__lte=now)
        if not ours.update(withdraw_at=now + outbox.pace().lease):
            return None
        export = Export.objects.select_related("company").get(pk=export_id)
        outbox.close_open(export, now)
        attempt = outbox.open_attempt(export, Attempt.WITHDRAW, uuid.uuid4(), now)
        return export, attempt


def _finish(export: Export, attempt: Attempt, outcome: Withdrawal, now: datetime) -> State | None:
    """Write down how it ended; what is gone is built anew in the same transaction."""
    follows = after_withdrawal(outcome, export.mark, now, outbox.pace())
    with transaction.atomic(durable=True):
        Export.objects.select_for_update().get(pk=export.pk)  # before its attempt (outbox.py)
        outbox.close(attempt.pk, type(outcome).__name__, outcome.trace, now)
        ours = Export.objects.filter(pk=export.pk, state=State.SENT, withdraw_at=export.withdraw_at)
        if not follows.gone:
            issues = [to_json(issue) for issue in follows.issues]
            moved = ours.update(withdraw_at=follows.again, issues=issues, not_before=now)
            return State.SENT if moved else None
        if not ours.update(state=State.REMOVED, withdraw_at=None, changed_at=now):
            return None
        company = Company.objects.get(pk=export.company_id)
        Builder(company, export.provider, now).rebuild([export])
        return State(Export.objects.values_list("state", flat=True).get(pk=export.pk))
