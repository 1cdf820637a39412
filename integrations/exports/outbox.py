"""The fenced UPDATEs: nobody holds a lock while the far side is asked, and no two send one document.

Every arrow is a conditional UPDATE that must hit one row; who misses it does nothing. The attempt is
committed before the call, its outcome after it (reliability.md 5.3, 5.4). Within a transaction the export
comes before its attempt, everywhere: else two of them wait for each other.
"""

import base64
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounting.books.domain.issues import to_json
from integrations.exports import restored
from integrations.exports.models import Attempt, Connection, Export
from integrations.exports.standstill import learn_from_send
from integrations.exports.states import (
    Doubt,
    Move,
    Outcome,
    Pace,
    Probe,
    State,
    Trace,
    Unknown,
    after,
    after_probe,
)

_NAMESPACE = uuid.UUID("6f1c2f0e-8a55-5c0e-9d0e-2f4b7f3d1a90")
CRASHED = "crashed"


def pace() -> Pace:
    """Give our patience as the settings have it (seconds)."""
    seconds = timedelta(seconds=1)
    lease = settings.EXPORT_LEASE_S * seconds
    return Pace(
        lease=lease,
        # A write must be over before the lease is, also where a drill shortens the lease alone.
        deadline=min(settings.EXPORT_DEADLINE_S * seconds, lease * 2 / 3),
        quiet=settings.EXPORT_QUIET_S * seconds,
        probe_gap=settings.EXPORT_PROBE_GAP_S * seconds,
        give_up=settings.EXPORT_GIVE_UP_S * seconds,
        read_back=settings.EXPORT_READ_BACK_S * seconds,
        follow=settings.EXPORT_FOLLOW_S * seconds,
        backoff=tuple(step * seconds for step in settings.EXPORT_BACKOFF_S),
    )


def mark_of(org_no: str, document: str, part: int, revision: int) -> str:
    """Give the eight characters that close a draft's description: the same for every retry."""
    name = f"{org_no}|journal|{document}|{part}|{revision}"
    return base64.b32encode(uuid.uuid5(_NAMESPACE, name).bytes[:5]).decode()


@dataclass(frozen=True, slots=True)
class Claim:
    """One export that is ours to send until `lease_until`, with its open attempt."""

    export: Export
    connection: Connection
    attempt: Attempt
    lease_until: datetime

    def may_write(self, now: datetime) -> bool:
        """Say whether a write that begins now is over before another may take the export."""
        return now + pace().deadline <= self.lease_until


def sendable() -> QuerySet[Export]:
    """Give the READY exports that nobody holds back: the right, the pause, the export-from date.

    Nor a setup that has changed since, which builds them anew, nor what is known to stop every send.
    """
    return Export.objects.filter(
        restored.looked_for(),
        state=State.READY,
        setup_version=F("company__setup_version"),
        company__accounting_enabled=True,
        company__connections__provider=F("provider"),
        company__connections__paused=False,
        company__connections__problems=[],
        company__export_starts__provider=F("provider"),
        company__export_starts__day__lte=F("settlement__created_on"),
    )


def due(now: datetime) -> QuerySet[Export]:
    """Give the exports that may be sent now, oldest day first."""
    waited = Q(not_before=None) | Q(not_before__lte=now)
    return sendable().filter(waited).order_by("settlement__business_date", "pk")


def claim(export_id: int, now: datetime) -> Claim | None:
    """Take one export for sending, or give None when it is not ours to take.

    The right, the pause and the export-from date are asked again here, at the last moment.
    """
    with transaction.atomic(durable=True):
        lease = uuid.uuid4()
        lease_until = now + pace().lease
        if not due(now).filter(pk=export_id).exists():
            return None
        moved = Export.objects.filter(pk=export_id, state=State.READY).update(
            state=State.SENDING, lease=lease, lease_until=lease_until, changed_at=now
        )
        if moved != 1:
            return None
        export = Export.objects.select_related("company", "snapshot", "settlement").get(
            pk=export_id
        )
        connection = Connection.objects.get(company=export.company_id, provider=export.provider)
        attempt = open_attempt(export, Attempt.SEND, lease, now)
        return Claim(export, connection, attempt, lease_until)


def finish(done: Claim, outcome: Outcome, now: datetime) -> State | None:
    """Write down how a send ended. None: the lease had run out, and others decide by now."""
    move = after(outcome, done.export.tries, now, pace())
    with transaction.atomic(durable=True):
        ours = Export.objects.filter(
            pk=done.export.pk, state=State.SENDING, lease=done.attempt.lease
        )
        moved = ours.update(**_columns(move, now), doubted_at=_doubted_at(move, now))
        close(done.attempt.pk, type(outcome).__name__, outcome.trace, now)
        learn_from_send(done.connection, move.issues)
    return move.state if moved else None


