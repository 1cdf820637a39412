"""One sandbox process for all tests of this folder, emptied before each test that uses it."""

from collections.abc import Iterator

import pytest

from tests.sandbox import Sandbox, running_sandbox


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
