"""A pytest plugin for `make test-all`: a skip fails the run, as a test nobody ran proves nothing.

Only tests that read `../shared`, which not everybody has, may be skipped: conftest.py counts them.
"""

import pytest


def _skipped(config: pytest.Config) -> tuple[list[pytest.TestReport], list[pytest.TestReport]]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    shared = [r for r in reports if "needs_shared" in getattr(r, "keywords", {})]
    return shared, [r for r in reports if r not in shared]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a green run with skips into a red one."""
    _shared, others = _skipped(session.config)
    if others and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say which skips made the run red."""
    _shared, others = _skipped(config)
    for report in others:
        terminalreporter.write_line(f"FAILED (skipped) {report.nodeid}: {report.longrepr}")
