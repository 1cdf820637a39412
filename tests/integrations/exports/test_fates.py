"""What becomes of a draft over there, and what we make of it: never sent again by ourselves."""

from datetime import UTC, datetime, timedelta

import pytest

from integrations.exports.fates import Draft, Gone, Posted, Unseen, Waiting, after_fate
from integrations.exports.states import State, Trace
from tests.integrations.exports.test_states import PACE

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HOUR, GAP = timedelta(hours=1), PACE.probe_gap


def a_draft(*, arrived: timedelta = HOUR, read: bool = True) -> Draft:
    """A draft that has been over there for so long; its journal is not looked at here."""
    at = NOW - arrived
    return Draft("id", None, "K7F39QXD", at, at, at if read else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fate", "state", "again", "codes"),
    [
        (Waiting(), State.SENT, HOUR, None),
        (Waiting(agrees=True), State.SENT, HOUR, ()),
        (Waiting(agrees=False), State.SENT, HOUR, ("draft-edited",)),
        (Posted("1042"), State.POSTED, None, ()),
        (Posted(), State.POSTED, HOUR, ()),
        (Gone(), State.REMOVED, None, ("draft-removed",)),
        (Unseen(Trace(500)), State.SENT, GAP, None),
    ],
)
def test_what_follows(fate, state, again, codes):
    turn = after_fate(fate, a_draft(), NOW, PACE)
    assert turn.state is state
    assert turn.look_at == (NOW + again if again else None)
    assert (turn.issues if turn.issues is None else tuple(i.code for i in turn.issues)) == codes


def test_what_differs_at_the_first_look_was_never_what_we_sent():
    (issue,) = after_fate(Waiting(agrees=False), a_draft(read=False), NOW, PACE).issues or ()
    assert issue.code == "draft-differs"


def test_what_just_arrived_is_not_taken_for_deleted_while_a_replica_may_lag():
    young = a_draft(arrived=PACE.quiet - timedelta(seconds=1))
    assert after_fate(Gone(), young, NOW, PACE).state is State.SENT
    old = a_draft(arrived=PACE.quiet)
    assert after_fate(Gone(), old, NOW, PACE).state is State.REMOVED
