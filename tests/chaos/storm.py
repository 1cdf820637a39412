"""A storm over real processes: every fault of DESIGN.md 7, kills, a flushed broker, a fallen database.

Two stretches. In the first the clock is three days behind; then everything stands still, beat too, and
goes on three days later. What nobody could mend by themselves a person mends, again and again.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

from tests.chaos.checker import drafts
from tests.chaos.crew import Crew
from tests.chaos.harness import Drill
from tests.servers import Postgresql

# Every duration of production divided by 60; whole seconds, so the deadline of 0.5 s is one of 1.
SIXTIETH = {
    "TICK_S": "1",
    "EXPORT_LEASE_S": "2",
    "EXPORT_DEADLINE_S": "1",
    "EXPORT_QUIET_S": "15",
    "EXPORT_PROBE_GAP_S": "2",
    "EXPORT_GIVE_UP_S": "1440",
    "EXPORT_READ_BACK_S": "2",
    "EXPORT_FOLLOW_S": "60",
    "EXPORT_BACKOFF_S": "1,2,5,15,30,60",
    "EXPORT_CALLS_PER_SECOND": "0",
}
DAY_S = 86_400
AWAY_S = 3 * DAY_S
LATEST_S = 8.0  # a late commit comes at most so long after the client gave up
LAG_S = 1.0
SHARE = 0.027  # of each fault; together a quarter of all calls and some more
FAULTS: list[dict[str, object]] = [
    {"fault": "lose-answer-after-commit"},
    {"fault": "lose-answer-before-commit"},
    {"fault": "commit-late", "seconds": LATEST_S},
    {"fault": "429"},
    {"fault": "500-before-commit"},
    {"fault": "500-after-commit"},
    {"fault": "slow", "seconds": 0.4},
    {"fault": "slow", "seconds": 3},
    {"fault": "cut-body"},
    {"fault": "trickle", "seconds": 0.02},
    {"fault": "unreadable"},
    {"fault": "expired-token"},
    {"fault": "revoked-right"},
]
# At which share of all drafts what falls on everybody.
FLUSHED, FALLEN, AWAY = (0.15, 0.5, 0.8), (0.3, 0.7), 0.6
UNFINISHED = """
    SELECT (SELECT COUNT(*) FROM exports_exportrun WHERE built_at IS NULL)
         + (SELECT COUNT(*) FROM exports_export WHERE state NOT IN ('SENT','POSTED','LEFT_OUT'))
"""
EACH_S, PERSON_EACH_S, TOLD_EACH_S = 0.3, 5.0, 10.0
STUCK_S = 180.0  # without a new draft for so long, the rest is counted as it is


@dataclass
class Storm:
    """What rages, and what it did. `settlements` drafts are expected in the ledger file."""

    drilled: Drill
    database: Postgresql
    ledger: Path
    settlements: int
    kills: int
    seed: int
    _begun: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 (dice for a drill)
        self.crew = Crew(self.drilled, self.dice, shift_s=-AWAY_S)
        self._events = sorted(self._strokes(), key=lambda stroke: stroke[0])
        self._last_new, self._most = time.monotonic(), 0
        self._person_at = self._told_at = 0.0

    def rage(self) -> int:
        """Go on until nothing is left to do; gives how many the installation itself has unfinished."""
        self._faults(SHARE)
        try:
            while self._goes_on():
                self._step()
            self._faults(0)
            self._until(lambda: self._unfinished() == 0, STUCK_S)
            time.sleep(LATEST_S)  # what was answered as lost may still come
            return self._unfinished()
        finally:
            self.crew.stop()

    def _goes_on(self) -> bool:
        """Until every draft is there and all strokes have fallen, or nothing moves any more."""
        if time.monotonic() - self._last_new > STUCK_S:
            self._tell("nothing moves any more")
            return False
        struck = not self._events and self.crew.killed >= self.kills
        return not (struck and self._most >= self.settlements)

    def _step(self) -> None:
        self.crew.tend()
        now, there = time.monotonic(), drafts(self.ledger)
        if there > self._most:
            self._most, self._last_new = there, now
        share = there / self.settlements
        if self._events and self._events[0][0] <= share:
            self._events.pop(0)[1]()
        elif self.crew.killed < min(self.kills, share * 1.05 * self.kills):
            self.crew.kill_one()
        if now > self._person_at + PERSON_EACH_S:
            self._mend()
        if now > self._told_at + TOLD_EACH_S:
            self._tell("")
        time.sleep(EACH_S)

    def _strokes(self) -> Iterator[tuple[float, Callable[[], None]]]:
        yield AWAY, self._go_away
        for at in FLUSHED:
            yield at, self._flush
        for at in FALLEN:
            yield at, self._fall

    def _flush(self) -> None:
        self._tell("Redis is flushed")
        redis.Redis.from_url(self.drilled.environment["CELERY_BROKER_URL"]).flushall()

    def _fall(self) -> None:
        self._tell("PostgreSQL falls, and comes back")
        self.database.restart_at_once()

    def _go_away(self) -> None:
        """Three days without a beat. What was on its way over there arrives meanwhile."""
        self._tell("nobody is here for three days")
        self.crew.stop()
        time.sleep(LATEST_S + LAG_S)
        self.crew.shift_s = 0

    def _mend(self) -> None:
        shift = str(self.crew.shift_s)
        self.drilled.python("-m", "tests.chaos.person", CLOCK_SHIFT_S=shift)
        self._person_at = time.monotonic()

    def _faults(self, share: float) -> None:
        """Let so large a share of the calls meet each fault; the replica lags while any does."""
        self.drilled.sandbox.seed({"limit": 0, "read_lag": LAG_S if share else 0})
        rules = [
            {"call": "*", "share": share, "seed": self.seed * 100 + number, **fault}
            for number, fault in enumerate(FAULTS)
        ]
        self.drilled.sandbox.faults(rules if share else [])

    def _unfinished(self) -> int:
        try:
            return int(self.drilled.rows(UNFINISHED)[0][0])
        except psycopg.OperationalError:
            return self.settlements  # it has just fallen

    def _until(self, done: Callable[[], bool], seconds: float) -> None:
        ends = time.monotonic() + seconds
        while not done() and time.monotonic() < ends:
            self._mend()
            self.crew.tend()
            time.sleep(1)

    def _tell(self, what: str) -> None:
        self._told_at = time.monotonic()
        spent = f"{time.monotonic() - self._begun:6.0f} s"
        count = f"{self._most} of {self.settlements} drafts, {self.crew.killed} kills"
        print(spent, count, what or dict(self.drilled.states()), file=sys.stderr)
