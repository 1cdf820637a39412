"""A connection that would go to another client over there, and what is left at the one it goes from."""

from dataclasses import dataclass
from datetime import date

from accounting.company.models import Company
from integrations.exports.queries import connection_of, export_start_of, left_over_there
from integrations.poweroffice.connect import Opened


@dataclass(frozen=True, slots=True)
class Move:
    """From which client (`was` is its name), how many drafts stay there, and the date that stands."""

    client_id: str
    was: str
    drafts: int
    start: date | None


def move_of(company: Company, opened: Opened) -> Move | None:
    """Say what keeping these keys would move away from; None where it is the first or same client."""
    known = connection_of(company)
    if known is None or known.client_id == opened.client_id:
        return None
    start = export_start_of(company)
    return Move(
        known.client_id,
        known.client_name,
        left_over_there(company),
        start.day if start else None,
    )
