"""Imports in processes of their own, on a database of their own: others write meanwhile, kills, races."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from integrations.pos.generator import Plan, write
from tests.build import ORG_NO

ROOT = Path(__file__).resolve().parents[3]
FOUR_TILLS = tuple(("Sentrum", str(number)) for number in range(1, 5))
pytestmark = pytest.mark.slow

# Every current settlement with its money, and how many of its receipts are there.
PUBLISHED = """
    SELECT r.till_id, s.z_number, s.transactions, s.gross, s.stopped, s.revision,
      (SELECT COUNT(*) FROM books_receipt AS t WHERE t.register_id = s.register_id AND t.in_use
        AND t.position BETWEEN s.first_position AND s.last_position)
    FROM books_settlement AS s JOIN company_register AS r ON r.id = s.register_id
    WHERE s.current ORDER BY r.till_id, CAST(s.z_number AS INTEGER)
"""


class Place:
    """A folder with a migrated SQLite database and one company."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder / "var")}
        self.environment = {**clean, "PYTHONWARNINGS": "ignore"}
        self.database = folder / "var" / "db.sqlite3"
        self.manage("migrate", "-v", "0")
        self.manage("create_company", ORG_NO, "Fjord AS")

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command of ours."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(self, *words: str) -> str:
        """Run a command of ours to its end; gives what it printed."""
        return ended(self.start(*words))

    def importing(self, file: Path) -> subprocess.Popen[str]:
        """Start an import."""
        return self.start("import_saft", str(file), "--company", ORG_NO, "--json")

    def rows(self, query: str) -> list[tuple]:
        """Read the database as it is."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(query).fetchall()


def ended(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return out


def generated(path: Path, days: int, receipts: int, tills=FOUR_TILLS) -> list[tuple]:
    """Write a file; gives what shall be published of it, as PUBLISHED does."""
    oracle: dict = {}
    with path.open("wb") as out:
        write(Plan(ORG_NO, "Fjord AS", date(2026, 10, 1), days, tills, receipts, 11), out, oracle)
    return [_right(row) for row in oracle["settlements"]]


def _right(row: dict) -> tuple:
    count, gross = row["transactions"], int(row["gross"].replace(".", ""))
    return row["register"], row["z_number"], count, gross, 0, 1, count


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def test_another_process_writes_every_second_within_two_while_a_file_is_imported(place, tmp_path):
    file = tmp_path / "kasse.xml"
    right = generated(file, 70, 360)  # some 100 000 receipts
    assert sum(row[2] for row in right) >= 95_000
    process = place.importing(file)
    out: list[str] = []
    reader = threading.Thread(target=lambda: out.append(ended(process)))
    reader.start()
    waits = []
    while reader.is_alive():
        waits.append(_write(place.database))
        reader.join(1)
    assert json.loads(out[0])["settlements"]["new"] == len(right)
    assert place.rows(PUBLISHED) == right
    print(f"\n{len(waits)} writes, the slowest {max(waits):.2f} s")
    assert len(waits) > 10
    assert max(waits) < 2


def _write(database: Path) -> float:
    """One row written as any other process of ours would; gives how long it took."""
    started = time.monotonic()
    with closing(sqlite3.connect(database, timeout=20, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO company_auditentry (at, action, subject) VALUES ('2026-01-01', 'x', '')"
        )
        connection.execute("COMMIT")
    return time.monotonic() - started


# Receipts stored, or settlements published, when the knife falls.
MOMENTS = {
    "while receipts are stored": ("SELECT COUNT(*) > 2500 FROM books_receipt",),
    "when Z reports are stored": ("SELECT COUNT(*) > 3 FROM books_zreport",),
    "while settlements are published": ("SELECT COUNT(*) > 8 FROM books_settlement",),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_import_leaves_nothing_half_published_and_finishes_the_next_time(
    place, tmp_path, moment
):
    file = tmp_path / "kasse.xml"
    right = generated(file, 20, 120)
    process = place.importing(file)
    _wait_for(place, process, *MOMENTS[moment])
    process.send_signal(signal.SIGKILL)
    process.communicate()

    published = place.rows(PUBLISHED)
    assert published == [row for row in right if row in published]
    assert len(published) < len(right)
    ended(place.importing(file))
    assert place.rows(PUBLISHED) == right


def _wait_for(place: Place, process: subprocess.Popen[str], question: str) -> None:
    end = time.monotonic() + 60
    while not place.rows(question)[0][0]:
        assert process.poll() is None, "the import ended before its moment came"
        assert time.monotonic() < end
        time.sleep(0.002)


def test_two_imports_of_overlapping_files_at_the_same_moment_end_right(place, tmp_path):
    right = generated(tmp_path / "long.xml", 20, 40)
    generated(tmp_path / "short.xml", 12, 40)
    both = [place.importing(tmp_path / name) for name in ("long.xml", "short.xml", "long.xml")]
    told = [json.loads(ended(process)) for process in both]
    assert place.rows(PUBLISHED) == right
    assert sum(one["settlements"]["new"] for one in told) == len(right)
    assert sum(one["receipts"]["new"] for one in told) == sum(row[2] for row in right)
    assert all(one["findings"] == [] for one in told)
