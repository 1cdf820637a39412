"""Time and memory against a floor measured in the same run: ratios say something on any machine.

The floor is "bare expat": the standard library's parser over the same file, with no handler set. It
checks well-formedness and hands over nothing, so nothing that yields values can be as quick; that is
the hardest reading of the words.
"""

import os
import subprocess
import sys
import time
import xml.parsers.expat
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Not `ru_maxrss`: that begins with what the process held that started this one.
_PEAK = """
import re, pathlib
print(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""


def seconds(work):
    """How long a piece of work takes, on the wall: the database's work counts too."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def best_of(works):
    """The quickest of some equal pieces of work, in seconds: the others say what else the machine did."""
    return min(seconds(work) for work in works)


def bare_expat(path):
    """The floor for a file, in seconds."""

    def parse():
        with path.open("rb") as file:
            xml.parsers.expat.ParserCreate().ParseFile(file)

    return seconds(parse)


def best_beside_floor(path, work, before=lambda: None, rounds=3):
    """The best of some rounds, and the floor's best, taken in turn so that both see the same machine.

    `before` makes each round like the first; it is not timed.
    """
    own, floor = [], []
    for _ in range(rounds):
        before()
        floor.append(bare_expat(path))
        own.append(seconds(work))
    return min(own), min(floor)


def peak_megabytes(code, *arguments, **environment):
    """The peak memory, in megabytes, of a process of its own that runs this code (Linux)."""
    run = subprocess.run(
        [sys.executable, "-c", code + _PEAK, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(run.stdout.split()[-1]) / 1024


def say(what, figure, limit):
    """One line of the bench's answer, with the machine's load beside it."""
    load = os.getloadavg()[0]
    print(f"\n{what}: {figure} (limit {limit}; load {load:.1f} on {os.cpu_count()} cores)")
