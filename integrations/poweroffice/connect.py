"""Connects a company to PowerOffice Go: keys are tried before they are kept."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.views.decorators.debug import sensitive_variables

from accounting.books.domain.issues import Fix, Issue, Page
from accounting.company.models import Company
from accounting.company.records import Refused
from integrations.exports import records
from integrations.exports.models import Connection
from integrations.exports.queries import connection_of, in_doubt
from integrations.poweroffice import chart, rights
from integrations.poweroffice.access import NotAllowedHere, client_of, keys_of, open_client
from integrations.poweroffice.failures import ApiFailure
from integrations.poweroffice.fetching import (
    PROVIDER,
    ConnectRefused,
    Fetched,
    fetch_chart,
    issue_of,
    rights_missing,
)
from integrations.poweroffice.hosts import Keys
from integrations.secrets import CannotUnseal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

__all__ = ["PROVIDER", "ConnectRefused", "Fetched", "connect", "fetch_chart"]


@dataclass(frozen=True, slots=True)
class Opened:
    """Keys that open, and whose client they are for. It shows itself without the keys."""

    environment: str
    keys: Keys
    client_id: str
    client_name: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which days their books take: none up to and with `locked_through`, none before `begins`."""

    locked_through: date | None
    begins: date | None


def connect(
    company: Company,
    environment: str,
    application_key: str,
    client_key: str,
    subscription_key: str,
    *,
    actor: "AbstractBaseUser | None" = None,
) -> Connection:
    """Try the keys, and keep them sealed whatever their client is called. Raises as `open_with` does."""
    keys = Keys(application_key.strip(), client_key.strip(), subscription_key.strip())
    return keep(company, open_with(company, environment, keys), actor=actor)


@sensitive_variables()
def open_with(company: Company, environment: str, keys: Keys) -> Opened:
    """Try the keys, and see whose they are and whether they may do what we need. Keeps nothing.

    Raises ConnectRefused for keys that do not open, a right that is missing, a far side that does not
    answer, an environment not used here, and a client that belongs to another company.
    """
    if not _can_be_a_key(keys.subscription):
        raise ConnectRefused(Issue("subscription-key-refused", fix=Fix(Page.CONNECTION)))
    if not _can_be_a_key(keys.application) or not _can_be_a_key(keys.client):
        raise ConnectRefused(_refused_keys("keys-refused", "application_key"))
    try:
        client = open_client(environment, keys)
        client.log_in()
        whose = client.client_information()
    except (ApiFailure, NotAllowedHere) as problem:
        raise ConnectRefused(_which(issue_of(problem), environment, keys)) from problem
    name = whose.ClientName[: chart.LONGEST_NAME]
    taken = Connection.objects.filter(provider=PROVIDER, client_id=whose.ClientId)
    if taken.exclude(company=company).exists():
        raise ConnectRefused(_at_another_company(name))
    missing = [right for right in rights.lacking(whose.ValidPrivileges) if right.needed]
    if missing:
        raise ConnectRefused(rights_missing(missing))
    return Opened(environment, keys, whose.ClientId, name)


@sensitive_variables()
def keep(
    company: Company, opened: Opened, *, actor: "AbstractBaseUser | None" = None
) -> Connection:
    """Keep keys that open, sealed. Raises ConnectRefused for a client of another company.

    Nor does it move to another client while nobody knows what lies at the one it would leave.
    """
    keys = opened.keys
    tested = records.Tested(
        provider=PROVIDER,
        environment=opened.environment,
        keys={
            "application": keys.application,
            "client": keys.client,
            "subscription": keys.subscription,
        },
        shown_key="client",
        client_id=opened.client_id,
        client_name=opened.client_name,
    )
    known = connection_of(company)
    waiting = in_doubt(company) if known and known.client_id != opened.client_id else 0
    if known and waiting:  # at the new client they would not be found, and be sent once more
        facts = (("count", str(waiting)), ("client", known.client_name))
        raise ConnectRefused(Issue("move-in-doubt", facts=facts, fix=Fix(Page.STATUS)))
    try:
        return records.save_connection(company, tested, actor=actor)
    except Refused as problem:
        raise ConnectRefused(_at_another_company(opened.client_name)) from problem


def bounds(connection: Connection) -> Bounds:
    """Ask which days their books take. Raises ConnectRefused."""
    try:
        client = client_of(connection)
        client.log_in()
        locked = client.lock_date().LockDate
        return Bounds(locked, client.financial_settings().ConversionDate)
    except (ApiFailure, NotAllowedHere) as problem:
        raise ConnectRefused(issue_of(problem)) from problem


def _can_be_a_key(text: str) -> bool:
    """Say whether it can stand in a header at all; what they think of it is theirs to say."""
    return bool(text) and text.isascii() and text.isprintable()


def _which(issue: Issue, environment: str, keys: Keys) -> Issue:
    """Say which of two refused keys it is, as far as the keys that open already can tell.

    Go's answer is the same for both (poweroffice.md 1.4); the application key is one for all companies.
    """
    if issue.code != "key-refused":
        return issue
    known = _application_keys(environment)
    if keys.application in known:
        return _refused_keys("client-key-refused", "client_key")
    if known:
        return _refused_keys("application-key-refused", "application_key")
    return _refused_keys("keys-refused", "application_key")


def _application_keys(environment: str) -> set[str]:
    """Give the application keys that open for companies here; one that cannot be read tells nothing."""
    found = set()
    for connection in Connection.objects.filter(provider=PROVIDER, environment=environment):
        with suppress(CannotUnseal):
            found.add(keys_of(connection.keys).application)
    return found


def _refused_keys(code: str, field: str) -> Issue:
    return Issue(code, fix=Fix(Page.CONNECTION, (("felt", field),)))


def _at_another_company(name: str) -> Issue:
    fix = Fix(Page.CONNECTION, (("felt", "client_key"),))
    return Issue("client-at-another-company", name, (("client", name),), fix)
