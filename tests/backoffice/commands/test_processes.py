"""Commands as processes of their own, with an empty environment but a folder: codes, streams, children."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ORG_NO = "912345688"

pytestmark = pytest.mark.slow


def manage(folder: Path, *words: str, seconds: float = 120, **more: str):
    """`manage.py WORDS…`, knowing nothing but where its folder is."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={"VAR_DIR": str(folder), **more},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with a migrated database and one company."""
    folder = tmp_path_factory.mktemp("installed")
    assert manage(folder, "migrate").returncode == 0
    assert manage(folder, "create_company", ORG_NO, "Fjordkaffe AS").returncode == 0
    return folder


def test_status_is_one_document_on_stdout_and_nothing_else(installed):
    ended = manage(installed, "export_status", "--json")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout) == {"states": {}, "oldest_unsent": None, "next_run": None}


def test_what_is_refused_is_exit_1_and_one_sentence_on_stderr(installed):
    ended = manage(installed, "export", "--company", ORG_NO)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Selskapet er ikke koblet til PowerOffice Go. Kjør «connect» først.\n"


def test_connect_without_keys_names_them(installed):
    ended = manage(installed, "connect", "--company", ORG_NO, POWEROFFICE_CLIENT_KEY="k")

    assert ended.returncode == 1
    assert ended.stderr == (
        "Miljøet mangler POWEROFFICE_APPLICATION_KEY, POWEROFFICE_SUBSCRIPTION_KEY.\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "--company"),
        ("export_from", "--company", ORG_NO),
        ("connect", "--company", ORG_NO, "--key", "x"),
        ("reconcile", "--nonsense"),
    ],
)
def test_wrong_usage_is_exit_2(installed, words):
    ended = manage(installed, *words)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "usage:" in ended.stderr


def test_a_guard_that_was_lost_is_said_and_not_passed_over(installed):
    with sqlite3.connect(installed / "db.sqlite3") as database:
        database.execute("DROP TRIGGER exports_exportstart_no_update")
    ended = manage(installed, "export", "--company", ORG_NO)
    manage(installed, "migrate")

    assert ended.returncode == 1
    assert "exports_exportstart_no_update" in ended.stderr
    assert manage(installed, "check", "--database", "default").returncode == 0


@pytest.fixture(scope="module")
def ended_twice(tmp_path_factory):
    """(the folder, how both runs ended, the children that were left behind)."""
    folder = tmp_path_factory.mktemp("demo")
    marked = {"BACKOFFICE_DRILL": str(folder)}  # children inherit it: so they can be told
    runs = [manage(folder, "run", "--once", "--json", **marked) for _ in range(2)]
    return folder, runs, _children(str(folder))


class TestRun:
    """`run --once --json`, twice in one folder."""

    def test_the_last_line_agrees(self, ended_twice):
        _, (first, _), _ = ended_twice

        assert first.returncode == 0, first.stderr
        last = json.loads(first.stdout.splitlines()[-1])
        assert last.keys() == {
            "settlements",
            "drafts",
            "settled",
            "drafted",
            "lost",
            "duplicated",
        }
        assert last["settlements"] == last["drafts"] > 50
        assert last["settled"] == last["drafted"]
        assert (last["lost"], last["duplicated"]) == (0, 0)

    def test_again_it_says_the_same_and_nothing_is_there_twice(self, ended_twice):
        _, (first, second), _ = ended_twice

        assert second.returncode == 0, second.stderr
        assert second.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]
        assert "0 nye kvitteringer, 0 nye oppgjør" in second.stdout

    def test_no_child_is_left_behind(self, ended_twice):
        _, _, children = ended_twice

        assert children == []

    def test_everything_it_made_lies_in_its_folder(self, ended_twice):
        folder, _, _ = ended_twice

        assert (folder / "db.sqlite3").exists()
        assert (folder / "sandbox.sqlite3").exists()


def _children(mark: str) -> list[str]:
    """The command lines of every living process that carries the mark in its environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
        except OSError:
            continue  # it ended meanwhile, or is not ours
    return found
