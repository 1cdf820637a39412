"""One export, one attempt, outside any transaction; and the loop that empties the outbox."""

import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from structlog.contextvars import bound_contextvars

from accounting import clock
from accounting.company.models import Company
from integrations.exports import outbox
from integrations.exports.crew import share_out
from integrations.exports.models import Export
from integrations.exports.provider import load_provider
from integrations.exports.states import State

logger = logging.getLogger(__name__)

DRAIN_S = 50.0
ASK_AGAIN_S = 0.2
BATCH = 200  # whoever becomes due meanwhile waits for no more than these


def one(export_id: int) -> State | None:
    """Send one export if it is ours to send; give its new state, or None where it was not.

    Raises RuntimeError inside a transaction: nobody holds a lock while the far side is asked.
    """
    claim = outbox.claim(export_id, clock.now())
    if claim is None:
        return None
    if claim.export.snapshot is None:
        raise AssertionError(f"export {export_id} is READY without a journal")
    with bound_contextvars(export=export_id, attempt=claim.attempt.pk):  # on each line of its calls
        outcome = load_provider(claim.connection).send_journal(
            claim.export.snapshot.as_journal(),
            claim.export.mark,
            lambda: claim.may_write(clock.now()),
        )
    return outbox.finish(claim, outcome, clock.now())


def drain(
    company: Company | None = None,
    *,
    seconds: float = DRAIN_S,
    more_comes: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due until nothing is or the time is up; give how many were sent.

    In turns: the oldest of each company, then the second of each. An export that makes us fail is
    logged and left to its lease: it never blocks the others. While `more_comes` it waits for more, so
    that nobody goes twice before the last has gone once.
    """
    begun = time.monotonic()
    sent = 0
    tried: set[int] = set()
    served: set[int] = set()

    def late() -> bool:
        return time.monotonic() - begun >= seconds

    while not late():
        coming = more_comes()  # asked before we look: what came in between is seen
        turns = _turns(company, tried, served)
        if not turns and coming:
            time.sleep(ASK_AGAIN_S)
            continue
        turns = turns or _turns(company, tried)
        if not turns:
            break
        served.update(whose for whose, _ in turns)
        for export_id, state in share_out(turns, _guarded, late):
            if state is State.SENT:
                sent += 1
            else:
                tried.add(export_id)
    return sent


def _turns(
    company: Company | None, tried: Collection[int], served: Collection[int] | None = None
) -> list[tuple[int, int]]:
    """Give what is due next as (company, export), each company's first before anybody's second.

    With `served`, who has had a turn, it is one for each of the others.
    """
    rows = outbox.due(clock.now()).exclude(pk__in=tried)
    if company:
        rows = rows.filter(company=company)
    if served is not None:
        rows = rows.exclude(company__in=served)
    oldest = (F("settlement__business_date").asc(), F("pk").asc())
    turn = Window(RowNumber(), partition_by="company", order_by=oldest)
    ranked = rows.annotate(turn=turn).order_by("turn", *oldest)
    if served is not None:
        ranked = ranked.filter(turn=1)
    return list(ranked.values_list("company", "pk")[:BATCH])


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
