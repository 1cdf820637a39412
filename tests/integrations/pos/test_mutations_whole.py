"""Files damaged at random are refused, blocked or right, without a crash and in little memory.

What «right» means stands in `mutations.py`. Each run is a process of its own, so that its memory is.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MOST_MEGABYTES = 256


def run(count, first):
    """The tallies of so many damaged files, and the peak memory of the process that read them."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.integrations.pos.mutations", str(count), str(first)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def held(count, capsys, first=0):
    found = run(count, first)
    with capsys.disabled():
        print(f" [{found['tallies']}, {found['peak_mb']} MB]", end="")
    assert found["wrong"] == []
    assert sum(found["tallies"].values()) == count
    # Each verdict is met: the damage is neither too rough nor too gentle to say anything.
    assert (
        min(found["tallies"][verdict] for verdict in ("refused", "blocked", "right")) > count // 20
    )
    assert found["peak_mb"] < MOST_MEGABYTES


@pytest.mark.slow
def test_two_hundred_damaged_files_are_refused_blocked_or_right(capsys):
    held(200, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 5_000])
def test_ten_thousand_damaged_files_are_refused_blocked_or_right(first, capsys):
    """In two halves, one for each core."""
    held(5_000, capsys, first)
