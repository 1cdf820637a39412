"""Runs the tests that need real services: `python -m tests.services pytest|bench ARGS…`.

Starts its own PostgreSQL and Redis on free ports in a folder of their own, tells the tests where
by DATABASE_URL, CELERY_BROKER_URL and REDIS_URL, and stops both in the end. Exit 2 with a sentence
when PostgreSQL, Redis or Chromium is missing.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from tests.servers import Missing, postgresql, redis

WHAT: dict[str, list[str]] = {
    "pytest": [
        "-m",
        "not bench",
        "--migrations",
        "-p",
        "tests.skips",
        "-n",
        "3",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ],
    "bench": ["-s", "tests/benchmarks"],
}


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
            broker = stack.enter_context(redis(folder))
            database = stack.enter_context(postgresql(folder)).url
            where = {"DATABASE_URL": database, "CELERY_BROKER_URL": broker, "REDIS_URL": broker}
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


def _chromium() -> None:
    if not Path(os.environ.get("CHROMIUM", "/usr/bin/chromium")).exists():
        raise Missing("Chromium is missing; install it, or name its path in CHROMIUM.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
