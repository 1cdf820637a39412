"""One export, one attempt, outside any transaction; and the loop that empties the outbox."""

import logging
import time
from datetime import datetime

from accounting import clock
from accounting.company.models import Company
from integrations.exports import outbox
from integrations.exports.models import Export
from integrations.exports.provider import load_provider
from integrations.exports.states import State

logger = logging.getLogger(__name__)

DRAIN_S = 50.0


def one(export_id: int) -> State | None:
    """Send one export if it is ours to send; give its new state, or None where it was not.

    Raises RuntimeError inside a transaction: nobody holds a lock while the far side is asked.
    """
    claim = outbox.claim(export_id, clock.now())
    if claim is None:
        return None
    if claim.export.snapshot is None:
        raise AssertionError(f"export {export_id} is READY without a journal")
    outcome = load_provider(claim.connection).send_journal(
        claim.export.snapshot.as_journal(),
        claim.export.mark,
        lambda: claim.may_write(clock.now()),
    )
    return outbox.finish(claim, outcome, clock.now())


def drain(company: Company | None = None, *, seconds: float = DRAIN_S) -> int:
    """Send what is due, oldest first, until nothing is or the time is up; give how many were sent.

    An export that makes us fail is logged and left to its lease: it never blocks the others.
    """
    begun = time.monotonic()
    sent = 0
    tried: set[int] = set()
    while time.monotonic() - begun < seconds:
        rows = outbox.due(clock.now()).exclude(pk__in=tried)
        if company:
            rows = rows.filter(company=company)
        export_id = rows.values_list("pk", flat=True).first()
        if export_id is None:
            return sent
        if _guarded(export_id) is State.SENT:
            sent += 1
        else:
            tried.add(export_id)
    return sent


def _guarded(export_id: int) -> State | None:
    try:
        return one(export_id)
    except Exception:
        logger.exception("export %s failed on our side; its lease will run out", export_id)
        return None


def unfinished(company: Company) -> tuple[int, datetime | None]:
    """Count what is being sent or may be soon without having failed, and say when to look next.

    A send that failed waits for its back-off and is not counted; one that was only asked to wait is.
    Nor is what is held back: nobody should wait for a pause to end.
    """
    sending = Export.objects.filter(company=company, state=State.SENDING)
    waiting = outbox.sendable().filter(company=company, tries=0)
    count = sending.count() + waiting.count()
    moments = [
        *sending.values_list("lease_until", flat=True),
        *waiting.exclude(not_before=None).values_list("not_before", flat=True),
    ]
    return count, min((m for m in moments if m), default=None)
