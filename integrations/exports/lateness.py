"""Which slots of a run came late, and what a person is told of it. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounting.books.domain.issues import Issue
from integrations.exports.schedule import OSLO

PUNCTUAL = timedelta(minutes=10)  # a tick a minute, and room for a restart


def late_slots(slots: Iterable[datetime], made_at: datetime) -> tuple[datetime, ...]:
    """Give the slots that nobody filled in time, oldest first."""
    return tuple(sorted(slot for slot in slots if made_at - slot > PUNCTUAL))


def lateness(slots: Iterable[datetime], made_at: datetime, unfinished: int) -> Issue | None:
    """Say that a run came late; None where it was punctual.

    `slots` are those that nobody held back, `made_at` is when the run was made, and `unfinished` counts
    what of it is not over there yet. `subject` counts the late slots; the sentence names the first.
    """
    late = late_slots(slots, made_at)
    if not late:
        return None
    code = "slot-late-unfinished" if unfinished else "slot-late"
    facts = (("slot", _wall(late[0])), ("started", _wall(made_at)))
    return Issue(code, str(len(late)), facts)


def _wall(moment: datetime) -> str:
    return moment.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")
