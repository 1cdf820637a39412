"""The sweep: what lies over there with our mark though no export has its id (reliability.md 5.6).

A draft that came after we had stopped waiting for it. It is deleted by itself only where ours is over
there too and the stray is unposted, in nobody's approval, and identical; else a person is asked.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.domain.journal import Journal
from accounting.company import audit
from accounting.company.models import Company
from integrations.exports import outbox
from integrations.exports.fates import Stray, Withdrawn
from integrations.exports.models import Attempt, Connection, Export
from integrations.exports.provider import Provider, load_provider
from integrations.exports.schedule import last_sweep
from integrations.exports.states import ARRIVED, CannotLook, State, Trace

logger = logging.getLogger(__name__)

BACK = timedelta(days=40)  # more than a month: what came too late is never found later than that
ADOPTS = frozenset({State.READY, State.BLOCKED, State.HELD})
LOOKED_FOR = frozenset({State.SENDING, State.UNCERTAIN})  # their own looks decide


def due(now: datetime) -> None:
    """Sweep every company that was not swept since the last moment for it."""
    last = Coalesce("swept_at", "connected_at")
    _each(Connection.objects.alias(last=last).filter(last__lt=last_sweep(now)), now)


def everything(now: datetime, only: Company | None = None) -> int:
    """Sweep every company now, or one; give how many strays there were where they could be looked for."""
    rows = Connection.objects.all()
    return _each(rows.filter(company=only) if only else rows, now)


def _each(rows: QuerySet[Connection], now: datetime) -> int:
    """Sweep these; one that makes us fail is logged, and never keeps the others back."""
    strays = 0
    for connection in rows.select_related("company").order_by("pk"):
        try:
            strays += company(connection, now) or 0
        except Exception:
            logger.exception("sweeping company %s failed on our side", connection.company_id)
    return strays


def company(connection: Connection, now: datetime) -> int | None:
    """Sweep one company; give how many strays there were, None where nobody could look."""
    exports = _by_mark(connection, now - BACK)
    strays: Sequence[Stray] | CannotLook = ()
    provider = load_provider(connection)
    if exports:
        strays = provider.strays(now - BACK, exports, lambda mark: _journal(exports[mark], mark))
    if isinstance(strays, CannotLook):
        return None
    for stray in strays:
        _one(provider, exports[stray.mark], stray, now)
    Connection.objects.filter(pk=connection.pk).update(swept_at=now)
    return len(strays)


def _by_mark(connection: Connection, since: datetime) -> dict[str, Export]:
    """Give what was sent since then by every mark it had, those of earlier revisions too."""
    sent = Attempt.objects.filter(
        export=OuterRef("pk"), purpose=Attempt.SEND, started_at__gte=since
    )
    rows = Export.objects.filter(
        Exists(sent), company=connection.company_id, provider=connection.provider
    )
    org_no = connection.company.org_no
    return {
        outbox.mark_of(org_no, export.document, export.part, revision): export
        for export in rows.select_related("snapshot", "company")
        for revision in range(1, export.revision + 1)
    }


def _journal(export: Export, mark: str) -> Journal | None:
    if export.snapshot is None or mark != export.mark:
        return None
    return export.snapshot.as_journal()


def _one(provider: Provider, export: Export, stray: Stray, now: datetime) -> None:
    """Adopt a stray where ours is not over there, delete it where it is surplus, else ask."""
    if export.state in LOOKED_FOR:
        return
    if export.state in ADOPTS and stray.as_sent:
        _adopt(export, stray, now)
    elif export.state in ARRIVED and stray.as_sent and not (stray.posted or stray.in_approval):
        _delete(provider, export, stray, now)
    else:
        _tell(export, stray)


def _adopt(export: Export, stray: Stray, now: datetime) -> None:
    """It is the very draft that we took for not sent: from now on it is ours."""
    state = State.POSTED if stray.posted else State.SENT
    with transaction.atomic(durable=True):
        ours = Export.objects.filter(pk=export.pk, state=export.state, revision=export.revision)
        if ours.update(
            state=state,
            remote_id=stray.remote_id,
            arrived_at=now,
            attach_at=None,
            attach_tries=0,
            not_before=now,
            issues=[],
            changed_at=now,
        ):
            after = {"state": state}
            audit.note(export.company, "export-adopted", export.document[:200], after=after)
    export.state = state  # a second stray of it is surplus


def _delete(provider: Provider, export: Export, stray: Stray, now: datetime) -> None:
    """Delete a surplus draft: an attempt of its own, written down before the call."""
    with transaction.atomic(durable=True):
        outbox.close_open(export, now)
        attempt = outbox.open_attempt(export, Attempt.WITHDRAW, uuid.uuid4(), now)
    until = now + outbox.pace().lease
    outcome = provider.withdraw(stray.remote_id, lambda: now + outbox.pace().deadline <= until)
    with transaction.atomic(durable=True):
        trace = Trace(outcome.trace.status, f"{stray.remote_id} {outcome.trace.problem}".strip())
        outbox.close(attempt.pk, type(outcome).__name__, trace, now)
        if isinstance(outcome, Withdrawn):
            audit.note(export.company, "surplus-deleted", export.document[:200])


def _tell(export: Export, stray: Stray) -> None:
    """A person must look: the stray is posted, changed, in approval, or the settlement is left out."""
    facts = (("mark", stray.mark),)
    issue = Issue("draft-surplus", facts=facts, fix=Fix(Page.STATUS))
    Export.objects.filter(pk=export.pk, state=export.state).update(issues=[to_json(issue)])
