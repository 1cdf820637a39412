"""A drill: real workers over a real database and broker towards a sandbox, killed and started again.

The drill lives in a folder and a database of its own; nothing here imports Django, so that what is
counted is read from the tables and the sandbox's ledger, not through the code that is tried.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests.sandbox import Sandbox, running_sandbox

ROOT = Path(__file__).resolve().parents[2]
# The drill's own pace (seconds): as hurried as whole seconds allow.
HURRIED = {
    "TICK_S": "1",
    "EXPORT_LEASE_S": "3",
    "EXPORT_QUIET_S": "5",
    "EXPORT_PROBE_GAP_S": "1",
    "EXPORT_BACKOFF_S": "1",
}
# What the tests around us say of their own database must not reach the drill.
_OURS = ("DATABASE_URL", "CELERY_BROKER_URL", "REDIS_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE")


class NotInTime(AssertionError):
    """What the drill waited for did not happen; the text says how things stood."""


@dataclass
class Drill:
    """One installation: where it lives, what its processes are told, and its running worker."""

    folder: Path
    sandbox: Sandbox
    environment: Mapping[str, str]
    worker: subprocess.Popen[bytes] | None = None

    def python(self, *arguments: str, seconds: float = 120, **environment: str) -> str:
        """Run one of our modules to its end; gives what it printed. Fails loudly."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def start_worker(self) -> None:
        """Start `celery worker -B` in a process group of its own; its log stays in the folder."""
        command = ["-m", "celery", "-A", "backoffice", "worker", "-B", "-c", "2", "-l", "INFO"]
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill_worker(self) -> set[str]:
        """SIGKILL the worker's whole group; gives the marks of the exports left in mid-send."""
        assert self.worker is not None
        assert self.worker.poll() is None, f"the worker ended by itself:\n{self.log}"
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait(10)
        self.worker = None
        return {
            mark for (mark,) in self.rows("SELECT mark FROM exports_export WHERE state='SENDING'")
        }

    def stop(self) -> None:
        """End the worker, whatever it is doing."""
        if self.worker and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait(10)

    def states(self) -> Counter[str]:
        """Count the exports in each state, read from the table itself."""
        return Counter(dict(self.rows("SELECT state, COUNT(*) FROM exports_export GROUP BY state")))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a SELECT gives, on the drill's own database."""
        url = self.environment.get("DATABASE_URL", "")
        connection: Any = (
            psycopg.connect(url, autocommit=True)
            if url
            else sqlite3.connect(self.folder / "db.sqlite3", timeout=20)
        )
        with closing(connection):
            return list(connection.execute(sql).fetchall())

    def wait(self, until: Callable[[], bool], seconds: float, *, each: float = 0.1) -> None:
        """Wait for something; raises NotInTime with the states and the end of the worker's log."""
        ends = time.monotonic() + seconds
        while not until():
            if time.monotonic() > ends:
                raise NotInTime(f"{dict(self.states())}\n{self.log}")
            time.sleep(each)

    @property
    def log(self) -> str:
        """The end of the worker's log."""
        path = self.folder / "worker.log"
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""


@contextmanager
def drill(
    folder: Path,
    services: Mapping[str, str] | None = None,
    ledger: Path | None = None,
    **pace: str,
) -> Iterator[Drill]:
    """Give an installation with its database made and a sandbox beside it; all ends with the block.

    Without `services`: SQLite and the filesystem broker in `folder`. With DATABASE_URL and
    CELERY_BROKER_URL: a new PostgreSQL database on that server, and another number of that Redis.
    Without `ledger` the sandbox keeps its books in memory. `pace` overrides HURRIED by the settings'
    environment names.
    """
    kept = ("--ledger", str(ledger)) if ledger else ()
    with running_sandbox(*kept) as sandbox, _stores(services or {}) as stores:
        environment = {
            **{name: value for name, value in os.environ.items() if name not in _OURS},
            **HURRIED,
            **stores,
            **pace,
            "VAR_DIR": str(folder),
            "DJANGO_DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "backoffice.settings",
            "POWEROFFICE_ENV": "sandbox",
            "POWEROFFICE_SANDBOX_URL": sandbox.url,
        }
        drilled = Drill(folder, sandbox, environment)
        try:
            drilled.python("manage.py", "migrate", "--verbosity", "0")
            yield drilled
        finally:
            drilled.stop()


@contextmanager
def _stores(services: Mapping[str, str]) -> Iterator[dict[str, str]]:
    if not services:
        yield {}
        return
    server, name = services["DATABASE_URL"], f"drill_{uuid4().hex[:12]}"
    broker = urlsplit(services["CELERY_BROKER_URL"])._replace(path="/7").geturl()
    _execute(server, f"CREATE DATABASE {name}")
    try:
        database = urlsplit(server)._replace(path=f"/{name}").geturl()
        yield {"DATABASE_URL": database, "CELERY_BROKER_URL": broker, "REDIS_URL": broker}
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(server: str, sql: str) -> None:
    """On a connection of its own: the server may have been restarted since the last one."""
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(sql)


def marks(sandbox: Sandbox) -> Counter[str]:
    """Count the sandbox's drafts and vouchers by the mark that closes their description."""
    state = sandbox.state()
    found = [*state["drafts"], *state["vouchers"]]
    return Counter(str(draft["description"])[-10:].strip("[]") for draft in found)


def document(text: str) -> Any:
    """The JSON document that a command printed."""
    return json.loads(text)
