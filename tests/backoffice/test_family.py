"""Whoever is asked to stop ends its children first, also when asked twice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backoffice import processes

PARENT = """
import sys, time
from pathlib import Path
from backoffice.processes import family
with family({}) as members:
    members.start("child", "-c", sys.argv[2], log=Path(sys.argv[1]))
    time.sleep(60)
"""
# It says who it is, and takes its time to end.
CHILD = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit(0)))
print(os.getpid(), flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_asked_twice_no_child_is_left(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    root = Path(processes.__file__).parents[1]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(log), CHILD], cwd=root)
    ends = time.monotonic() + 20
    while not (log.exists() and log.read_text().strip()):
        assert time.monotonic() < ends
        time.sleep(0.05)
    for _ in range(2):
        parent.send_signal(signal.SIGTERM)
        time.sleep(0.2)
    parent.wait(20)
    assert not _is_alive(int(log.read_text()))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
