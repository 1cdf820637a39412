"""What follows what: every outcome and every look, as tables, and a machine that tries all orders."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.books.domain.issues import Issue
from integrations.exports.states import (
    Blocked,
    CannotLook,
    Doubt,
    Found,
    Move,
    NotFound,
    NotSent,
    Pace,
    Sent,
    State,
    Unknown,
    after,
    after_probe,
    next_try,
)

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
S = timedelta(seconds=1)
PACE = Pace(
    lease=120 * S,
    deadline=30 * S,
    quiet=900 * S,
    probe_gap=120 * S,
    give_up=86_400 * S,
    read_back=120 * S,
    follow=3600 * S,
    backoff=(60 * S, 120 * S, 300 * S),
    tries=4,
)
MISSING = Issue("account-not-in-chart", "3030", (("account", "3030"),))
LAST = PACE.tries - 1  # failures before the one that is too many


def in_s(seconds: float) -> datetime:
    return NOW + seconds * S


def a_doubt(
    *, probes: int = 0, tries: int = 1, since: float = -900, counts_from: float = 0
) -> Doubt:
    """A doubt of a look that began NOW; moments are seconds from NOW."""
    return Doubt(in_s(since), in_s(counts_from), NOW, probes, tries, "K7F39QXD")


@pytest.mark.parametrize(
    ("outcome", "tries", "move"),
    [
        (Sent("id-1"), 0, Move(State.SENT, in_s(120), "id-1")),
        (Sent("id-1"), LAST, Move(State.SENT, in_s(120), "id-1")),
        (NotSent(), 0, Move(State.READY, in_s(60), tries=1)),
        (NotSent(), 1, Move(State.READY, in_s(120), tries=2)),
        (NotSent(), 2, Move(State.READY, in_s(300), tries=3)),
        (NotSent(wait=7 * S), 0, Move(State.READY, in_s(60), tries=1)),
        (NotSent(wait=90 * S), 0, Move(State.READY, in_s(90), tries=1)),
        (NotSent(counts=False), 0, Move(State.READY, NOW, tries=0)),
        (NotSent(wait=7 * S, counts=False), 0, Move(State.READY, in_s(7), tries=0)),
        (NotSent(wait=7 * S, counts=False), 2, Move(State.READY, in_s(120), tries=2)),
        (NotSent(wait=7 * S, counts=False), LAST, Move(State.READY, in_s(300), tries=LAST)),
        (Blocked((MISSING,)), 0, Move(State.BLOCKED, issues=(MISSING,))),
        (Blocked((MISSING,)), LAST, Move(State.BLOCKED, issues=(MISSING,))),
        (Unknown(), 0, Move(State.UNCERTAIN, in_s(900), tries=1)),
        (Unknown(), LAST, Move(State.UNCERTAIN, in_s(900), tries=PACE.tries)),
    ],
)
def test_what_follows_a_send(outcome, tries, move):
    assert after(outcome, tries, NOW, PACE) == move


def test_a_send_that_certainly_failed_too_often_is_stopped_for_a_person():
    move = after(NotSent(), LAST, NOW, PACE)

    assert (move.state, move.tries) == (State.BLOCKED, PACE.tries)
    assert [issue.code for issue in move.issues] == ["too-many-tries"]


def test_the_last_step_of_the_back_off_is_used_from_there_on():
    waits = [next_try(tries, NOW, PACE) - NOW for tries in range(6)]

    assert waits == [0 * S, 60 * S, 120 * S, 300 * S, 300 * S, 300 * S]


class TestLooking:
    @pytest.mark.parametrize(("probes", "counts_from"), [(0, 0), (0, 600), (1, 0), (1, 60)])
    def test_what_is_found_is_adopted_at_once_also_before_its_time(self, probes, counts_from):
        doubt = a_doubt(probes=probes, counts_from=counts_from)

        assert after_probe(Found(("id-1",)), doubt, NOW, PACE) == Move(
            State.SENT, in_s(120), "id-1"
        )

    def test_of_several_the_oldest_is_adopted_and_the_surplus_is_told(self):
        move = after_probe(Found(("id-1", "id-2", "id-3")), a_doubt(), NOW, PACE)

        assert (move.state, move.remote_id) == (State.SENT, "id-1")
        assert [issue.code for issue in move.issues] == ["draft-found-twice"]
        assert dict(move.issues[0].facts) == {"count": "3", "mark": "K7F39QXD"}
        assert not move.issues[0].blocks

    def test_the_first_clean_look_asks_for_another_a_gap_later(self):
        assert after_probe(NotFound(), a_doubt(), NOW, PACE) == Move(
            State.UNCERTAIN, in_s(120), tries=1, probes=1
        )

    def test_the_second_clean_look_frees_it(self):
        assert after_probe(NotFound(), a_doubt(probes=1), NOW, PACE) == Move(
            State.READY, NOW, tries=1
        )

    @pytest.mark.parametrize("probes", [0, 1])
    def test_a_look_before_its_time_never_counts(self, probes):
        doubt = a_doubt(probes=probes, counts_from=0.001)

        assert after_probe(NotFound(), doubt, NOW, PACE) == Move(
            State.UNCERTAIN, in_s(0.001), tries=1, probes=probes
        )

    @pytest.mark.parametrize("probes", [0, 1])
    def test_a_look_that_began_before_its_time_does_not_count_because_its_answer_came_late(
        self, probes
    ):
        doubt = a_doubt(probes=probes, counts_from=10)

        move = after_probe(NotFound(), doubt, in_s(20), PACE)

        assert (move.state, move.probes) == (State.UNCERTAIN, probes)

    def test_what_was_in_doubt_too_often_is_stopped_instead_of_freed(self):
        move = after_probe(NotFound(), a_doubt(probes=1, tries=PACE.tries), NOW, PACE)

        assert (move.state, move.tries) == (State.BLOCKED, PACE.tries)
        assert [issue.code for issue in move.issues] == ["too-many-tries"]

    @pytest.mark.parametrize(("counts_from", "again"), [(0, 120), (60, 120), (500, 500)])
    def test_no_answer_is_no_clean_look_and_takes_none_away(self, counts_from, again):
        doubt = a_doubt(probes=1, counts_from=counts_from)

        assert after_probe(CannotLook(), doubt, NOW, PACE) == Move(
            State.UNCERTAIN, in_s(again), tries=1, probes=1
        )

    @pytest.mark.parametrize(
        ("since", "state"), [(-86_399, State.UNCERTAIN), (-86_400, State.HELD)]
    )
    def test_what_cannot_be_looked_for_is_parked_in_the_end(self, since, state):
        move = after_probe(CannotLook(), a_doubt(since=since), NOW, PACE)

        assert move.state is state
        assert [i.code for i in move.issues] == ["outcome-undecided"] * (state is State.HELD)


PROBES = st.sampled_from([NotFound(), CannotLook(), Found(("id-1",))])
STEPS = st.lists(
    st.tuples(
        PROBES,
        st.integers(0, 400),  # seconds until somebody looks, due or not
        st.integers(0, 200),  # seconds the look takes
    ),
    max_size=25,
)


@given(steps=STEPS, tries=st.integers(0, PACE.tries))
def test_whatever_comes_ready_follows_doubt_only_after_quiet_and_two_clean_looks_apart(
    steps, tries
):
    move, now = after(Unknown(), tries, NOW, PACE), NOW
    clean: list[tuple[datetime, datetime]] = []
    for probe, pause, takes in steps:
        began = now + pause * S
        now = began + takes * S
        doubt = Doubt(NOW, move.not_before, began, move.probes, move.tries, "K7F39QXD")
        move = after_probe(probe, doubt, now, PACE)
        if isinstance(probe, NotFound) and began >= NOW + PACE.quiet:
            clean.append((began, now))
        if move.state is not State.UNCERTAIN:
            break

    match move.state:
        case State.READY:
            assert _two_that_lie_apart(clean)
            assert move.tries < PACE.tries
        case State.SENT:
            assert isinstance(probe, Found)
        case State.BLOCKED:
            assert move.tries >= PACE.tries
            assert _two_that_lie_apart(clean)
        case State.UNCERTAIN:
            assert move.not_before is not None
        case other:
            assert other is State.HELD


def _two_that_lie_apart(clean: list[tuple[datetime, datetime]]) -> bool:
    return any(second - ended >= PACE.probe_gap for _, ended in clean for second, _ in clean)
