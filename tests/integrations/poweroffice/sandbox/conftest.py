"""One sandbox process for all tests here, emptied before each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integrations.poweroffice.sandbox import process
from tests.integrations.poweroffice.sandbox.process import Sandbox


@pytest.fixture(scope="session")
def running() -> Iterator[Sandbox]:
    started = process.start("--control")
    yield Sandbox(process.port_of(started))
    code, errors = process.stop(started)
    assert (code, errors) == (0, "")  # no traceback in any test


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    assert running.control("reset").status == 200
    running.tokens.clear()
    running.seed(limit=0)
    return running


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(__file__).parents[5] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder
