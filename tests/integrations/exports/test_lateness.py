"""A run that came late says so in a sentence, with the moment it should have begun."""

from datetime import timedelta

from accounting.books.domain.issues import sentence
from integrations.exports.lateness import late_slots, lateness
from tests.build import NOW

FIVE = NOW.replace(hour=5)
TEN_PAST_SIX = NOW.replace(hour=6, minute=10)


def test_a_run_of_the_next_minute_is_punctual():
    assert lateness([FIVE], FIVE + timedelta(minutes=1), unfinished=0) is None


def test_a_late_one_says_that_all_is_sent():
    issue = lateness([FIVE], TEN_PAST_SIX, unfinished=0)
    assert issue is not None
    assert sentence(issue) == (
        "Overføringen 24.11.2026 kl. 05.00 startet ikke. Feilen ligger hos oss."
        " Den startet av seg selv 24.11.2026 kl. 06.10, og alt er sendt."
    )


def test_or_that_something_is_not():
    issue = lateness([FIVE], TEN_PAST_SIX, unfinished=2)
    assert issue is not None
    assert "Some of it has not been sent yet." in sentence(issue, "en")


def test_of_three_days_without_a_beat_each_slot_is_named_and_the_first_stands_in_the_sentence():
    missed = [FIVE - timedelta(days=day) for day in (0, 1, 2)]
    assert late_slots(missed, TEN_PAST_SIX) == tuple(reversed(missed))
    issue = lateness(missed, TEN_PAST_SIX, unfinished=0)
    assert issue is not None
    assert issue.subject == "3"
    assert "22.11.2026 kl. 05.00" in sentence(issue)
