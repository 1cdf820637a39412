"""What an export can be, how a send can end, and what follows what: the whole life on one screen.

Pure: the clock and the far side are arguments. reliability.md 5.3 has the picture.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from accounting.books.domain.issues import Fix, Issue, Page


class State(StrEnum):
    """The states of an export; their words on screen are in backoffice's template tags."""

    READY = "READY"
    SENDING = "SENDING"
    SENT = "SENT"
    POSTED = "POSTED"
    UNCERTAIN = "UNCERTAIN"
    BLOCKED = "BLOCKED"
    HELD = "HELD"
    REMOVED = "REMOVED"
    LEFT_OUT = "LEFT_OUT"
    SUPERSEDED = "SUPERSEDED"


@dataclass(frozen=True, slots=True)
class Trace:
    """What the far side said, for the attempt's row: HTTP status, and its own words (no names)."""

    status: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there: `remote_id` is the far side's id of the draft."""

    remote_id: str
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class NotSent:
    """It is certainly not there and may be sent again, after `wait` at the earliest.

    `counts` is False where the far side only asked us to wait (429).
    """

    wait: timedelta = timedelta(0)
    counts: bool = True
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class Blocked:
    """It is certainly not there, and a person must mend something first."""

    issues: tuple[Issue, ...]
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it is there. It is looked for, never resent blindly."""

    trace: Trace = Trace()


Outcome = Sent | NotSent | Blocked | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The mark was found: the ids of every draft that carries it and agrees on date and sum."""

    remote_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """The far side was asked and answered wholly: the mark is nowhere."""


@dataclass(frozen=True, slots=True)
class CannotLook:
    """The far side did not answer, or not wholly."""

    trace: Trace = Trace()


Probe = Found | NotFound | CannotLook


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient we are; settings, so that drills can shorten them (DESIGN.md 3.6)."""

    lease: timedelta
    deadline: timedelta
    quiet: timedelta
    probe_gap: timedelta
    give_up: timedelta
    read_back: timedelta
    follow: timedelta
    backoff: tuple[timedelta, ...]
    tries: int = 8


@dataclass(frozen=True, slots=True)
class Move:
    """The next state and what the row is to remember of it. `tries` and `probes` are new counts."""

    state: State
    not_before: datetime | None = None
    remote_id: str = ""
    issues: tuple[Issue, ...] = ()
    tries: int = 0
    probes: int = 0


def next_try(tries: int, now: datetime, pace: Pace, asked: timedelta = timedelta(0)) -> datetime:
    """Give the earliest moment of the next try: our back-off, or what they asked for if longer."""
    step = pace.backoff[min(tries, len(pace.backoff)) - 1] if tries else timedelta(0)
    return now + max(step, asked)


def after(outcome: Outcome, tries: int, now: datetime, pace: Pace) -> Move:
    """Say what follows a send that ended like this, after `tries` tries that failed before it."""
    match outcome:
        case Sent(remote_id):
            return Move(State.SENT, not_before=now + pace.read_back, remote_id=remote_id)
        case NotSent(wait, counts):
            failed = tries + counts
            if failed >= pace.tries:
                return _given_up(failed)
            return Move(State.READY, not_before=next_try(failed, now, pace, wait), tries=failed)
        case Blocked(issues):
            return Move(State.BLOCKED, issues=issues)
        case Unknown():
            return Move(State.UNCERTAIN, not_before=now + pace.quiet, tries=tries + 1)
        case _:
            assert_never(outcome)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An UNCERTAIN export: since when, how many clean looks so far, and when the next one counts.

    The first counts once the quiet window is over, each later one a probe gap after the last; a look
    that began (`looked_at`) before its time does not, however late its answer came.
    """

    since: datetime
    counts_from: datetime
    looked_at: datetime
    probes: int
    tries: int
    mark: str


def after_probe(probe: Probe, doubt: Doubt, now: datetime, pace: Pace) -> Move:
    """Say what follows a look for the mark.

    READY only after the quiet window and two clean looks that lie a probe gap apart (reliability.md
    5.3); adopted at once when found; parked when it cannot be decided in time.
    """
    match probe:
        case Found(remote_ids):
            again = now + pace.read_back
            return Move(State.SENT, again, remote_ids[0], issues=_surplus(remote_ids, doubt))
        case NotFound():
            return _not_found(doubt, now, pace)
        case CannotLook():
            if now >= doubt.since + pace.give_up:
                return Move(State.HELD, issues=(undecided(doubt.mark),), tries=doubt.tries)
            again = max(now + pace.probe_gap, doubt.counts_from)
            return _look_again(doubt, again, doubt.probes)
        case _:
            assert_never(probe)


def undecided(mark: str) -> Issue:
    """Say that a person must look for the mark over there."""
    return Issue("outcome-undecided", facts=(("mark", mark),), fix=Fix(Page.STATUS))


CLEAN_PROBES = 2


def _not_found(doubt: Doubt, now: datetime, pace: Pace) -> Move:
    if doubt.looked_at < doubt.counts_from:
        return _look_again(doubt, doubt.counts_from, doubt.probes)
    if doubt.probes + 1 < CLEAN_PROBES:
        return _look_again(doubt, now + pace.probe_gap, doubt.probes + 1)
    if doubt.tries >= pace.tries:
        return _given_up(doubt.tries)
    return Move(State.READY, not_before=now, tries=doubt.tries)


def _given_up(tries: int) -> Move:
    issue = Issue("too-many-tries", facts=(("tries", str(tries)),), fix=Fix(Page.STATUS))
    return Move(State.BLOCKED, issues=(issue,), tries=tries)


def _look_again(doubt: Doubt, when: datetime, probes: int) -> Move:
    return Move(State.UNCERTAIN, not_before=when, tries=doubt.tries, probes=probes)


def _surplus(remote_ids: tuple[str, ...], doubt: Doubt) -> tuple[Issue, ...]:
    if len(remote_ids) == 1:
        return ()
    facts = (("count", str(len(remote_ids))), ("mark", doubt.mark))
    return (Issue("draft-found-twice", facts=facts),)


# Which states a person's or the tick's act may leave (DESIGN.md 3.7); everything else is refused.
REBUILDS = frozenset({State.READY, State.BLOCKED, State.REMOVED, State.LEFT_OUT})
STOPPED = frozenset({State.BLOCKED, State.HELD, State.REMOVED})
ARRIVED = frozenset({State.SENT, State.POSTED})
# Of one document's parts at most one is in these at a time (a constraint holds it): so no correction
# is sent while what it corrects is in doubt, and none twice.
UNDER_WAY = frozenset({State.READY, State.SENDING, State.UNCERTAIN, State.HELD, State.BLOCKED})
# Why a document that is over there must be corrected; a person approves the difference.
CORRECTION_CODES = frozenset({"changed-after-export", "sales-after-export", "moved-after-export"})
