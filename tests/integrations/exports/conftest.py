"""Far sides for the outbox: an obedient one in our own process, or the sandbox as a process."""

from collections.abc import Callable, Iterator

import pytest

from accounting import clock
from accounting.company.models import Company
from tests import build
from tests.integrations.exports import far_side
from tests.integrations.exports.far_side import Obedient, Onlooker
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
    for orders in (Obedient.answers, Obedient.probes, Obedient.asked, Onlooker.seen):
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
