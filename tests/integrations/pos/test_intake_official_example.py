"""The tax administration's own example, from its file to a posted voucher (saft.md 3.1 and 3.2)."""

from pathlib import Path

import pytest

from tests.backoffice.commands.running import run
from tests.build import OTHER_ORG_NO, a_company
from tests.saft_official import OFFICIAL
from tests.sandbox import running_sandbox

SHARED = Path(__file__).parents[4] / "shared/data/saft"
TILL = "11.222-33.44.567"
# Account, VAT code, side, amount: the journal that chapter 3.2 expects.
SIX_LINES = [
    ("1900", "0", "debit", "295.00"),
    ("1901", "0", "debit", "218.80"),
    ("3000", "3", "credit", "179.40"),
    ("3000", "3", "credit", "232.00"),
    ("3030", "31", "credit", "102.80"),
    ("7740", "0", "debit", "0.40"),
]


@pytest.fixture
def company(db):
    return a_company(OTHER_ORG_NO, "Selskapet ASA")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "kasse.xml"
    path.write_text(OFFICIAL, encoding="utf-8")
    return path


def _journal_of(file):
    """Import the file, take over the suggested setup, and give the journal."""
    imported = run("import_saft", file, "--company", OTHER_ORG_NO, "--json").json
    assert imported["settlements"] == {"new": 1, "same": 0, "changed": 0, "incomplete": 0}
    assert imported["receipts"] == {"new": 4, "same": 0}
    assert imported["findings"] == []
    assert run("apply_suggested_setup", "--company", OTHER_ORG_NO).code == 0
    ended = run("journal", "--company", OTHER_ORG_NO, "--register", TILL, "--z", 1, "--json")
    assert (ended.code, ended.err) == (0, "")
    return ended.json


def _lines(lines, account="account"):
    return sorted((row[account], row["vat_code"], row["side"], row["amount"]) for row in lines)


def _is_the_expected(journal):
    assert _lines(journal["lines"]) == SIX_LINES
    assert (journal["register"], journal["z_number"]) == (TILL, "1")
    assert journal["voucher_date"] == "2020-01-01"
    assert (journal["debit"], journal["credit"], journal["balanced"]) == ("514.20", "514.20", True)
    roles = {row["role"] for row in journal["lines"]}
    assert roles == {"CASH", "CARD", "SALES", "ROUNDING"}


@pytest.mark.needs_shared
def test_the_official_file_becomes_six_lines(company):
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: the official example is read from it.")
    _is_the_expected(_journal_of(next(SHARED.glob("ExampleFile*.xml"))))


def test_the_same_four_receipts_become_six_lines(company, file):
    _is_the_expected(_journal_of(file))


def test_the_draft_over_there_has_exactly_these_lines_and_can_be_posted(
    company, file, settings, monkeypatch
):
    _journal_of(file)
    with running_sandbox() as sandbox:
        settings.POWEROFFICE_SANDBOX_URL = sandbox.url
        for name in ("APPLICATION", "CLIENT", "SUBSCRIPTION"):
            monkeypatch.setenv(f"POWEROFFICE_{name}_KEY", f"{name}-1234")
        assert run("connect", "--company", OTHER_ORG_NO).code == 0
        assert run("export_from", "--company", OTHER_ORG_NO, "2020-01-01").code == 0
        ended = run("export", "--company", OTHER_ORG_NO, "--now", "--json")
        assert ended.json == {"sent": 1, "blocked": 0, "uncertain": 0, "held": 0}
        (draft,) = sandbox.drafts
        assert _lines(draft["lines"]) == SIX_LINES
        assert (draft["debit"], draft["credit"]) == ("514.20", "514.20")
        assert draft["voucher_date"] == "2020-01-01"
        sandbox.post(draft["id"])
        (voucher,) = sandbox.state()["vouchers"]
        assert voucher["is_posted"]
        assert _lines(voucher["lines"]) == SIX_LINES
        assert sandbox.drafts == []
