"""The test of a connection: log-in, whose client, each right, the chart; kept with its time."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from accounting.books.domain.issues import Issue, from_json, to_json
from integrations.exports import records
from integrations.exports.models import Connection
from integrations.poweroffice import rights, wire
from integrations.poweroffice.access import NotAllowedHere, client_of
from integrations.poweroffice.failures import ApiFailure
from integrations.poweroffice.fetching import (
    UNREACHABLE,
    ConnectRefused,
    fetch_chart,
    issue_of,
    rights_missing,
)


class Step(StrEnum):
    """What is tried, in its order."""

    LOG_IN = "log-in"
    CLIENT = "client"
    RIGHT = "right"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class Check:
    """How one step went. `what` is whose client, which right (their name), or how many accounts.

    `held` is False where it did not go well. `issue` is what stands in the way: of several rights that
    are missing the last one tells them all, and a right that is not needed yet stops nothing.
    """

    step: Step
    what: str = ""
    held: bool = True
    issue: Issue | None = None


def check(connection: Connection) -> tuple[Check, ...]:
    """Test the connection and keep the result. What cannot be tried after a failure is left out."""
    found = tuple(_steps(connection))
    issues = [each.issue for each in found if each.issue]
    answered = all(issue.code != UNREACHABLE for issue in issues)
    stored = [_stored(each) for each in found]
    records.keep_checks(connection, stored, issues if answered else None)
    return found


def checks_of(connection: Connection) -> tuple[Check, ...]:
    """Give what the latest test found; nothing before the first."""
    return tuple(_read(row) for row in connection.checks)


def _steps(connection: Connection) -> Iterator[Check]:
    step = Step.LOG_IN
    try:
        client = client_of(connection)
        client.log_in()
        yield Check(step)
        step = Step.CLIENT
        whose = client.client_information()
        yield Check(step, whose.ClientName)
    except (ApiFailure, NotAllowedHere) as problem:
        yield Check(step, held=False, issue=issue_of(problem))
        return
    found = list(_rights(whose))
    yield from found
    if any(each.issue for each in found):
        return
    try:
        yield Check(Step.CHART, str(fetch_chart(connection).accounts))
    except ConnectRefused as refused:
        yield Check(Step.CHART, held=False, issue=refused.issue)


def _rights(whose: wire.ClientInformation) -> Iterator[Check]:
    """Give a line for each right; all that are missing are told in one issue, at the last of them."""
    lacking = rights.lacking(whose.ValidPrivileges)
    stopping = [right for right in lacking if right.needed]
    for right in rights.RIGHTS:
        told = bool(stopping) and right is stopping[-1]
        issue = rights_missing(stopping) if told else None
        yield Check(Step.RIGHT, right.name, right not in lacking, issue)


def _stored(found: Check) -> dict[str, object]:
    issue = to_json(found.issue) if found.issue else None
    return {**asdict(found), "step": found.step.value, "issue": issue}


def _read(row: dict[str, object]) -> Check:
    issue = row["issue"]
    return Check(
        Step(str(row["step"])),
        str(row["what"]),
        bool(row["held"]),
        from_json(issue) if isinstance(issue, dict) else None,
    )
