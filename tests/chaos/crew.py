"""Workers and beat of a storm: real processes in groups of their own, killed and started again."""

import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.harness import ROOT, Drill

WORKERS = 3
_CELERY = ("-m", "celery", "-A", "backoffice")
_ALONE = ("--without-mingle", "--without-gossip", "--without-heartbeat")


@dataclass
class Crew:
    """Some workers and one beat, all of them told how far the clock is off."""

    drilled: Drill
    dice: random.Random
    shift_s: int = 0
    killed: int = 0
    members: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def tend(self) -> None:
        """Start whoever is not there."""
        for name in ("beat", *(f"w{number}" for number in range(WORKERS))):
            member = self.members.get(name)
            if member is None or member.poll() is not None:
                self.members[name] = self._start(name)

    def kill_one(self) -> None:
        """SIGKILL a worker chosen by chance: its whole group, or only the child that does the work."""
        worker = self.members[f"w{self.dice.randrange(WORKERS)}"]
        children = _children_of(worker.pid)
        if children and self.dice.random() < 0.5:
            _kill(self.dice.choice(children))
        else:
            _kill_group(worker)
        self.killed += 1

    def stop(self) -> None:
        """SIGKILL everybody, as when the machine goes."""
        for member in self.members.values():
            _kill_group(member)
        self.members.clear()

    def log(self, name: str) -> Path:
        """Where a member writes."""
        return self.drilled.folder / f"{name}.log"

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        what = (
            ("beat",) if name == "beat" else ("worker", "-c", "1", "-n", f"{name}@storm", *_ALONE)
        )
        with self.log(name).open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *_CELERY, *what, "-l", "WARNING"],
                cwd=ROOT,
                env={**self.drilled.environment, "CLOCK_SHIFT_S": str(self.shift_s)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _children_of(pid: int) -> list[int]:
    """The processes that this one has forked and that still run (Linux)."""
    try:
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except FileNotFoundError:
        return []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it ended by itself between our look and now


def _kill_group(member: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(member.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    member.wait(10)
