"""What happened to one export, oldest first: built, tried, decided by a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounting.company.models import AuditEntry
from integrations.exports.models import Attempt, Export


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: an attempt, a decision, a built journal's setup version, or the start."""

    at: datetime
    attempt: Attempt | None = None
    decision: AuditEntry | None = None
    version: int | None = None


def history_of(export: Export) -> tuple[Event, ...]:
    """Give everything that happened to an export."""
    return tuple(sorted(_events(export), key=lambda event: event.at))


def _events(export: Export) -> Iterator[Event]:
    yield Event(export.created_at)
    if export.snapshot:
        yield Event(export.snapshot.built_at, version=export.snapshot.setup_version)
    for attempt in export.attempts.order_by("started_at", "pk"):
        yield Event(attempt.started_at, attempt=attempt)
    decided = AuditEntry.objects.filter(
        company=export.company_id, action__startswith="export-", subject=export.document[:200]
    )
    for decision in decided.select_related("actor").order_by("at", "pk"):
        yield Event(decision.at, decision=decision)
