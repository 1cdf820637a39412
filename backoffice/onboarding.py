"""«Kom i gang»: the six steps from the first log-in to ready to export, pure (ux.md 2.4).

Facts in, rows out: what is done, who may do the rest, and the one button of each row.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """What must be done, in the order that people do it."""

    PERMISSION = "permission"
    KEYS = "keys"
    DEPARTMENTS = "departments"
    ACCOUNTS = "accounts"
    START = "start"
    PREVIEW = "preview"


class Who(StrEnum):
    """Who may do a step."""

    SUPERADMIN = "superadmin"
    GRANTED = "granted"
    MEMBERS = "members"


class Act(StrEnum):
    """Where a row's button leads."""

    GRANT = "grant"
    ASK = "ask"
    CONNECT = "connect"
    DEPARTMENTS = "departments"
    TILLS = "tills"
    ACCOUNTS = "accounts"
    START = "start"
    UPLOAD = "upload"
    PREVIEW = "preview"


WHO = {
    Step.PERMISSION: Who.SUPERADMIN,
    Step.KEYS: Who.GRANTED,
    Step.DEPARTMENTS: Who.MEMBERS,
    Step.ACCOUNTS: Who.MEMBERS,
    Step.START: Who.GRANTED,
    Step.PREVIEW: Who.MEMBERS,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """How a company stands. Names are shown as they are; `ready` of `total` rows have an account.

    `links_needed`: departments must be linked to the accounting system's. `no_departments`: a person
    has said that there are none. `settlements`: whether a till's file has been read; `reading`: whether
    one waits to be.
    """

    enabled: bool = False
    granted: tuple[str, ...] = ()
    asked: bool = False
    client: str = ""
    departments: int = 0
    links_needed: bool = False
    unlinked: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    no_departments: bool = False
    ready: int = 0
    total: int = 0
    start: date | None = None
    frequency: str = ""
    settlements: bool = False
    reading: bool = False
    previewed: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """What the one who looks may do: grant, ask for the right, or use it. All members may set up."""

    may_grant: bool = False
    may_ask: bool = False
    may_connect: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One step. `act` is None where the viewer has nothing to do; `next` marks the first to do."""

    step: Step
    done: bool
    who: Who
    act: Act | None
    next: bool = False


def rows(facts: Facts, viewer: Viewer) -> tuple[Row, ...]:
    """Give the six rows in order."""
    done = _done(facts)
    acts = _acts(facts, viewer)
    first = next((step for step in Step if not done[step] and acts[step]), None)
    return tuple(Row(step, done[step], WHO[step], acts[step], step == first) for step in Step)


def _done(facts: Facts) -> dict[Step, bool]:
    placed = bool(facts.departments) and _linked(facts) and not facts.unplaced
    return {
        Step.PERMISSION: facts.enabled and bool(facts.granted),
        Step.KEYS: bool(facts.client),
        Step.DEPARTMENTS: placed or facts.no_departments,
        Step.ACCOUNTS: 0 < facts.total <= facts.ready,
        Step.START: facts.start is not None,
        Step.PREVIEW: facts.previewed,
    }


def _linked(facts: Facts) -> bool:
    return not (facts.links_needed and facts.unlinked)


def _acts(facts: Facts, viewer: Viewer) -> dict[Step, Act | None]:
    may_date = viewer.may_connect and bool(facts.client)
    return {
        Step.PERMISSION: _about_permission(facts, viewer),
        Step.KEYS: Act.CONNECT if viewer.may_connect else None,
        Step.DEPARTMENTS: Act.TILLS if facts.unplaced and _linked(facts) else Act.DEPARTMENTS,
        Step.ACCOUNTS: Act.ACCOUNTS,
        Step.START: Act.START if may_date else None,
        Step.PREVIEW: Act.PREVIEW if facts.settlements else Act.UPLOAD,
    }


def _about_permission(facts: Facts, viewer: Viewer) -> Act | None:
    if viewer.may_grant:
        return Act.GRANT
    asks = viewer.may_ask and not facts.asked and not viewer.may_connect
    return Act.ASK if asks else None
