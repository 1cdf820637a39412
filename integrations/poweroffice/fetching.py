"""Fetches what journals are checked against, and says what would stop every one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounting import clock
from accounting.books import records as books
from accounting.books.domain.issues import Fix, Issue, Page, sentence
from integrations.exports.models import Connection
from integrations.exports.states import Blocked
from integrations.poweroffice import chart, errors, rights
from integrations.poweroffice.access import NotAllowedHere, client_of
from integrations.poweroffice.failures import ApiFailure

PROVIDER = "poweroffice"
UNREACHABLE = "provider-unreachable"


class ConnectRefused(Exception):
    """PowerOffice Go is not connected, or its chart not fetched; `issue` says why, with a way out."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(sentence(issue))
        self.issue = issue


@dataclass(frozen=True, slots=True)
class Fetched:
    """How much of their chart was fetched."""

    accounts: int
    vat_codes: int
    departments: int


def fetch_chart(connection: Connection) -> Fetched:
    """Fetch accounts, VAT codes, departments and the terms of the books, and replace the chart as a whole.

    Inactive departments are left out; one without a code goes by its name. Raises ConnectRefused, and
    keeps the chart as it was, when anything cannot be fetched or there are no accounts at all.
    """
    try:
        client = client_of(connection)
        accounts = client.accounts()
        vat_codes = chart.one_per_code(client.vat_codes())
        departments = [each for each in client.departments() if each.IsActive]
        terms = chart.terms_of(
            client.lock_date(), client.financial_settings(), client.vat_settings()
        )
    except (ApiFailure, NotAllowedHere) as problem:
        raise ConnectRefused(issue_of(problem)) from problem
    if not accounts:
        raise ConnectRefused(Issue("chart-empty", fix=Fix(Page.CONNECTION)))
    books.replace_chart(
        connection.company,
        accounts=[(str(each.Id), chart.account_of(each)) for each in accounts],
        vat_codes=[(str(each.Id), chart.vat_code_of(each)) for each in vat_codes],
        departments=[
            (str(each.Id), each.Code or each.Name, each.Name[: chart.LONGEST_NAME])
            for each in departments
        ],
        terms=terms,
    )
    Connection.objects.filter(pk=connection.pk).update(chart_fetched_at=clock.now())
    return Fetched(len(accounts), len(vat_codes), len(departments))


def stops_everything(connection: Connection) -> tuple[Issue, ...]:
    """Log in, see what we may do, and fetch the chart; give what stops every send, or that nobody answers.

    A new log-in, for a right given or taken counts from the next token on (poweroffice.md 1.3).
    """
    try:
        client = client_of(connection)
        client.log_in()
        lacking = rights.lacking(client.client_information().ValidPrivileges)
        missing = [right for right in lacking if right.needed]
        if missing:
            return (rights_missing(missing),)
        fetch_chart(connection)
    except (ApiFailure, NotAllowedHere) as problem:
        return (issue_of(problem),)
    except ConnectRefused as refused:
        return (refused.issue,)
    return ()


def issue_of(problem: ApiFailure | NotAllowedHere) -> Issue:
    """Say what a failed call of ours means to the person who asked for it."""
    if isinstance(problem, NotAllowedHere):
        return problem.issue
    outcome = errors.outcome_of(problem.failure)
    if isinstance(outcome, Blocked):
        issue = outcome.issues[0]
        return rights_missing(rights.TO_READ) if issue.code == "privilege-missing" else issue
    return _unreachable(errors.trace_of(problem.failure).problem)


def rights_missing(missing: Iterable[rights.Right]) -> Issue:
    """Name the rights that are missing, in both languages."""
    listed = list(missing)
    facts = (
        ("rights_nb", "», «".join(right.nb for right in listed)),
        ("rights_en", "”, “".join(right.en for right in listed)),
    )
    return Issue("rights-missing", facts=facts, fix=Fix(Page.CONNECTION, (("felt", "test"),)))


def _unreachable(detail: str) -> Issue:
    """Give the issue of an answer that did not come; `detail` is for support and is not shown."""
    return Issue(UNREACHABLE, facts=(("detail", detail),), fix=Fix(Page.CONNECTION))
