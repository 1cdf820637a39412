"""What cannot run here is left out openly: browser tests without a driver, and what reads ../shared."""

from importlib.util import find_spec
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
NOT_HERE = "../shared is not here"

# `make test` installs no browser driver, and these modules cannot even be imported without one.
collect_ignore = [] if find_spec("playwright") else ["browser"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads ../shared where that folder is absent."""
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("needs_shared"):
                item.add_marker(pytest.mark.skip(reason=NOT_HERE))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count those skips in one line."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NOT_HERE in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{count} tests read ../shared, which is not here: skipped.")
