"""`import_saft` as somebody types it: JSON, sentences, exit codes (DESIGN.md 6)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from accounting.books.models import Receipt, Settlement
from tests.backoffice.commands.running import run
from tests.build import OTHER_ORG_NO, a_company
from tests.saft_official import OFFICIAL

ROOT = Path(__file__).parents[3]
COMPANY = ("--company", OTHER_ORG_NO)


@pytest.fixture
def company(db):
    return a_company(OTHER_ORG_NO)


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "kasse.xml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_document_says_what_came_of_the_file(company, written):
    ended = run("import_saft", written(OFFICIAL), *COMPANY, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.json == {
        "file": "kasse.xml",
        "settlements": {"new": 1, "same": 0, "changed": 0, "incomplete": 0},
        "receipts": {"new": 4, "same": 0},
        "findings": [],
    }


def test_the_same_file_again_is_the_same(company, written):
    run("import_saft", written(OFFICIAL), *COMPANY)
    again = run("import_saft", written(OFFICIAL), *COMPANY, "--json").json
    assert again["settlements"] == {"new": 0, "same": 1, "changed": 0, "incomplete": 0}
    assert again["receipts"] == {"new": 0, "same": 4}


def test_a_person_gets_a_sentence(company, written):
    ended = run("import_saft", written(OFFICIAL), *COMPANY)
    assert ended.out == (
        "Oppgjør: 1 nye, 0 uendret, 0 endret, 0 ufullstendige. Kvitteringer: 4 nye, 0 kjente.\n"
    )


def test_what_stops_a_settlement_is_among_the_findings(company, written):
    wrong = OFFICIAL.replace("<totalCashSaleAmnt>514.20", "<totalCashSaleAmnt>515.20")
    ended = run("import_saft", written(wrong), *COMPANY, "--json")
    assert ended.code == 0
    (finding,) = ended.json["findings"]
    assert (finding["code"], finding["severity"]) == ("z-total-differs", "blocked")
    assert "515,20" in finding["text"]


def test_a_changed_receipt_is_among_the_findings_every_time(company, written):
    run("import_saft", written(OFFICIAL), *COMPANY)
    changed = OFFICIAL.replace("<paidAmnt>295.00", "<paidAmnt>296.00")
    for settlements in ({"changed": 1, "same": 0}, {"changed": 0, "same": 1}):
        told = run("import_saft", written(changed), *COMPANY, "--json").json
        assert told["settlements"] == {"new": 0, "incomplete": 0, **settlements}
        assert [finding["code"] for finding in told["findings"]] == ["receipt-changed"]


def test_a_z_that_waits_for_receipts_is_among_the_findings(company, written):
    begin = OFFICIAL.index("<cashtransaction>")
    end = OFFICIAL.rindex("</cashtransaction>") + len("</cashtransaction>")
    told = run("import_saft", written(OFFICIAL[:begin] + OFFICIAL[end:]), *COMPANY, "--json").json
    assert told["settlements"] == {"new": 0, "same": 0, "changed": 0, "incomplete": 1}
    (finding,) = told["findings"]
    assert (finding["code"], finding["severity"]) == ("z-incomplete", "warning")


def test_a_refused_file_is_told_with_code_sentence_and_line(company, written):
    ended = run("import_saft", written(OFFICIAL[:-40]), *COMPANY, "--json")
    assert ended.code == 1
    error = ended.json["error"]
    assert (error["code"], error["line"]) == ("file-truncated", 2)
    assert ended.err == error["text"] + "\n"
    assert not Receipt.objects.exists()
    assert not Settlement.objects.exists()


def test_without_json_nothing_stands_on_stdout(company, written):
    ended = run("import_saft", written(OFFICIAL[:-40]), *COMPANY)
    assert (ended.code, ended.out) == (1, "")


def test_a_file_that_is_not_there_is_refused(company, tmp_path):
    ended = run("import_saft", tmp_path / "nowhere.xml", *COMPANY, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (1, "file-unreadable")


def test_a_folder_is_refused(company, tmp_path):
    assert run("import_saft", tmp_path, *COMPANY).code == 1


def test_an_unknown_company_is_refused(db, written):
    ended = run("import_saft", written(OFFICIAL), *COMPANY, "--json")
    assert ended.code == 1
    assert OTHER_ORG_NO in ended.err


def test_wrong_usage_ends_with_two(tmp_path):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "import_saft", "--json"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")


@pytest.mark.slow
def test_in_a_process_of_its_own_stdout_is_one_document(tmp_path, written):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}

    def manage(*words):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    assert manage("migrate", "-v", "0").returncode == 0
    assert manage("create_company", OTHER_ORG_NO, "Selskapet ASA").returncode == 0
    done = manage("import_saft", str(written(OFFICIAL)), *COMPANY, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["receipts"]["new"] == 4
