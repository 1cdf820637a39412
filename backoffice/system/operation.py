"""Driftsstatus: whether the machinery runs, told without a key, an address or a setting."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from accounting import insert_only
from backoffice import pulse
from backoffice.celery import broker_answers
from backoffice.readiness import beat_late
from integrations.exports.queries import oldest_due, states
from integrations.exports.states import State
from integrations.pos.models import IntakeFile


@dataclass(frozen=True, slots=True)
class Operation:
    """`beat_seen` is the latest tick that was carried out, `worker_seen` the latest task of any kind.

    `oldest_due` is when the export that has waited longest was put in the queue.
    """

    broker: bool
    beat_seen: datetime | None
    worker_seen: datetime | None
    beat_late: bool
    states: Counter[str]
    oldest_due: datetime | None
    files_waiting: int
    guards_missing: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Say whether everything stands as it should; exports that people must mend do not count."""
        return self.broker and not self.beat_late and not self.guards_missing

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Give the states of the queue in the order of their life, with how many are in each."""
        order = (State.READY, State.SENDING, State.UNCERTAIN, State.BLOCKED, State.HELD)
        return [(state.value, self.states[state]) for state in order]


def operation_now(now: datetime) -> Operation:
    """Look at the broker, the marks that tasks leave, and the queues."""
    beat, worker = pulse.seen()
    return Operation(
        broker=broker_answers(),
        beat_seen=beat,
        worker_seen=worker,
        beat_late=beat_late(beat, now),
        states=states(),
        oldest_due=oldest_due(now),
        files_waiting=IntakeFile.objects.filter(state=IntakeFile.WAITING).count(),
        guards_missing=tuple(insert_only.missing()),
    )
