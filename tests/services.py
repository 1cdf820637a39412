"""Runs the tests that need real services: `python -m tests.services pytest|bench|chaos ARGS…`.

Starts its own PostgreSQL and Redis on free ports in a folder of their own, tells the tests where
by DATABASE_URL, CELERY_BROKER_URL and REDIS_URL, and stops both in the end. Exit 2 with a sentence
when PostgreSQL, Redis or Chromium is missing.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

WHAT: dict[str, list[str]] = {
    "pytest": [
        "-m",
        "not bench",
        "--migrations",
        "-p",
        "tests.skips",
        "-n",
        "2",
        "--dist",
        "loadfile",
    ],
    "bench": ["-s", "tests/benchmarks"],
    "chaos": ["tests/chaos"],
}


class Missing(Exception):
    """Something that must be installed is not; the text says what."""


def main(argv: list[str]) -> int:
    """Run pytest with services; its exit code, or 2 for wrong use and missing programs."""
    if not argv or argv[0] not in WHAT:
        print(f"Use: python -m tests.services {'|'.join(WHAT)} [for pytest]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    try:
        with ExitStack() as stack:
            _chromium()
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="services-")))
            folder.chmod(0o755)
            redis = stack.enter_context(_redis(folder))
            database = stack.enter_context(_postgresql(folder))
            where = {"DATABASE_URL": database, "CELERY_BROKER_URL": redis, "REDIS_URL": redis}
            return _pytest([*WHAT[argv[0]], *argv[1:]], os.environ | where)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-m", "", *arguments]
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # unwinds the services


def _program(name: str, pattern: str = "") -> str:
    """Where a program is: on the path, else the newest that the pattern under /usr/lib finds."""
    elsewhere = sorted(Path("/usr/lib").glob(pattern)) if pattern else []
    found = shutil.which(name) or (str(elsewhere[-1]) if elsewhere else "")
    if not found:
        raise Missing(f"`{name}` is missing; `.ci/run` shows how to install it.")
    return found


def _chromium() -> None:
    if not Path(os.environ.get("CHROMIUM", "/usr/bin/chromium")).exists():
        raise Missing("Chromium is missing; install it, or name its path in CHROMIUM.")


def _quietly(command: list[str | Path]) -> None:
    """Run from `/`, since the postgres user may not be allowed into our folder."""
    nothing = subprocess.DEVNULL
    subprocess.run(command, stdin=nothing, stdout=nothing, cwd="/", check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    """A new cluster that trusts 127.0.0.1; it refuses root, so root becomes its own user."""
    programs = Path(_program("initdb", "postgresql/*/bin/initdb")).resolve().parent
    data, port = folder / "postgresql", str(_free_port())
    data.mkdir(mode=0o700)
    become: list[str | Path] = []
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        become = [_program("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    made = ["-U", "backoffice", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    _quietly([*become, programs / "initdb", "-D", data, *made])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {data} -c fsync=off"
    control = [*become, programs / "pg_ctl", "-D", data, "-l", data / "log"]
    _quietly([*control, "-w", "-o", options, "start"])
    try:
        address = ["-h", "127.0.0.1", "-p", port, "-U", "backoffice"]
        _quietly([programs / "createdb", *address, "backoffice"])
        yield f"postgres://backoffice@127.0.0.1:{port}/backoffice"
    finally:
        _quietly([*control, "-m", "immediate", "stop"])


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk."""
    port = _free_port()
    place = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
    nothing_kept = ["--save", "", "--appendonly", "no", "--logfile", folder / "redis.log"]
    server = subprocess.Popen(
        [_program("redis-server"), *place, *nothing_kept], stdin=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Missing(f"Redis did not answer on port {port} within 10 s.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
