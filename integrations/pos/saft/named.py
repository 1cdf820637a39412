"""Employees and articles that receipts and their lines name, and the file does not list (saft.md 1.9).

The schema's own rule for this selects nothing (saft.md 1.12), so it is held here. A list that is left out
lists nobody: what is named is then missing too.
"""

from dataclasses import dataclass, field

from accounting.books.domain.issues import Issue
from integrations.pos.saft.values import LONGEST_ID

MOST_LISTED = 1_000_000  # some 100 MB of ids; of a longer list nothing is said
MOST_MISSING = 1_000
MOST_TOLD = 5


@dataclass(slots=True)
class Named:
    """One kind of id: those that the file lists, and those that it names without listing them.

    `code` is the issue that says what is missing; at most so many listed ids are kept.
    """

    code: str
    most_listed: int = MOST_LISTED
    _listed: set[str] = field(default_factory=set)
    _missing: dict[str, None] = field(default_factory=dict)
    _too_many: bool = False

    def add_listed(self, own: str) -> None:
        """Take an id of the list; lists come before what names their rows."""
        self._too_many = self._too_many or len(self._listed) >= self.most_listed
        if not self._too_many:
            self._listed.add(_id(own))

    def name(self, own: str) -> None:
        """Take an id that a receipt names, '' where it names none."""
        if own in self._listed or not own:
            return
        own = _id(own)
        if own not in self._listed and len(self._missing) < MOST_MISSING:
            self._missing[own] = None

    def issue(self) -> Issue | None:
        """Give one issue for all that is missing: the first few, and how many. None for nothing."""
        self._missing.pop("", None)  # an element of blanks names nobody
        if self._too_many or not self._missing:
            return None
        told = list(self._missing)[:MOST_TOLD]
        more = " …" if len(self._missing) > MOST_TOLD else ""
        count = f"{len(self._missing)}{'+' if len(self._missing) == MOST_MISSING else ''}"
        return Issue(self.code, ", ".join(told) + more, (("count", count),))


def _id(own: str) -> str:
    """Give an id as it is compared: it is not checked, only kept from filling the memory."""
    return own.strip()[:LONGEST_ID]
