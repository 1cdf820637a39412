"""`make chaos ARGS="--settlements N --seed N --json"`: exactly once, through everything at once.

Starts PostgreSQL, Redis, a sandbox, workers and beat of its own, and lets every fault loose on them.
Exit 0 when nothing is lost, doubled, unbalanced or unfinished; else 1. 2 when a program is missing.
"""

import argparse
import json
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

from tests.chaos import checker, sources
from tests.chaos.harness import drill
from tests.chaos.storm import AWAY_S, DAY_S, SIXTIETH, Storm
from tests.servers import Missing, postgresql, redis

OSLO = ZoneInfo("Europe/Oslo")
FEWEST_KILLS, KILLS_EACH = 5, 100
ROUGH = 0.25  # the least share of calls that must have met a fault
COUNTED = ("lost", "duplicated", "unbalanced", "unfinished")
SHOWN = 5


def main(argv: Sequence[str]) -> int:
    """Run it, tell how it went on stderr, and the counts in the last line of stdout."""
    options = _arguments(argv)
    signal.signal(signal.SIGTERM, _leave)
    try:
        with _folder(options.keep) as folder:
            counts, share = _run(folder, options.settlements, options.seed)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(json.dumps(counts) if options.json else said)
    if share < ROUGH:
        print(f"Only {share:.0%} of the calls met a fault.", file=sys.stderr)
    return int(share < ROUGH or any(counts[name] for name in COUNTED))


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos ARGS=…", description=__doc__)
    parser.add_argument("--settlements", type=int, default=500, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--json", action="store_true", help="the last line is one JSON object")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="a new folder for logs and books"
    )
    options = parser.parse_args(argv)
    if options.settlements < 1:
        parser.error("--settlements is at least 1")
    return options


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """The folder that was asked for, else one that goes with the block."""
    with ExitStack() as stack:
        made = kept or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
        made.mkdir(exist_ok=kept is None)
        made.chmod(0o755)  # the postgres user goes through it
        yield made


def _run(folder: Path, settlements: int, seed: int) -> tuple[dict[str, int], float]:
    """Give the counts, and the share of calls that met a fault."""
    begun = time.monotonic()
    files, ledger = folder / "files", folder / "ledger.sqlite3"
    files.mkdir()
    yesterday = (datetime.now(OSLO) - timedelta(days=1)).date()  # noqa: TID251  # no Django here
    made = sources.write_all(files, settlements, seed, yesterday)
    expected = sources.expected(made)
    with ExitStack() as stack:
        broker = stack.enter_context(redis(folder))
        database = stack.enter_context(postgresql(folder))
        where = {"DATABASE_URL": database.url, "CELERY_BROKER_URL": broker}
        drilled = stack.enter_context(drill(folder, where, ledger, **SIXTIETH))
        clients = [_client(source.org_no) for source in made]
        drilled.sandbox.seed({"clients": clients, "limit": 0})
        opening = ("-m", "tests.chaos.opening", str(files), made[0].first.isoformat())
        drilled.python(*opening, seconds=900, CLOCK_SHIFT_S=str(-AWAY_S - DAY_S))
        total = expected.total()
        kills = max(FEWEST_KILLS, total // KILLS_EACH)
        storm = Storm(drilled, database, ledger, total, kills, seed)
        unfinished = storm.rage()
        state = drilled.sandbox.state()
    verdict = checker.judge(ledger, expected)
    _explain(verdict, state, time.monotonic() - begun)
    faults = sum(state["faults"].values())
    counts = {
        "settlements": total,
        "faults": faults,
        "kills": storm.crew.killed,
        "lost": verdict.lost.total(),
        "duplicated": verdict.duplicated.total(),
        "unbalanced": verdict.unbalanced,
        "unfinished": unfinished,
        "seed": seed,
    }
    return counts, faults / state["call_count"]


def _client(org_no: str) -> dict[str, str]:
    keys = {"application_key": "storm", "client_key": org_no}
    return {**keys, "client_id": org_no, "client_name": org_no}


def _explain(verdict: checker.Verdict, state: Mapping[str, Any], seconds: float) -> None:
    """Tell on stderr what it cost, what struck, and the first of what went wrong."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime
    spent = f"{seconds:.0f} s, {cpu:.0f} s of CPU, {state['call_count']} calls"
    print(spent, state["faults"], file=sys.stderr)
    for name, wrong in (("lost", verdict.lost), ("duplicated", verdict.duplicated)):
        for booked in list(wrong)[:SHOWN]:
            print(f"{name}: {booked}", file=sys.stderr)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # unwinds everything that was started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
