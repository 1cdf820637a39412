"""A gap, or a difference in a Z report, goes with a reason and a name."""

import pytest

from accounting.books.decisions import acknowledge
from accounting.books.deliveries import Touched
from accounting.books.domain.issues import Issue
from accounting.books.settling import Source, settle_register
from accounting.company.models import AuditEntry
from accounting.company.records import Refused
from tests import build
from tests.accounting.books.deciding import REASON, journal_of, latest, sold, with_a_gap
from tests.build import NOW, a_receipt, deliver

pytestmark = pytest.mark.django_db


def test_a_gap_goes_with_a_reason_and_a_name(company, kari):
    settlement = with_a_gap(company, 1, 3)
    (gap,) = settlement.as_day().stops
    acknowledge(settlement, gap, f"  {REASON} ", kari)

    now = latest(settlement)
    assert (now.stopped, now.as_day().stops, now.revision) == (False, (), 1)
    (kept,) = now.acknowledgements
    assert (kept["reason"], kept["by"]) == (REASON, kari.get_username())
    entry = AuditEntry.objects.get(action="finding-acknowledged")
    assert entry.actor_id == kari.pk
    assert entry.after == {
        "code": "receipt-gap",
        "facts": {"before": "1", "after": "3"},
        "reason": REASON,
    }


@pytest.mark.parametrize("z", ["101.00", "99.00"])
def test_a_difference_in_the_z_goes_too(company, kari, z):
    settlement = deliver(company, [sold(1)], z_total=z)
    acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
    build.the_suggested_setup(company)
    assert journal_of(latest(settlement)).debit


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_it_is_refused(company, kari, reason):
    settlement = with_a_gap(company, 1, 3)
    with pytest.raises(Refused):
        acknowledge(settlement, settlement.as_day().stops[0], reason, kari)
    assert latest(settlement).stopped


def test_money_that_does_not_add_up_is_never_waved_through(company, kari):
    settlement = deliver(company, [a_receipt({"31": "100.00"}, {"card": "90.00"})])
    for issue in settlement.as_day().stops:
        if issue.code in {"rounding-without-cash", "rounding-too-large"}:
            with pytest.raises(Refused):
                acknowledge(settlement, issue, REASON, kari)
    assert latest(settlement).stopped
    assert latest(settlement).acknowledgements == []


def test_an_issue_that_is_not_there_is_refused(company, kari):
    settlement = with_a_gap(company, 1, 3)
    other = Issue("receipt-gap", facts=(("before", "7"), ("after", "9")))
    with pytest.raises(Refused):
        acknowledge(settlement, other, REASON, kari)


def test_the_same_issue_twice_is_refused(company, kari):
    settlement = with_a_gap(company, 1, 3)
    (gap,) = settlement.as_day().stops
    acknowledge(settlement, gap, REASON, kari)
    with pytest.raises(Refused):
        acknowledge(settlement, gap, REASON, kari)


def test_it_covers_no_other_gap(company, kari):
    settlement = with_a_gap(company, 1, 3, 5)
    first, second = settlement.as_day().stops
    acknowledge(settlement, first, REASON, kari)
    assert latest(settlement).stopped
    assert latest(settlement).as_day().stops == (second,)


def test_it_holds_for_the_next_revision_where_the_same_gap_is(company, kari):
    settlement = with_a_gap(company, 1, 3)
    acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
    again = deliver(company, [sold(1), sold(3), sold(4)], z_number="1")
    assert (again.revision, again.stopped) == (2, False)
    assert again.acknowledgements == latest(settlement).acknowledgements != []
    assert again.decided_at is not None


def test_it_is_gone_with_its_gap_and_covers_no_new_one(company, kari):
    settlement = with_a_gap(company, 1, 4)
    acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
    narrower = deliver(company, [sold(1), sold(3), sold(4)], z_number="1")
    assert (narrower.stopped, narrower.acknowledgements) == (True, [])


def test_what_is_acknowledged_is_not_reported_again_by_the_next_delivery(company, kari):
    settlement = with_a_gap(company, 1, 3)
    again = Touched(numbers={"1"})
    settled = settle_register(settlement.register, again, Source("", NOW))
    assert [issue.code for issue in settled.stops] == ["receipt-gap"]
    acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
    settled = settle_register(settlement.register, again, Source("", NOW))
    assert (settled.outcomes, settled.stops) == ({"1": "same"}, {})
    assert not latest(settlement).stopped


def test_nobody_decides_about_an_older_revision(company, kari):
    settlement = with_a_gap(company, 1, 3)
    deliver(company, [sold(1), sold(3), sold(4)], z_number="1")
    with pytest.raises(Refused):
        acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
    assert latest(settlement).stopped
