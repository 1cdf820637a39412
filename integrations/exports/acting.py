"""What a person decides about many exports at once: one transaction each, and a count of how it went.

Each pick names the revision that the person saw: what has moved since then is left alone and told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from accounting.company.models import Company
from integrations.exports import build, deciding
from integrations.exports.models import Export
from integrations.exports.states import REBUILDS, STOPPED, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

CHUNK = 50


class Act(StrEnum):
    """What may be done with several exports at once; the values stand in forms."""

    SEND = "send"
    BUILD = "bygg"
    LEAVE_OUT = "utelat"
    BY_HAND = "manuelt"
    CHECK = "kontroller"


@dataclass(frozen=True, slots=True)
class Pick:
    """One export as the person saw it."""

    pk: int
    revision: int

    @classmethod
    def parse(cls, text: str) -> "tuple[Pick, ...]":
        """Read what `written` wrote; anything else in it is passed over."""
        pairs = (part.partition("-") for part in text.split())
        return tuple(
            cls(int(pk), int(revision))
            for pk, _, revision in pairs
            if pk.isdecimal() and revision.isdecimal()
        )


def written(exports: Iterable[Export]) -> str:
    """Write exports, as they are now, for a form's field: `17-1 18-2`."""
    return " ".join(f"{export.pk}-{export.revision}" for export in exports)


@dataclass(frozen=True, slots=True)
class Done:
    """How many were moved, and those that had moved already, or may not be moved so."""

    moved: int
    left: tuple[Export, ...]


def on_all(
    company: Company,
    picks: Sequence[Pick],
    act: Act,
    actor: "AbstractBaseUser",
    reason: str = "",
) -> Done:
    """Do one thing with every export that was picked, each in a transaction of its own.

    Raises Refused where leaving out has no reason; nothing has been done then.
    """
    one = _one(act, actor, reason)
    moved, left = 0, []
    for export, as_seen in _found(company, picks):
        if as_seen and one(export):
            moved += 1
        else:
            left.append(export)
    return Done(moved, tuple(left))


def picked(company: Company, picks: Iterable[Pick]) -> list[Export]:
    """Give the exports that were picked, oldest day first; what is another company's is not there."""
    rows = Export.objects.filter(company=company, pk__in=[pick.pk for pick in picks])
    related = rows.select_related("company", "settlement__register__department")
    return list(related.defer("settlement__content").order_by("settlement__business_date", "pk"))


def _found(company: Company, picks: Sequence[Pick]) -> Iterator[tuple[Export, bool]]:
    """Give each export with whether it is still the revision that was seen, a chunk at a time."""
    for start in range(0, len(picks), CHUNK):
        part = picks[start : start + CHUNK]
        seen = {pick.pk: pick.revision for pick in part}
        for export in picked(company, part):
            yield export, export.revision == seen[export.pk]


def _one(act: Act, actor: "AbstractBaseUser", reason: str) -> Callable[[Export], bool]:
    match act:
        case Act.SEND:
            return lambda export: send(export, actor)
        case Act.BUILD:
            return lambda export: _may_be_built(export) and build.build_anew(export, actor)
        case Act.LEAVE_OUT:
            return lambda export: deciding.leave_out(export, reason, actor)
        case Act.BY_HAND:
            return lambda export: deciding.book_by_hand(export, reason, actor)
        case Act.CHECK:
            return lambda export: _check(export, actor)
        case _:
            assert_never(act)


def _may_be_built(export: Export) -> bool:
    """Nothing that waits for its time or was left out is built anew in passing: only what has stopped."""
    return export.state in REBUILDS & STOPPED


def _check(export: Export, actor: "AbstractBaseUser") -> bool:
    """Ask again what stands in the way; what the far side refused is only asked by sending it."""
    unbuilt = export.state == State.BLOCKED and export.snapshot_id is None
    if export.state == State.HELD:
        return deciding.send_again(export, actor)
    return unbuilt and build.build_anew(export, actor)


def send(export: Export, actor: "AbstractBaseUser") -> bool:
    """Send a stopped export: the same content where there is one, else what can be built today.

    What may have arrived is looked for first; what was deleted over there goes under a new mark.
    """
    frozen = export.state == State.BLOCKED and export.snapshot_id is not None
    if frozen or export.state == State.HELD:
        return deciding.send_again(export, actor)
    return _may_be_built(export) and build.build_anew(export, actor)
