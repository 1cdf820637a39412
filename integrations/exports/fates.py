"""What can become of a draft once it is over there, and what follows. Pure.

The accountant posts it, changes it, or deletes it: we look, and never send anything again by ourselves
(reliability.md 2.1, 17–19).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.domain.journal import Journal
from integrations.exports.states import Blocked, NotSent, Pace, State, Trace, Unknown


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft to look at. `read_at` is when its lines were last compared; None: never.

    `arrived_at` is when we learned that it is there, `sent_at` when its first send began.
    """

    remote_id: str
    journal: Journal
    mark: str
    sent_at: datetime
    arrived_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """It lies there unposted. `agrees` with what we sent; None: not compared, nothing has changed."""

    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A person posted it; `voucher_no` is '' while they do not tell it."""

    voucher_no: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """It is there no longer."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """The far side did not answer, or not wholly."""

    trace: Trace


Fate = Waiting | Posted | Gone | Unseen


@dataclass(frozen=True, slots=True)
class Turn:
    """The next state, when to look again, and what to tell; `compared` says that the lines were read."""

    state: State
    look_at: datetime | None = None
    voucher_no: str = ""
    issues: tuple[Issue, ...] | None = None
    compared: bool = False


def after_fate(fate: Fate, draft: Draft, now: datetime, pace: Pace) -> Turn:
    """Say what follows from what became of a draft. `issues` None leaves those there are.

    A replica may not show yet what was just made, so a draft is only taken for deleted once the quiet
    window after its arrival is over.
    """
    match fate:
        case Waiting(agrees):
            return _waiting(draft, now + pace.follow, agrees=agrees)
        case Posted(voucher_no):
            again = None if voucher_no else now + pace.follow
            return Turn(State.POSTED, again, voucher_no, issues=())
        case Gone() if now >= draft.arrived_at + pace.quiet:
            return Turn(State.REMOVED, issues=(_issue("draft-removed", draft),))
        case Gone() | Unseen():
            return Turn(State.SENT, now + pace.probe_gap)
        case _:
            assert_never(fate)


def _waiting(draft: Draft, again: datetime, *, agrees: bool | None) -> Turn:
    if agrees is None:
        return Turn(State.SENT, again)
    code = "draft-differs" if draft.read_at is None else "draft-edited"
    issues = () if agrees else (_issue(code, draft),)
    return Turn(State.SENT, again, issues=issues, compared=True)


def _issue(code: str, draft: Draft) -> Issue:
    return Issue(code, facts=(("mark", draft.mark),), fix=Fix(Page.STATUS))


@dataclass(frozen=True, slots=True)
class Stray:
    """A voucher that carries a mark of ours under an id that no export has.

    `as_sent` says that date and lines are those of the journal with that mark.
    """

    remote_id: str
    mark: str
    as_sent: bool
    posted: bool
    in_approval: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Our draft is there no longer: deleted now, or already before."""

    trace: Trace


@dataclass(frozen=True, slots=True)
class Kept:
    """They keep it: it is posted, or in somebody's approval."""

    trace: Trace


Withdrawal = Withdrawn | Kept | Blocked | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """What follows: `gone` says that it may be built anew, `again` when to try once more."""

    gone: bool = False
    again: datetime | None = None
    issues: tuple[Issue, ...] = ()


def after_withdrawal(outcome: Withdrawal, mark: str, now: datetime, pace: Pace) -> Withdrawing:
    """Say what follows from trying to delete our own draft.

    Deleting twice does no harm, so what nobody knows is simply tried again: until it is certainly
    gone nothing is built anew, and there are never two at once.
    """
    match outcome:
        case Withdrawn():
            return Withdrawing(gone=True)
        case Kept():
            facts = (("mark", mark),)
            return Withdrawing(issues=(Issue("draft-kept", facts=facts, fix=Fix(Page.STATUS)),))
        case Blocked(issues):
            return Withdrawing(issues=issues)
        case NotSent(wait):
            return Withdrawing(again=now + max(wait, pace.probe_gap))
        case Unknown():
            return Withdrawing(again=now + pace.probe_gap)
        case _:
            assert_never(outcome)