def release_stale(now: datetime) -> int:
    """Turn every send whose lease has run out into a question: it may have arrived, or not."""
    released = 0
    for export in Export.objects.filter(state=State.SENDING, lease_until__lt=now):
        move = after(Unknown(), export.tries, now, pace())
        with transaction.atomic(durable=True):
            stale = Export.objects.filter(pk=export.pk, state=State.SENDING, lease=export.lease)
            moved = stale.update(**_columns(move, now), doubted_at=now)
            if moved:
                close_open(export, now)
        released += moved
    return released


@dataclass(frozen=True, slots=True)
class Look:
    """One UNCERTAIN export that is ours to look for."""

    export: Export
    connection: Connection
    attempt: Attempt
    doubt: Doubt
    since: datetime
    held_until: datetime


def uncertain(now: datetime) -> QuerySet[Export]:
    """Give the exports that are to be looked for now."""
    waited = Q(not_before=None) | Q(not_before__lte=now)
    return Export.objects.filter(waited, state=State.UNCERTAIN).order_by("pk")


def take_look(export_id: int, now: datetime) -> Look | None:
    """Take one UNCERTAIN export for a look, also before its time; such a look cannot count as clean."""
    with transaction.atomic(durable=True):
        export = (
            Export.objects.select_related("company", "snapshot", "settlement")
            .filter(pk=export_id, state=State.UNCERTAIN)
            .first()
        )
        if export is None:
            return None
        connection = Connection.objects.get(company=export.company_id, provider=export.provider)
        held_until = now + pace().lease
        counts_from = export.not_before or now
        ours = Export.objects.filter(
            pk=export_id, state=State.UNCERTAIN, not_before=export.not_before, lease=None
        )
        if ours.update(not_before=held_until) != 1:
            return None
        close_open(export, now)
        attempt = open_attempt(export, Attempt.LOOK, uuid.uuid4(), now)
        doubt = Doubt(
            since=export.doubted_at or now,
            counts_from=counts_from,
            looked_at=now,
            probes=export.probes,
            tries=export.tries,
            mark=export.mark,
        )
        return Look(export, connection, attempt, doubt, _first_sent(export, connection), held_until)


def _first_sent(export: Export, connection: Connection) -> datetime:
    """Give the first send of this revision, after a restore the till's Z: no draft of ours is older."""
    sends = export.attempts.filter(purpose=Attempt.SEND, revision=export.revision)
    first = sends.order_by("started_at").values_list("started_at", flat=True).first()
    return first if first and not connection.restored_at else export.settlement.closed_at


def finish_look(look: Look, probe: Probe, now: datetime) -> State | None:
    """Write down what a look gave. None: another has decided meanwhile."""
    move = after_probe(probe, look.doubt, now, pace())
    with transaction.atomic(durable=True):
        ours = Export.objects.filter(
            pk=look.export.pk, state=State.UNCERTAIN, not_before=look.held_until
        )
        moved = ours.update(**_columns(move, now))
        trace = getattr(probe, "trace", Trace())
        close(look.attempt.pk, type(probe).__name__, trace, now)
    return move.state if moved else None


def _columns(move: Move, now: datetime) -> dict[str, object]:
    columns: dict[str, object] = {
        "state": move.state,
        "lease": None,
        "lease_until": None,
        "not_before": move.not_before,
        "tries": move.tries,
        "probes": move.probes,
        "issues": [to_json(issue) for issue in move.issues],
        "changed_at": now,
    }
    if move.remote_id:  # a new draft: its document has not been tried yet
        columns |= {"remote_id": move.remote_id, "arrived_at": now}
        columns |= {"attach_at": None, "attach_tries": 0}
    return columns


def _doubted_at(move: Move, now: datetime) -> datetime | None:
    return now if move.state is State.UNCERTAIN else None


def open_attempt(export: Export, purpose: str, lease: uuid.UUID, now: datetime) -> Attempt:
    """Write down a call that is about to be made."""
    return Attempt.objects.create(
        export=export,
        purpose=purpose,
        revision=export.revision,
        snapshot_id=export.snapshot_id,
        lease=lease,
        started_at=now,
    )


def close(attempt_id: int, outcome: str, trace: Trace, now: datetime) -> None:
    """Add how a call ended, once."""
    Attempt.objects.filter(pk=attempt_id, finished_at=None).update(
        finished_at=now, outcome=outcome, status=trace.status, problem=trace.problem[:500]
    )


def close_open(export: Export, now: datetime) -> None:
    """Close what a crash left open: nobody knows how that call ended."""
    for attempt in export.attempts.filter(finished_at=None):
        close(attempt.pk, CRASHED, Trace(), now)
