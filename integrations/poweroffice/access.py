"""Opens the way in to PowerOffice Go for a connection: whose keys, which environment, whose turn."""

import json

from django.conf import settings

from accounting.books.domain.issues import Fix, Issue, Page
from integrations.exports.models import Connection
from integrations.exports.outbox import pace
from integrations.poweroffice.client import PowerOfficeClient
from integrations.poweroffice.exchange import Limits, new_session
from integrations.poweroffice.hosts import DEMO, LIVE, Hosts, Keys, sandbox_hosts
from integrations.poweroffice.sharing import SharedTokens
from integrations.poweroffice.throttle import CallBudget
from integrations.secrets import CannotUnseal, Secret


class NotAllowedHere(Exception):
    """This installation does not speak with that environment; the text says which."""

    @property
    def issue(self) -> Issue:
        """Give what a person does about it."""
        return Issue("environment-not-allowed", fix=Fix(Page.CONNECTION))


class KeysUnreadable(NotAllowedHere):
    """No key of FIELD_KEYS opens what the connection holds; the text says which one was used."""

    @property
    def issue(self) -> Issue:
        """Lead to where the keys are entered again."""
        return Issue("keys-unreadable", fix=Fix(Page.CONNECTION, (("felt", "application_key"),)))


def client_of(connection: Connection) -> PowerOfficeClient:
    """Open the way in with the connection's keys. Raises NotAllowedHere."""
    try:
        keys = keys_of(connection.keys)
    except CannotUnseal as problem:
        raise KeysUnreadable(str(problem)) from problem
    return open_client(connection.environment, keys)


def open_client(environment: str, keys: Keys) -> PowerOfficeClient:
    """Open the way in to sandbox, demo or live. Raises NotAllowedHere."""
    return PowerOfficeClient(
        new_session(),
        hosts_of(environment),
        keys,
        CallBudget.of(keys.subscription),
        Limits(deadline_s=pace().deadline.total_seconds()),
        SharedTokens(),
    )


def hosts_of(environment: str) -> Hosts:
    """Give the addresses of an environment. Raises NotAllowedHere.

    Live is only ever spoken with where POWEROFFICE_ENV says live, so that a copy of the database
    elsewhere sends nothing (reliability.md 2.4, 84).
    """
    if environment == "demo":
        return DEMO
    if environment == "live" and settings.POWEROFFICE_ENV == "live":
        return LIVE
    if environment == "sandbox" and settings.POWEROFFICE_SANDBOX_URL:
        try:
            return sandbox_hosts(settings.POWEROFFICE_SANDBOX_URL)
        except ValueError as problem:
            raise NotAllowedHere(f"POWEROFFICE_SANDBOX_URL: {problem}") from problem
    raise NotAllowedHere(f"the environment «{environment}» is not reached from here")


def keys_of(secret: Secret) -> Keys:
    """Read the keys that a Connection holds: JSON with application, client and subscription.

    Raises CannotUnseal.
    """
    held = json.loads(secret.reveal())
    return Keys(held["application"], held["client"], held["subscription"])
