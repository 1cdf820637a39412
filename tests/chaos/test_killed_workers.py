"""Workers that are killed in mid-send lose nothing and send nothing twice (reliability.md 2.1, 1–3).

Every moment between claim and outcome is struck by chance; faults come from fixed dice. The sandbox
keeps its limit of ten calls a second, and takes its time over each draft, so that a kill often falls
between the call and its answer: it commits all the same.
"""

import os
import time
from collections.abc import Iterator, Mapping

import pytest

from tests.chaos.harness import Drill, drill, marks
from tests.sandbox import CREATE

TILLS, DAYS = 4, 30
SETTLEMENTS = TILLS * DAYS
KILLED_AT = (10, 40, 75)  # drafts over there when the worker is killed
SLOW_S = 0.15
FAULTS = [
    {"call": CREATE, "fault": "lose-answer-after-commit", "share": 0.05, "seed": 5},
    {"call": "*", "fault": "429", "share": 0.1, "seed": 10},
    {"call": CREATE, "fault": "slow", "seconds": SLOW_S},
]
LOST, TOO_MANY = 0, 429
SERVICES = ("DATABASE_URL", "CELERY_BROKER_URL")


def _services() -> Mapping[str, str]:
    found = {name: os.environ.get(name, "") for name in SERVICES}
    if not found["DATABASE_URL"].startswith("postgres"):
        pytest.skip(
            "PostgreSQL and Redis are not here: python -m tests.services pytest tests/chaos"
        )
    return found


@pytest.fixture(
    params=[
        "sqlite-and-files",
        pytest.param("postgresql-and-redis", marks=pytest.mark.services),
    ]
)
def installation(request: pytest.FixtureRequest, tmp_path) -> Iterator[Drill]:
    services = {} if request.param == "sqlite-and-files" else _services()
    with drill(tmp_path, services) as drilled:
        drilled.python("-m", "tests.chaos.world", str(TILLS), str(DAYS))
        yield drilled


@pytest.mark.slow
def test_three_kills_in_mid_send_leave_every_draft_once(installation: Drill) -> None:
    installation.sandbox.faults(FAULTS)
    arrived: set[str] = set()
    for drafts in KILLED_AT:
        arrived |= _kill_in_mid_send(installation, after=drafts)
    while not arrived:  # chance spared every call that was under way
        arrived |= _kill_in_mid_send(installation, after=KILLED_AT[-1])
    installation.start_worker()

    installation.wait(lambda: installation.states() == {"SENT": SETTLEMENTS}, 60)

    found = marks(installation.sandbox)
    ours = installation.rows("SELECT mark FROM exports_export")
    assert found == {mark: 1 for (mark,) in ours}
    assert len(found) == SETTLEMENTS
    _assert_it_was_rough(installation)


def _assert_it_was_rough(drilled: Drill) -> None:
    """The drill proves nothing unless sends were cut off, answers lost and calls turned away."""
    outcomes = dict(drilled.rows("SELECT outcome, COUNT(*) FROM exports_attempt GROUP BY outcome"))
    answers = drilled.sandbox.answers(CREATE)
    assert outcomes["crashed"] >= len(KILLED_AT)
    assert outcomes["Found"] > 0
    assert answers[LOST] > 0
    assert answers[TOO_MANY] > 0


def _kill_in_mid_send(drilled: Drill, after: int) -> set[str]:
    """Kill once `after` drafts are there and one is under way; again, should it have just ended.

    Gives the marks of the drafts that came into being though their worker was killed.
    """
    left: set[str] = set()
    while not left:
        drilled.start_worker()
        drilled.wait(lambda: len(drilled.sandbox.drafts) >= after, 40, each=0.02)
        drilled.wait(lambda: drilled.states()["SENDING"] > 0, 20, each=0.005)
        left = drilled.kill_worker()
    time.sleep(2 * SLOW_S)  # the far side finishes what it was asked to do
    return left & marks(drilled.sandbox).keys()
