"""The shape of the words: effect, reason and way out, in bokmål and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounting.books.domain.reading import reader_amount, reader_day, reader_moment


class Severity(StrEnum):
    """How far an issue reaches: a note, one document, or a whole file."""

    WARNING = "warning"
    BLOCKED = "blocked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one issue in one language; `link` is the text of its fix link."""

    effect: str
    reason: str = ""
    way_out: str = ""
    link: str = ""


class _Fact(str):
    """A fact in a sentence: `{amount:kr}`, `{day:day}`, `{at:time}` are written as its language does.

    `{department:where}` is the company where no department is named.
    """

    __slots__ = ("language",)
    language: str

    def __format__(self, spec: str) -> str:
        if spec == "kr":
            return reader_amount(self, self.language)
        if spec == "day":
            return reader_day(self, self.language)
        if spec == "time":
            return reader_moment(self, self.language)
        if spec == "where" and not self:
            return "the company" if self.language == "en" else "selskapet"
        return str(self)


def _facts(facts: Mapping[str, str], language: str) -> dict[str, _Fact]:
    said = {name: _Fact(value) for name, value in facts.items()}
    for fact in said.values():
        fact.language = language
    return said


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one code. Placeholders in braces are filled from the issue's facts."""

    severity: Severity
    nb: Words
    en: Words

    def words(self, language: str, facts: Mapping[str, str]) -> Words:
        """Fill the sentences. Raises KeyError when the issue lacks a fact that they name."""
        said = self.en if language == "en" else self.nb
        filled = _facts(facts, language)
        return Words(
            effect=said.effect.format_map(filled),
            reason=said.reason.format_map(filled),
            way_out=said.way_out.format_map(filled),
            link=said.link.format_map(filled),
        )


def warning(nb: Words, en: Words) -> Text:
    """Make the words of a note that stops nothing."""
    return Text(Severity.WARNING, nb, en)


def blocked(nb: Words, en: Words) -> Text:
    """Make the words of what stops one document until a person acts."""
    return Text(Severity.BLOCKED, nb, en)


def refused(nb: Words, en: Words) -> Text:
    """Make the words of a file that is not read, with nothing stored."""
    return Text(Severity.REFUSED, nb, en)
