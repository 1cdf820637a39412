"""What a person may do about one settlement now: the buttons of its page, and what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounting.books.models import Settlement
from integrations.exports import parts
from integrations.exports.acting import written
from integrations.exports.models import Export
from integrations.exports.pages.change import Changed
from integrations.exports.states import REBUILDS, State

_MOVING = frozenset({State.READY, State.SENDING})
_LEAVES = frozenset({State.BLOCKED, State.HELD, State.READY, State.REMOVED})


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done about the part that speaks for the settlement; `draft` may be asked back.

    `moving` says that something happens by itself within a moment, so the page looks again. `pick` names
    the part in the form that asks where it is booked by hand.
    """

    send_again: bool = False
    answer: bool = False
    build: bool = False
    undo: bool = False
    leave_out: bool = False
    approve: bool = False
    draft: Export | None = None
    withdrawing: bool = False
    moving: bool = False
    pick: str = ""


def acts_of(
    settlement: Settlement, every: Sequence[Export], export: Export | None, change: Changed | None
) -> Acts:
    """Say what may be done; nothing about a revision that another has replaced."""
    if export is None or not settlement.current:
        return Acts()
    pending = export.awaits_approval
    busy = parts.on_its_way(every)
    withdrawing = any(part.withdraw_at for part in every)
    state = export.state
    return Acts(
        send_again=state == State.BLOCKED and export.snapshot_id is not None,
        answer=state == State.HELD,
        build=state in REBUILDS - {State.LEFT_OUT} and not pending,
        undo=state == State.LEFT_OUT and settlement.has_movement,
        leave_out=state in _LEAVES,
        approve=pending and change is not None and change.approvable,
        draft=None if busy or withdrawing else _draft(every),
        withdrawing=withdrawing,
        pick=written([export]) if state in _LEAVES else "",
        moving=withdrawing or (state in _MOVING and not export.tries),
    )


def _draft(every: Sequence[Export]) -> Export | None:
    """Give the newest part that lies over there unposted."""
    return next((part for part in reversed(every) if part.state == State.SENT), None)
