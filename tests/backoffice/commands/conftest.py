"""A sandbox for the commands that speak with PowerOffice Go, and a company with a day to send."""

from datetime import date

import pytest

from accounting.company.models import Company
from tests import build
from tests.backoffice.commands.running import run
from tests.sandbox import Sandbox, running_sandbox

DAY = date(2024, 3, 4)
COMPANY = ("--company", build.ORG_NO)
KEYS = ("APPLICATION", "CLIENT", "SUBSCRIPTION")


@pytest.fixture(scope="module")
def _process():
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(_process: Sandbox, settings, monkeypatch) -> Sandbox:
    """An empty sandbox that this installation speaks with, and keys for it in the environment."""
    _process.reset()
    _process.seed({"limit": 0})
    settings.POWEROFFICE_SANDBOX_URL = _process.url
    settings.POWEROFFICE_ENV = "sandbox"
    settings.EXPORT_CALLS_PER_SECOND = 0
    for key in KEYS:
        monkeypatch.setenv(f"POWEROFFICE_{key}_KEY", f"a-{key.lower()}-key")
    return _process


@pytest.fixture
def company(db) -> Company:
    company = build.a_company()
    build.the_suggested_setup(company)
    return company


@pytest.fixture
def exporting(sandbox, company) -> Company:
    """Connected, with a date; one day of 115.00 is waiting."""
    assert run("connect", *COMPANY).code == 0
    assert run("export_from", *COMPANY, DAY).code == 0
    build.a_settlement(company, day=DAY, cash="115.00", sales={"31": "115.00"})
    return company
