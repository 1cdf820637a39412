"""No process starts where a guard is missing: each ends and names it. Before the first migrate: silence."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUARD = "exports_exportstart_no_update"
CELERY = ("-m", "celery", "-A", "backoffice")
STARTS = {
    "check": ("manage.py", "check", "--database", "default"),
    "export": ("manage.py", "export", "--company", "912345688"),
    "wsgi": ("-m", "gunicorn", "backoffice.wsgi", "-b", "127.0.0.1:0"),
    "worker": (*CELERY, "worker", "--pool", "solo", "-l", "INFO"),
    "beat": (*CELERY, "beat", "-l", "INFO"),
}
# What each says once it has started; `check` and `export` end by themselves.
STARTED = {"wsgi": "Listening at", "worker": "ready.", "beat": "beat: Starting..."}

pytestmark = pytest.mark.slow


def _environment(folder: Path) -> dict[str, str]:
    return {"VAR_DIR": str(folder), "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def damaged(tmp_path_factory) -> Path:
    """A migrated database that has lost one guard."""
    folder = tmp_path_factory.mktemp("damaged")
    assert _run(folder, "manage.py", "migrate").returncode == 0
    with sqlite3.connect(folder / "db.sqlite3") as database:
        database.execute(f"DROP TRIGGER {GUARD}")
    return folder


@pytest.mark.parametrize("what", STARTS)
def test_with_a_guard_missing_it_ends_and_names_it(damaged: Path, what: str) -> None:
    ended = _run(damaged, *STARTS[what])

    assert ended.returncode != 0
    assert GUARD in ended.stdout


def test_the_sentence_of_export_stands_alone(damaged: Path) -> None:
    ended = _run(damaged, *STARTS["export"])

    assert ended.stdout == f"The add-only guards {GUARD} are missing. Run `manage.py migrate`.\n"
    assert ended.returncode == 1


@pytest.mark.parametrize("what", STARTED)
def test_before_the_first_migrate_it_starts(tmp_path: Path, what: str) -> None:
    process = subprocess.Popen(
        [sys.executable, *STARTS[what]],
        cwd=ROOT,
        env=_environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    seen = []
    watchdog = threading.Timer(60, process.kill)  # one that says nothing would be waited for
    watchdog.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            seen.append(line)
            if STARTED[what] in line:
                break
        assert STARTED[what] in seen[-1], "".join(seen)
        assert "guard" not in "".join(seen)
    finally:
        watchdog.cancel()
        process.terminate()
        process.communicate(timeout=30)


def test_check_is_silent_before_the_first_migrate(tmp_path: Path) -> None:
    assert _run(tmp_path, *STARTS["check"]).returncode == 0
