"""What Prometheus reads from /metrics: how the queue stands, read from the database at each scrape.

Five queries, each on an index of what is not over yet: what is posted or left out is the past, grows
for ever and is not counted. No company, person or document is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from backoffice import pulse
from integrations.exports.models import Connection, Export, ExportRun
from integrations.exports.states import State
from integrations.pos.models import IntakeFile

UNSENT = (State.READY, State.SENDING, State.UNCERTAIN, State.BLOCKED, State.HELD)
COUNTED = (*UNSENT, State.SENT, State.REMOVED)
SAID = {
    "exports": "Exports in each state that is not the end.",
    "oldest_unsent_seconds": "Age of the export that has been in the outbox longest and is not over there.",
    "uncertain_age_seconds": "Age of the oldest doubt: sent, and nobody knows whether it arrived.",
    "runs_waiting": "Runs whose documents are not all in the outbox yet.",
    "runs_oldest_seconds": "Age of the oldest of those runs.",
    "tick_age_seconds": "Since beat's tick was last carried out.",
    "worker_age_seconds": "Since any task was last carried out.",
    "connections": "Companies connected, by whether their exporting is paused.",
    "intake_files_waiting": "Files from tills that are not read yet.",
}


def exposition(now: datetime) -> bytes:
    """Give the text of one scrape."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(FromDatabase(now))
    return generate_latest(registry)


@dataclass(frozen=True, slots=True)
class FromDatabase(Collector):
    """Reads everything anew at each scrape, so that it is right whichever process answers."""

    now: datetime

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give every family, without a sample where there is nothing to tell."""
        yield from self._exports()
        yield from self._runs()
        yield from self._ages()
        yield _labelled("connections", "paused", _connections().items())
        waiting = IntakeFile.objects.filter(state=IntakeFile.WAITING).count()
        yield _family("intake_files_waiting", waiting)

    def _exports(self) -> Iterator[GaugeMetricFamily]:
        rows = Export.objects.filter(state__in=COUNTED).order_by().values_list("state")
        found = {
            state: (count, since, doubted)
            for state, count, since, doubted in rows.annotate(
                Count("pk"), Min("created_at"), Min("doubted_at")
            )
        }
        counts = {state.value: found.get(state, (0,))[0] for state in COUNTED}
        yield _labelled("exports", "state", counts.items())
        since = min((found[state][1] for state in UNSENT if state in found), default=None)
        yield _family("oldest_unsent_seconds", self._age(since))
        doubted = found[State.UNCERTAIN][2] if State.UNCERTAIN in found else None
        yield _family("uncertain_age_seconds", self._age(doubted))

    def _runs(self) -> Iterator[GaugeMetricFamily]:
        unbuilt = ExportRun.objects.filter(built_at=None)
        count, since = unbuilt.aggregate(n=Count("pk"), at=Min("made_at")).values()
        yield _family("runs_waiting", count)
        yield _family("runs_oldest_seconds", self._age(since))

    def _ages(self) -> Iterator[GaugeMetricFamily]:
        beat, worker = pulse.seen()
        yield _family("tick_age_seconds", self._age(beat))
        yield _family("worker_age_seconds", self._age(worker))

    def _age(self, since: datetime | None) -> float | None:
        return None if since is None else (self.now - since).total_seconds()


def _connections() -> dict[str, int]:
    counts = Connection.objects.aggregate(
        yes=Count("pk", filter=Q(paused=True)), no=Count("pk", filter=Q(paused=False))
    )
    return dict(counts)


def _family(name: str, value: float | None) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"backoffice_{name}", SAID[name])
    if value is not None:
        family.add_metric([], value)
    return family


def _labelled(name: str, label: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"backoffice_{name}", SAID[name], labels=[label])
    for key, value in values:
        family.add_metric([key], value)
    return family
