"""What the tests against the sandbox share: what shall go wrong, and what became of the export."""

from integrations.exports.models import Attempt, Export
from tests.sandbox import CREATE, Sandbox

LIST = "GET /JournalEntryVouchers"
QUIET, GAP = 900, 120


def fails(sandbox: Sandbox, fault: str, call: str = CREATE, times: int = 1, **more) -> None:
    sandbox.faults([{"call": call, "fault": fault, "times": times, **more}])


def state(export: Export) -> str:
    export.refresh_from_db()
    return export.state


def outcomes(export: Export) -> list[str]:
    """How every attempt ended, but those to attach the document: they never hold anything up."""
    rows = export.attempts.exclude(purpose=Attempt.ATTACH)
    return list(rows.order_by("pk").values_list("outcome", flat=True))


def codes(export: Export) -> list[str]:
    export.refresh_from_db()
    return [issue.code for issue in export.found_issues]
