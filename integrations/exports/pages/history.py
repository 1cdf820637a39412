"""What happened to one export, oldest first: built, tried, decided by a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounting.books.models import Settlement
from accounting.company.models import AuditEntry
from integrations.exports.models import Attempt, Export

DECISIONS = ("finding-acknowledged", "cash-counted")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: an attempt, a decision, a built journal's setup version, or the start."""

    at: datetime
    attempt: Attempt | None = None
    decision: AuditEntry | None = None
    version: int | None = None


def history_of(export: Export | None, settlement: Settlement) -> tuple[Event, ...]:
    """Give everything that happened to an export, and what people decided about its settlement."""
    events = [*(_events(export) if export else ()), *_decisions(settlement)]
    return tuple(sorted(events, key=lambda event: event.at))


def _decisions(settlement: Settlement) -> Iterator[Event]:
    """Give what was decided about any revision of the same Z, which the log names by its own words."""
    this_z = f"{settlement.register_id}/Z {settlement.z_number} r"
    decided = AuditEntry.objects.filter(
        company=settlement.company_id, action__in=DECISIONS, subject__startswith=this_z
    )
    for decision in decided.select_related("actor").order_by("at", "pk"):
        yield Event(decision.at, decision=decision)


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
