"""An issue is data: it has words in both languages, and is read back as it was."""

import string

import pytest

from accounting.books.domain.issues import Fix, Issue, Page, from_json, sentence, to_json, words
from accounting.books.domain.words import TEXTS
from accounting.books.domain.words.text import Severity


def placeholders(said):
    parts = (said.effect, said.reason, said.way_out, said.link)
    return {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_code_says_the_same_in_both_languages(code):
    text = TEXTS[code]
    assert text.nb.effect
    assert text.en.effect
    in_norwegian = {name.removesuffix("_nb") for name in placeholders(text.nb)}
    assert in_norwegian == {name.removesuffix("_en") for name in placeholders(text.en)}
    assert bool(text.nb.way_out) == bool(text.en.way_out)
    if text.severity is not Severity.WARNING:
        assert text.nb.reason


def test_a_code_without_words_is_refused():
    with pytest.raises(ValueError, match="no-such-code"):
        Issue("no-such-code")


def test_amounts_and_days_are_written_for_the_reader():
    facts = (("paid", "-1234.50"), ("expected", "0.40"))
    issue = Issue("payments-differ", "7", facts)
    assert "−1\u00a0234,50" in sentence(issue)
    assert "−1,234.50" in sentence(issue, "en")
    valid = Issue("vat-code-not-valid", "3", (("vat_code", "3"), ("day", "2026-11-24")))
    assert "24.11.2026" in sentence(valid)
    assert "24 Nov 2026" in sentence(valid, "en")


def test_a_fact_that_is_missing_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        words(Issue("payments-differ", "7"))


@pytest.mark.parametrize("fix", [None, Fix(Page.SETTLEMENT, (("z", "1"),)), Fix(Page.STATUS)])
def test_an_issue_is_read_back(fix):
    issue = Issue("z-gap", "1", (("missing", "4"),), fix)
    assert from_json(to_json(issue)) == issue


def test_what_was_stored_wrong_is_not_guessed_at():
    with pytest.raises(TypeError):
        from_json({"code": "z-gap", "subject": "1", "facts": "4", "fix": None})


def test_a_warning_never_blocks():
    assert not Issue("z-gap").blocks
    assert Issue("payments-differ").blocks
    assert Issue("file-empty").blocks
