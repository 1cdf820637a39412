"""What cannot run here is left out openly: browser tests without a driver, and what reads ../shared.

Beside that the sandbox of those tests that go the whole way; rooms with one of their own override it.
"""

import gc
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.sandbox import Sandbox, running_sandbox

SHARED = Path(__file__).parents[2] / "shared"
NOT_HERE = "../shared is not here"

# `make test` installs no browser driver, and these modules cannot even be imported without one.
collect_ignore = [] if find_spec("playwright") else ["browser"]


@pytest.fixture
def sandbox(settings, monkeypatch) -> Iterator[Sandbox]:
    """A sandbox that this installation speaks with, and keys for it in the environment."""
    with running_sandbox() as sandbox:
        sandbox.seed({"limit": 0})
        settings.POWEROFFICE_SANDBOX_URL = sandbox.url
        settings.EXPORT_CALLS_PER_SECOND = 0
        settings.POWEROFFICE_ENV = "sandbox"
        for key in ("APPLICATION", "CLIENT", "SUBSCRIPTION"):
            monkeypatch.setenv(f"POWEROFFICE_{key}_KEY", f"a-{key.lower()}-key")
        yield sandbox


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads ../shared where that folder is absent; what takes longest goes first."""
    items.sort(key=lambda item: "browser" not in item.path.parts)
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("needs_shared"):
                item.add_marker(pytest.mark.skip(reason=NOT_HERE))


def pytest_collection_finish() -> None:
    """Spare the collector what is loaded by now and stays: models, templates' filters, the tests."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count those skips in one line."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NOT_HERE in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{count} tests read ../shared, which is not here: skipped.")
