"""Every issue code has words in both languages that fill, short sentences, and a page to go to."""

import re
from string import Formatter

import pytest
from django.urls import reverse

from accounting.books.domain.issues import Issue, Page, sentence
from accounting.books.domain.words import TEXTS
from accounting.books.domain.words.text import Severity, Words
from tests import build

LONGEST_SENTENCE = 15
LANGUAGES = ("nb", "en")
FACTS = {"kr": "1234.50", "day": "2026-11-23", "time": "2026-11-24T05:00", "where": "", "": "fakta"}


def _parts(words: Words) -> tuple[str, ...]:
    return (words.effect, words.reason, words.way_out, words.link)


def _facts(code: str) -> tuple[tuple[str, str], ...]:
    """A value for every placeholder, as the sentences want it written."""
    facts = {}
    for part in (*_parts(TEXTS[code].nb), *_parts(TEXTS[code].en)):
        for _, name, spec, _ in Formatter().parse(part):
            if name and name != "subject":
                facts[name] = FACTS[spec or ""]
    return tuple(facts.items())


def _subject(code: str) -> str:
    """What the issue is about: a word, or what its sentences write it as."""
    parts = (*_parts(TEXTS[code].nb), *_parts(TEXTS[code].en))
    fields = [field for part in parts for field in Formatter().parse(part)]
    specs = {spec for _, name, spec, _ in fields if name == "subject" and spec}
    return FACTS[specs.pop()] if specs else "emne"


@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_says_what_happened_in_both_languages(code: str, language: str) -> None:
    said = sentence(Issue(code, _subject(code), _facts(code)), language)
    assert said
    assert "{" not in said
    assert "1,234.50" not in said if language == "nb" else "1 234,50" not in said


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_the_languages_say_equally_much(code: str) -> None:
    filled = [[bool(part) for part in _parts(words)] for words in (TEXTS[code].nb, TEXTS[code].en)]
    assert filled[0] == filled[1]


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_no_sentence_is_long_and_none_judges(code: str) -> None:
    for part in (*_parts(TEXTS[code].nb), *_parts(TEXTS[code].en)):
        for each in re.split(r"(?<=[.:?!]) ", part):
            assert len(re.findall(r"\S*\w\S*", each)) <= LONGEST_SENTENCE, each
        assert "ugyldig" not in part.lower()
        assert "vennligst" not in part.lower()


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_whatever_stops_something_says_the_way_out(code: str) -> None:
    if TEXTS[code].severity is not Severity.WARNING:
        assert TEXTS[code].nb.way_out


@pytest.mark.parametrize("page", list(Page))
def test_every_page_that_mends_something_has_an_address(page: Page) -> None:
    number = {"settlement": 7} if page is Page.SETTLEMENT else {}
    assert reverse(page.value, kwargs={"org_no": build.ORG_NO, **number})
