"""A file of any size is read in a memory that does not grow with it (saft.md 4.1)."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from integrations.pos.generator import Plan, write

ROOT = Path(__file__).parents[4]
READ = """
import resource, sys
from integrations.pos.saft import read
with open(sys.argv[1], "rb") as source:
    items = sum(1 for _ in read(source))
print(items, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak(tmp_path, days):
    """How many items a file gives, and the reading process's peak memory in MB."""
    file = tmp_path / f"{days}.xml"
    with file.open("wb") as out:
        plan = Plan("999999999", "Fjord AS", date(2026, 1, 1), days, (("Sentrum", "1"),), 400, 1)
        write(plan, out)
    run = subprocess.run(
        [sys.executable, "-c", READ, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    items, memory = run.stdout.split()
    return int(items), int(memory)


@pytest.mark.slow
def test_ten_times_the_days_take_no_more_memory(tmp_path):
    few, small = peak(tmp_path, 10)
    many, large = peak(tmp_path, 100)
    assert many > 8 * few
    assert large < small + 20
