"""`read_saft` on the command line: exit codes, stdout and stderr (DESIGN.md 6)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backoffice.commands.running import run
from tests.saft_builder import card_sale, location, payment, receipt, saft, till, z_report
from tests.saft_official import OFFICIAL

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path):
    def written(text):
        path = tmp_path / "kasse.xml"
        path.write_bytes(text.encode())
        return str(path)

    return written


def run_alone(tmp_path, *arguments):
    """The command in a process of its own: no database, nothing in the environment but a place."""
    environment = {"VAR_DIR": str(tmp_path / "var"), "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "read_saft", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_file_is_told_as_json(tmp_path, file):
    done = run_alone(tmp_path, file(OFFICIAL), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["settlements"][0]["gross"] == "514.20"
    assert not (tmp_path / "var" / "db.sqlite3").exists()


def test_a_file_is_told_as_a_table(file):
    done = run("read_saft", file(OFFICIAL))
    assert (done.code, done.err) == (0, "")
    head, row = done.out.splitlines()[2:4]
    assert head.split() == ["Kasse", "Z", "Dato", "Transaksjoner", "Brutto", "Mva", "Avrunding"]
    assert row.split() == ["11.222-33.44.567", "1", "2020-01-01", "4", "514,20", "95,70", "−0,40"]


def test_a_refused_file_ends_with_one_and_one_sentence(file):
    done = run("read_saft", file(OFFICIAL[:-40]), "--json")
    assert done.code == 1
    error = json.loads(done.out)["error"]
    assert (error["code"], error["line"]) == ("file-truncated", 2)
    assert done.err == error["text"] + "\n"
    assert run("read_saft", file("x")).out == ""


def test_a_file_that_is_not_there_ends_with_one(tmp_path):
    done = run("read_saft", "nowhere.xml")
    assert done.code == 1
    assert "«nowhere.xml» finnes ikke" in done.err
    assert len(done.err.splitlines()) == 1


def test_wrong_usage_ends_with_two(tmp_path):
    assert run_alone(tmp_path, "a", "--xml").returncode == 2


def test_the_table_tells_what_is_open_and_what_is_odd(file):
    done = run("read_saft", file(saft(location(till(card_sale("1"))))))
    assert done.out.splitlines()[2:] == [
        "Filen har ingen fullstendige dagsoppgjør.",
        "Kasse 1: 1 transaksjoner er ikke gjort opp ennå.",
    ]


def test_the_table_tells_credit_sales_and_what_stops(file):
    sold = payment("ACCOUNT", "50.00")
    closed = z_report("1", "999.00", {"CASH": "0.00"}, {"2": ("0.00", "0.00")})
    credit = receipt("7", "50.00", "40.00", sold)
    done = run("read_saft", file(saft(location(till(closed, credit)))))
    lines = done.out.splitlines()
    assert lines[4].startswith("Kasse 1, Z 1: Stoppet: ")
    assert lines[-1] == "Kredittsalg på kasse 1: kvittering 7, 50,00"
