"""A settlement dated after its own file was made: a note, through import, that never makes a revision."""

import pytest

from tests.build import OTHER_ORG_NO, a_company
from tests.integrations.pos.deliveries import take
from tests.integrations.pos.rows import BASICS, closing, told
from tests.saft_builder import location, saft, till

pytestmark = pytest.mark.django_db
EARLY, LATE = "2020-01-01", "2020-02-01"


@pytest.fixture
def company():
    return a_company(OTHER_ORG_NO)


def deliver(company, made, day="2020-01-15"):
    """One receipt and its Z of a day, in a file made on another."""
    one = told(nr="1", at=f"{day}T10:00:00")
    closed = closing([one], at=f"{day}T23:00:00")
    place = location(till(closed, one.xml))
    return take(company, saft(place, basics=BASICS, made=(made, "10:00:00")).encode())


def the_settlement(company):
    return company.settlements.get(current=True)


def noted(company):
    return [finding.code for finding in the_settlement(company).as_day().findings]


def test_a_settlement_dated_after_its_file_is_noted_and_not_stopped(company):
    deliver(company, EARLY)
    assert "date-after-file" in noted(company)
    assert not the_settlement(company).stopped


@pytest.mark.parametrize("made", [LATE, "2020-01-15", "0001-01-01", "in January"])
def test_a_file_made_later_or_on_the_day_or_that_does_not_say_is_left_in_peace(company, made):
    deliver(company, made)
    assert "date-after-file" not in noted(company)


@pytest.mark.parametrize("order", [(EARLY, LATE), (LATE, EARLY), ("0001-01-01", LATE, EARLY)])
def test_the_earliest_file_decides_in_whatever_order_they_come(company, order):
    """It held the Z already then: a later file takes nothing back."""
    for made in order:
        deliver(company, made)
    assert "date-after-file" in noted(company)


def test_the_note_comes_without_a_new_revision_or_another_hash(company):
    deliver(company, LATE)
    before = the_settlement(company)
    report = deliver(company, EARLY)
    after = the_settlement(company)
    assert (report.settlements["same"], report.settlements["changed"]) == (1, 0)
    assert (after.pk, after.revision, after.digest) == (before.pk, 1, before.digest)
    assert after.content != before.content
