"""What happened to one export, oldest first: built, tried, decided by a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.money import Ore, from_kroner
from accounting.books.models import Settlement
from accounting.books.queries import twice_delivered
from accounting.company.models import AuditEntry
from integrations.exports.models import Attempt, Export

WORDS: Mapping[str, Promise] = {
    "export-sent-again": _("Sendt på nytt"),
    "export-looked-for-again": _("Ny kontroll bestilt"),
    "export-built-anew": _("Bygd på nytt"),
    "export-withdrawn": _("Bedt om å trekke tilbake utkastet"),
    "export-corrected": _("Korrigering godkjent"),
    "export-adopted": _("Funnet i PowerOffice Go likevel"),
    "export-posted": _("Bokført i PowerOffice Go"),
    "export-removed": _("Slettet i PowerOffice Go"),
    "export-left-out": _("Utelatt"),
    "export-booked-by-hand": _("Utelatt"),  # the reason says that it is booked by hand
    "finding-acknowledged": _("Avvik godkjent"),
}
DECISIONS = ("finding-acknowledged", "cash-counted")
RECEIPT_CHOSEN = "receipt-chosen"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: an attempt, a decision, a built journal's setup version, or the start.

    `correction` is the number of the correction that was proposed, 0 for the document itself.
    """

    at: datetime
    attempt: Attempt | None = None
    decision: AuditEntry | None = None
    version: int | None = None
    correction: int = 0

    @property
    def words(self) -> Promise:
        """Say what was decided or seen, where that needs no amount."""
        return WORDS[self.decision.action if self.decision else ""]

    @property
    def amount(self) -> Ore | None:
        """Give the amount that was decided about, in øre: the cash counted, the receipt's total."""
        after = self.decision.after if self.decision else None
        return from_kroner(after["amount"]) if after and after.get("amount") else None


def history_of(export: Export | None, settlement: Settlement) -> tuple[Event, ...]:
    """Give everything that happened to an export, and what people decided about its settlement."""
    events = [*(_events(export) if export else ()), *_decisions(settlement)]
    return tuple(sorted(events, key=lambda event: event.at))


def _decisions(settlement: Settlement) -> Iterator[Event]:
    """Give what was decided about any revision of the same Z, or a receipt in it.

    The log names both by their own words.
    """
    till = settlement.register_id
    this_z = Q(action__in=DECISIONS, subject__startswith=f"{till}/Z {settlement.z_number} r")
    receipts = [f"{till}/{nr}" for nr in twice_delivered(settlement)]
    chosen = Q(action=RECEIPT_CHOSEN, subject__in=receipts)
    decided = AuditEntry.objects.filter(this_z | chosen, company=settlement.company_id)
    for decision in decided.select_related("actor").order_by("at", "pk"):
        yield Event(decision.at, decision=decision)


def _events(export: Export) -> Iterator[Event]:
    yield Event(export.created_at, correction=export.part)
    if export.snapshot:
        yield Event(export.snapshot.built_at, version=export.snapshot.setup_version)
    for attempt in export.attempts.order_by("started_at", "pk"):
        yield Event(attempt.started_at, attempt=attempt)
    decided = AuditEntry.objects.filter(
        company=export.company_id, action__startswith="export-", subject=export.document[:200]
    )
    for decision in decided.select_related("actor").order_by("at", "pk"):
        yield Event(decision.at, decision=decision)
