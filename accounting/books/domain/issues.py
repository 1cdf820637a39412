"""An error is data with a way out: what, about what, and the page where it is mended.

The words stand in `words/`, the address is made in templates; neither is known to the rules.
"""

from dataclasses import dataclass
from enum import StrEnum

from accounting.books.domain.words import TEXTS
from accounting.books.domain.words.text import Severity, Words


class Page(StrEnum):
    """Where something is mended; the value is the name of the page's URL."""

    ACCOUNT_SETUP = "books:account_setup"
    DEPARTMENTS = "company:departments"
    TILLS = "company:tills"
    UPLOAD = "pos:upload"
    SETTLEMENT = "exports:settlement"
    CALENDAR = "exports:calendar"
    STATUS = "exports:status"
    CONNECTION = "exports:connection"


@dataclass(frozen=True, slots=True)
class Fix:
    """The page that mends an issue, and what to show there (`row`, `register`, `z`)."""

    page: Page
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person should know, or must mend, about one subject.

    `code` is a key of the words table; `facts` fill its sentences; `fix` is None where the way out is
    outside this system (a new file from the till).
    """

    code: str
    subject: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    fix: Fix | None = None

    def __post_init__(self) -> None:
        """Refuse a code without words, so that no page can meet one."""
        if self.code not in TEXTS:
            raise ValueError(f"no words for the issue code {self.code!r}")

    @property
    def blocks(self) -> bool:
        """Say whether this stops the export; a warning never does."""
        return TEXTS[self.code].severity is not Severity.WARNING


def words(issue: Issue, language: str = "nb") -> Words:
    """Give the issue's sentences in bokmål, or in English for `"en"`."""
    return TEXTS[issue.code].words(language, {"subject": issue.subject, **dict(issue.facts)})


def sentence(issue: Issue, language: str = "nb") -> str:
    """Give effect, reason and way out in one line, for the command line and JSON."""
    said = words(issue, language)
    return " ".join(part for part in (said.effect, said.reason, said.way_out) if part)


def to_json(issue: Issue) -> dict[str, object]:
    """Turn an issue into what is stored with an export or a settlement."""
    fix = issue.fix and {
        "page": issue.fix.page.value,
        "params": [list(p) for p in issue.fix.params],
    }
    return {
        "code": issue.code,
        "subject": issue.subject,
        "facts": [list(fact) for fact in issue.facts],
        "fix": fix,
    }


def from_json(stored: dict[str, object]) -> Issue:
    """Read what `to_json` stored."""
    fix = stored["fix"]
    return Issue(
        code=str(stored["code"]),
        subject=str(stored["subject"]),
        facts=_pairs(stored["facts"]),
        fix=Fix(Page(fix["page"]), _pairs(fix["params"])) if isinstance(fix, dict) else None,
    )


def _pairs(stored: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(stored, list):
        raise TypeError("facts are stored as a list of pairs")
    return tuple((str(key), str(value)) for key, value in stored)
