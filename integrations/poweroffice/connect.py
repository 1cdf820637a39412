"""Connects a company to PowerOffice Go, and fetches the chart that its journals are checked against."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from accounting import clock
from accounting.books import records as books
from accounting.books.domain.issues import Fix, Issue, Page, sentence
from accounting.books.domain.setup import Account, VatCode
from accounting.company.models import Company
from accounting.company.records import Refused
from integrations.exports import records
from integrations.exports.models import Connection
from integrations.exports.states import Blocked
from integrations.poweroffice import errors, wire
from integrations.poweroffice.access import NotAllowedHere, client_of, open_client
from integrations.poweroffice.failures import ApiFailure
from integrations.poweroffice.hosts import Keys

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

PROVIDER = "poweroffice"
LONGEST_NAME = 200

# Go refuses entries on these and wants the customer's or supplier's own account instead
# (poweroffice.md 4.2). GeneralLedgerAccountDto does not say which they are; by the standard chart
# (NS 4102) they are 1500 Kundefordringer and 2400 Leverandørgjeld.
CONTROL_ACCOUNTS = frozenset({1500, 2400})


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


def connect(
    company: Company,
    environment: str,
    application_key: str,
    client_key: str,
    subscription_key: str,
    *,
    actor: "AbstractBaseUser | None" = None,
) -> Connection:
    """Try the keys, see whose they are, and keep them sealed.

    Raises ConnectRefused, and keeps nothing, for keys that do not open, a far side that does not
    answer, an environment not used here, and a client that belongs to another company.
    """
    keys = Keys(application_key.strip(), client_key.strip(), subscription_key.strip())
    if not all(map(_can_be_a_key, (keys.application, keys.client, keys.subscription))):
        raise ConnectRefused(errors.key_refused())
    try:
        whose = open_client(environment, keys).client_information()
    except (ApiFailure, NotAllowedHere) as problem:
        raise ConnectRefused(_issue_of(problem)) from problem
    name = whose.ClientName[:LONGEST_NAME]
    try:
        return records.save_connection(
            company,
            records.Tested(
                provider=PROVIDER,
                environment=environment,
                keys={
                    "application": keys.application,
                    "client": keys.client,
                    "subscription": keys.subscription,
                },
                shown_key="client",
                client_id=whose.ClientId,
                client_name=name,
            ),
            actor=actor,
        )
    except Refused as problem:
        facts = (("client", name),)
        issue = Issue("client-at-another-company", name, facts, Fix(Page.CONNECTION))
        raise ConnectRefused(issue) from problem


def fetch_chart(connection: Connection) -> Fetched:
    """Fetch accounts, VAT codes and departments, and replace the chart with them as a whole.

    Inactive departments are left out; one without a code goes by its name. Raises ConnectRefused, and
    keeps the chart as it was, when anything cannot be fetched or there are no accounts at all.
    """
    try:
        client = client_of(connection)
        accounts = client.accounts()
        vat_codes = _one_per_code(client.vat_codes())
        departments = [each for each in client.departments() if each.IsActive]
    except (ApiFailure, NotAllowedHere) as problem:
        raise ConnectRefused(_issue_of(problem)) from problem
    if not accounts:
        raise ConnectRefused(_unreachable("kontoplanen er tom"))
    books.replace_chart(
        connection.company,
        accounts=[(str(each.Id), _account(each)) for each in accounts],
        vat_codes=[(str(each.Id), _vat_code(each)) for each in vat_codes],
        departments=[
            (str(each.Id), each.Code or each.Name, each.Name[:LONGEST_NAME]) for each in departments
        ],
    )
    Connection.objects.filter(pk=connection.pk).update(chart_fetched_at=clock.now())
    return Fetched(len(accounts), len(vat_codes), len(departments))


def _can_be_a_key(text: str) -> bool:
    """Say whether it can stand in a header at all; what they think of it is theirs to say."""
    return bool(text) and text.isascii() and text.isprintable()


def _issue_of(problem: ApiFailure | NotAllowedHere) -> Issue:
    if isinstance(problem, NotAllowedHere):
        return Issue("environment-not-allowed", fix=Fix(Page.CONNECTION))
    outcome = errors.outcome_of(problem.failure)
    if isinstance(outcome, Blocked):
        return outcome.issues[0]
    return _unreachable(errors.trace_of(problem.failure).problem)


def _unreachable(detail: str) -> Issue:
    return Issue("provider-unreachable", facts=(("detail", detail),), fix=Fix(Page.CONNECTION))


def _account(given: wire.Account) -> Account:
    return Account(
        number=str(given.AccountNo),
        name=given.Name[:LONGEST_NAME],
        active=given.IsActive,
        vat_code=given.VatCode,
        vat_locked=given.IsVatCodeLocked,
        department_required=given.IsDepartmentRequired,
        control=given.AccountNo in CONTROL_ACCOUNTS,
    )


def _vat_code(given: wire.VatCode) -> VatCode:
    return VatCode(
        code=given.Code,
        name=given.Name[:LONGEST_NAME],
        rate=int((given.Rate * Decimal(10_000)).to_integral_value()),
        active=given.IsActive,
        valid_from=given.ValidFrom,
        valid_to=given.ValidTo,
    )


def _one_per_code(given: Iterable[wire.VatCode]) -> list[wire.VatCode]:
    """Of several with one code: an active one, then one without an end, then the newest."""
    best: dict[str, wire.VatCode] = {}
    for each in sorted(given, key=_preference):
        best[each.Code] = each
    return list(best.values())


def _preference(given: wire.VatCode) -> tuple[bool, bool, str]:
    begun = given.ValidFrom.isoformat() if given.ValidFrom else ""
    return given.IsActive, given.ValidTo is None, begun
