"""Decides which call meets which fault: rules by call, count and share, dice with a seed."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

ALTERABLE = "post /journalentryvouchers/manualjournals"
NAMES = frozenset(
    (
        "lose-answer-after-commit",
        "lose-answer-before-commit",
        "commit-late",
        "409",
        "422",
        "429",
        "500-before-commit",
        "500-after-commit",
        "slow",
        "cut-body",
        "trickle",
        "expired-token",
        "revoked-right",
        "redirect",
        "unreadable",
        "altered-line",
    )
)
KEYS = frozenset(("call", "fault", "times", "share", "seed", "seconds", "hold"))


@dataclass(slots=True)
class Fault:
    """One rule: `call` is `METHOD /path`, `METHOD *` or `*`; `left` None means without end."""

    call: str
    name: str
    left: int | None
    share: float
    seconds: float | None
    hold: float
    dice: random.Random = field(repr=False)

    def strikes(self, call: str) -> bool:
        """Whether this call is hit; uses up one of `times` when it is."""
        if self.left == 0 or not fnmatchcase(call, self.call):
            return False
        if self.name == "altered-line" and call != ALTERABLE:
            return False
        if self.share < 1 and self.dice.random() >= self.share:
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Faults:
    """The rules in force; the first that strikes decides."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Fault] = []
        self._struck: Counter[str] = Counter()

    def replace(self, rows: Any) -> None:
        """Put new rules in place of the old. Raises ValueError and changes nothing."""
        if not isinstance(rows, list):
            raise ValueError("faults is a list.")  # noqa: TRY004 - one kind of refusal
        rules = [_rule(row) for row in rows]
        with self._lock:
            self._rules = rules

    def clear(self) -> None:
        """No rules, and nothing counted."""
        with self._lock:
            self._rules, self._struck = [], Counter()

    def pick(self, method: str, path: str) -> Fault | None:
        """The fault this call meets; `path` as the route is written, with {id}."""
        call = f"{method} {path}".lower()
        with self._lock:
            struck = next((rule for rule in self._rules if rule.strikes(call)), None)
            if struck:
                self._struck[struck.name] += 1
            return struck

    def report(self) -> dict[str, int]:
        """How many calls each fault has struck, since the sandbox started or was reset."""
        with self._lock:
            return dict(self._struck)


def _rule(row: Any) -> Fault:
    if not isinstance(row, dict) or row.keys() - KEYS or not {"call", "fault"} <= row.keys():
        raise ValueError(f"A fault is an object with call and fault and no other than {KEYS}")
    if row["fault"] not in NAMES:
        raise ValueError(f"Unknown fault {row['fault']!r}; known: {', '.join(sorted(NAMES))}")
    call, times = row["call"], row.get("times")
    if not isinstance(call, str) or not (times is None or (isinstance(times, int) and times > 0)):
        raise ValueError("call is a text, times a whole number above 0")
    seconds = row.get("seconds")
    return Fault(
        call.lower(),
        row["fault"],
        times,
        _float(row.get("share", 1)),
        None if seconds is None else _float(seconds),
        _float(row.get("hold", 0)),
        random.Random(row.get("seed", 0)),  # noqa: S311 - dice for a drill, the same each time
    )


def _float(value: Any) -> float:
    if not isinstance(value, int | Decimal) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no number of 0 or more")
    return float(value)
