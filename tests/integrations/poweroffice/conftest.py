"""The far side of these tests: answers written by hand, or one sandbox process emptied for each test."""

from collections.abc import Iterator

import pytest
import responses

from accounting import clock
from accounting.company.models import Company
from accounting.company.records import create_company
from integrations.exports.models import Connection
from integrations.poweroffice import connect
from integrations.poweroffice.hosts import DEMO
from integrations.poweroffice.provider import PowerOffice
from tests import build
from tests.sandbox import Sandbox, running_sandbox


@pytest.fixture
def far():
    """The far side: the token call answers, everything else is up to the test."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        token = {"access_token": "t1", "token_type": "bearer", "expires_in": 1200}
        mock.post(DEMO.token, json=token)
        yield mock


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """An empty sandbox with its standard chart and no limit on calls."""
    sandbox_process.reset()
    sandbox_process.seed({"limit": 0})
    return sandbox_process


@pytest.fixture
def towards_the_sandbox(settings, sandbox: Sandbox) -> None:
    """This installation speaks with the sandbox, and does not wait between calls."""
    settings.POWEROFFICE_SANDBOX_URL = sandbox.url
    settings.EXPORT_CALLS_PER_SECOND = 0


@pytest.fixture
def at_eight_on_the_24th(settings) -> None:
    """The house's clock stands about `build.NOW`."""
    settings.CLOCK_SHIFT_S = 0
    settings.CLOCK_SHIFT_S = int((build.NOW - clock.now()).total_seconds())


@pytest.fixture
def company(db) -> Company:
    return create_company("923609016", "Fjordkaffe AS")


@pytest.fixture
def connection(towards_the_sandbox, company: Company) -> Connection:
    """A company that is connected to the sandbox, with its chart fetched."""
    found = connect.connect(company, "sandbox", "an-application", "a-client", "a-subscription")
    connect.fetch_chart(found)
    return found


@pytest.fixture
def provider(connection: Connection) -> PowerOffice:
    return PowerOffice(connection)
