"""A receipt that came twice with other content: a person says which one counts, and why."""

import pytest

from accounting.books.decisions import choose_receipt
from accounting.company.models import AuditEntry
from accounting.company.records import Refused
from tests.accounting.books.deciding import REASON, latest, sold
from tests.build import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def settlement(company):
    """Two receipts, the second of them delivered twice: 100.00 and 90.00."""
    deliver(company, [sold(1), sold(2)])
    deliver(company, [sold(2, "90.00")], z_number="1", z_total="200.00")
    return company.settlements.get(z_number="1", current=True)


@pytest.fixture
def versions(company, settlement):
    assert "receipt-changed" in {issue.code for issue in settlement.as_day().stops}
    return company.registers.get().receipts.filter(nr="2").order_by("version")


def test_the_first_may_count(settlement, versions, kari):
    choose_receipt(versions[0], REASON, kari)
    now = latest(settlement)
    assert (now.gross, now.revision) == (200_00, settlement.revision + 1)
    assert "receipt-changed" not in {issue.code for issue in now.as_day().findings}
    assert [(v.in_use, v.undecided) for v in versions.all()] == [(True, False), (False, False)]


def test_the_later_may_count_and_the_settlement_follows(settlement, versions, kari):
    choose_receipt(versions[1], REASON, kari)
    now = latest(settlement)
    assert (now.gross, now.revision) == (190_00, settlement.revision + 1)
    assert [(v.in_use, v.undecided) for v in versions.all()] == [(False, False), (True, False)]
    # The Z was about the other one, and says so.
    assert {issue.code for issue in now.as_day().stops} >= {"z-total-differs"}
    entry = AuditEntry.objects.get(action="receipt-chosen")
    assert entry.before == {"version": 1}
    assert entry.after == {"version": 2, "nr": "2", "amount": "90.00", "reason": REASON}
    assert entry.actor_id == kari.pk


def test_a_choice_may_be_changed(settlement, versions, kari):
    choose_receipt(versions[1], REASON, kari)
    choose_receipt(versions[0], REASON, kari)
    assert latest(settlement).gross == 200_00


def test_the_same_file_again_asks_nothing_and_other_content_asks_anew(
    company, settlement, versions, kari
):
    choose_receipt(versions[1], REASON, kari)
    deliver(company, [sold(2, "90.00")], z_number="1", z_total="190.00")
    codes = {issue.code for issue in latest(settlement).as_day().findings}
    assert "receipt-changed" not in codes
    deliver(company, [sold(2, "80.00")], z_number="1", z_total="190.00")
    assert "receipt-changed" in {issue.code for issue in latest(settlement).as_day().stops}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_chosen(settlement, versions, kari, reason):
    with pytest.raises(Refused, match="Skriv hvorfor kvitteringen gjelder"):
        choose_receipt(versions[1], reason, kari)
    assert latest(settlement).revision == settlement.revision
    assert versions.filter(undecided=True).exists()
