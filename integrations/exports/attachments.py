"""The document on a draft: how an attempt to put it there can end, and what follows. Pure.

It never holds a send back: the draft lies there already, and a second copy of the same document does no
harm. So what nobody knows is looked up once, and then simply sent again (docs/decisions/0014).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from integrations.exports.states import Blocked, NotSent, Pace, Trace, Unknown, next_try


@dataclass(frozen=True, slots=True)
class Document:
    """A file for a draft: its name over there, and its content (PDF)."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """It lies on the draft: put there now, or found there."""

    trace: Trace


@dataclass(frozen=True, slots=True)
class Closed:
    """The draft takes no more: it is posted, or in somebody's approval."""

    trace: Trace


Attachment = Attached | Closed | Blocked | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Step:
    """What follows: `done`, else how often it has failed and when to try again; None: never by itself."""

    done: bool = False
    tries: int = 0
    again: datetime | None = None


def after_attachment(outcome: Attachment, tries: int, now: datetime, pace: Pace) -> Step:
    """Say what follows from an attempt to attach, after `tries` that failed before it."""
    match outcome:
        case Attached():
            return Step(done=True)
        case Closed():
            return Step(tries=pace.tries)
        case NotSent(wait, counts):
            failed = tries + counts
            return _again(failed, next_try(failed, now, pace, wait), pace)
        case Blocked():
            return _again(tries + 1, next_try(tries + 1, now, pace), pace)
        case Unknown():
            # A replica may not show at once what was just put there.
            later = max(next_try(tries + 1, now, pace), now + pace.probe_gap)
            return _again(tries + 1, later, pace)
        case _:
            assert_never(outcome)


def _again(tries: int, when: datetime, pace: Pace) -> Step:
    return Step(tries=tries, again=None if tries >= pace.tries else when)
