"""What is known to stop every send of a company: it costs no call to find that out once more.

A key that is refused, or a right that is missing, is the same for each settlement. Learnt from the
first that meets it, or before the run; forgotten when a test, new keys or a look at night finds it mended.
"""

from collections.abc import Collection
from datetime import datetime

from accounting.books.domain.issues import Issue, Page, from_json, to_json
from accounting.company.records import bump_setup_version
from integrations.exports.models import Connection, Export
from integrations.exports.states import State


def problems_of(connection: Connection) -> tuple[Issue, ...]:
    """Give what is known to stop every send."""
    return tuple(from_json(issue) for issue in connection.problems)


def learn(connection: Connection, found: Collection[Issue]) -> None:
    """Keep what stops every send; nothing found means that it is mended, and what it stopped goes on."""
    before = connection.problems
    connection.problems = [to_json(issue) for issue in found]
    if connection.problems == before:
        return
    connection.save(update_fields=["problems"])
    if before:
        bump_setup_version(connection.company)


def learn_from_send(connection: Connection, issues: Collection[Issue]) -> None:
    """Keep what stopped one send and will stop the next: what is mended on the connection's page."""
    shared = [issue for issue in issues if issue.fix and issue.fix.page is Page.CONNECTION]
    if shared:
        learn(connection, shared)


def stop(now: datetime) -> None:
    """Stop what is READY at every company where nothing can be sent, with the words for it; no call."""
    ready = Export.objects.filter(state=State.READY)
    standing = Connection.objects.filter(paused=False).exclude(problems=[])
    for connection in standing.filter(company__in=ready.values("company")):
        mine = ready.filter(company=connection.company_id, provider=connection.provider)
        mine.update(state=State.BLOCKED, issues=connection.problems, changed_at=now)
