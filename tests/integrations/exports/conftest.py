"""Far sides for the outbox: an obedient one in our own process, or the sandbox as a process."""

from collections.abc import Callable, Iterator

import pytest

from accounting import clock
from accounting.company.models import Company
from integrations.exports import records
from integrations.exports.models import Export
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.integrations.exports import far_side
from tests.integrations.exports.far_side import Obedient, Onlooker
from tests.integrations.exports.journey import GAP, QUIET
from tests.sandbox import Sandbox, running_sandbox


@pytest.fixture
def company(db) -> Company:
    return build.a_company()


@pytest.fixture
def far(settings) -> Iterator[type[Obedient]]:
    """The obedient accounting system, with no orders yet."""
    yield from _installed(settings, Obedient)


@pytest.fixture
def onlooker(settings) -> Iterator[type[Onlooker]]:
    yield from _installed(settings, Onlooker)


@pytest.fixture
def faulty(settings) -> Iterator[type[Obedient]]:
    yield from _installed(settings, far_side.Faulty)


def _installed(settings, system):
    settings.ACCOUNTING_PROVIDERS = {"poweroffice": f"{far_side.HERE}.{system.__name__}"}
    yield system
    for orders in (
        Obedient.answers,
        Obedient.probes,
        Obedient.fates,
        Obedient.asked,
        Obedient.found,
        Obedient.attached,
        Onlooker.seen,
    ):
        orders.clear()


@pytest.fixture
def later(settings) -> Callable[[float], None]:
    """`later(900)` moves our clock on by that many seconds."""

    def move(seconds: float) -> None:
        settings.CLOCK_SHIFT_S += seconds

    return move


@pytest.fixture
def now():
    """The moment by the shifted clock."""
    return clock.now


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox, settings) -> Sandbox:
    """An empty sandbox that this installation speaks with, without a limit on calls."""
    sandbox_process.reset()
    sandbox_process.seed({"limit": 0})
    settings.POWEROFFICE_SANDBOX_URL = sandbox_process.url
    settings.EXPORT_CALLS_PER_SECOND = 0
    return sandbox_process


@pytest.fixture
def on_its_way(company, sandbox, settings) -> Export:
    """A day that is READY to go to the sandbox, at the house's own pace."""
    settings.EXPORT_QUIET_S, settings.EXPORT_PROBE_GAP_S = QUIET, GAP
    settings.EXPORT_LEASE_S, settings.EXPORT_DEADLINE_S = 120, 30
    settings.EXPORT_BACKOFF_S = [60, 120]
    build.the_suggested_setup(company)
    fetch_chart(connect(company, "sandbox", "an-application", "a-client", "a-subscription"))
    records.set_export_start(company, "poweroffice", build.DAY)
    build.a_settlement(company, cash="295.00", sales={"31": "295.00"})
    return build.built(company)[0]
