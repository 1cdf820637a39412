"""The walks' far side: a sandbox process of their own, emptied for each walk."""

from collections.abc import Iterator

import pytest

from tests.sandbox import Sandbox, running_sandbox


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
