"""The drawer is counted by a person, and the difference is booked."""

import pytest

from accounting.books.decisions import count_cash
from accounting.books.domain.codes import Role
from accounting.company.models import AuditEntry
from accounting.company.records import Refused
from tests import build
from tests.accounting.books.deciding import entries, latest, sold
from tests.build import DAY, a_receipt, a_settlement, deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def settlement(company):
    build.the_suggested_setup(company)
    return a_settlement(company, cash="295.00", sales={"31": "295.00"})


@pytest.mark.parametrize(("counted", "difference"), [(30000, 500), (29000, -500)])
def test_surplus_and_shortage_are_booked(settlement, kari, counted, difference):
    count_cash(settlement, counted, kari)
    booked = entries(latest(settlement))
    assert booked[Role.CASH, "Kassedifferanse talt"] == difference
    assert booked[Role.CASHDIFF, "Kassedifferanse talt"] == -difference
    assert booked[Role.CASH, "Kontant"] == 29500


def test_a_count_that_agrees_books_nothing(settlement, kari):
    before = entries(settlement)
    count_cash(settlement, 29500, kari)
    assert entries(latest(settlement)) == before


def test_a_count_is_taken_back(settlement, kari):
    before = entries(settlement)
    count_cash(settlement, 30000, kari)
    count_cash(settlement, None, kari)
    assert entries(latest(settlement)) == before
    entry = AuditEntry.objects.filter(action="cash-counted").latest("pk")
    assert (entry.before, entry.after) == ({"amount": "300.00"}, {"amount": None})


def test_less_than_nothing_is_refused(settlement, kari):
    with pytest.raises(Refused):
        count_cash(settlement, -1, kari)
    assert latest(settlement).counted_cash is None


def test_nothing_in_the_drawer_is_a_count(settlement, kari):
    count_cash(settlement, 0, kari)
    assert entries(latest(settlement))[Role.CASHDIFF, "Kassedifferanse talt"] == 29500


def test_a_count_holds_for_the_next_revision(company, settlement, kari):
    count_cash(settlement, 40000, kari)
    receipts = [a_receipt({"31": "295.00"}, {"cash": "295.00"}), sold(1001, cash="100.00")]
    again = deliver(company, receipts, DAY, "1")
    assert (again.revision, again.counted_cash) == (2, 40000)
    assert entries(again)[Role.CASH, "Kassedifferanse talt"] == 500
