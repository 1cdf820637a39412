"""A decision is newer than what was built at NOW, and older than the tick after it."""

from datetime import timedelta

import pytest
import time_machine

from accounting.books.decisions import acknowledge, count_cash
from integrations.exports.states import Sent
from tests import build
from tests.accounting.books.deciding import REASON, with_a_gap
from tests.build import NOW, a_settlement

pytestmark = pytest.mark.django_db
DECIDED = NOW + timedelta(minutes=1)
NEXT = NOW + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _ready(company):
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)


def test_what_is_not_sent_is_built_anew_with_the_count(company, kari):
    settlement = a_settlement(company, cash="295.00", sales={"31": "295.00"})
    (export,) = build.built(company)
    with time_machine.travel(DECIDED, tick=False):
        count_cash(settlement, 30000, kari)
    (again,) = build.built(company, NEXT)
    assert (again.pk, again.revision, again.state) == (export.pk, 2, "READY")
    assert again.snapshot_id != export.snapshot_id
    assert again.debit == 300_00


def test_what_was_stopped_goes_once_it_is_acknowledged(company, kari):
    settlement = with_a_gap(company, 1, 3)
    (stopped,) = build.built(company)
    assert stopped.state == "BLOCKED"
    with time_machine.travel(DECIDED, tick=False):
        acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
    (export,) = build.built(company, NEXT)
    assert (export.state, export.revision) == ("READY", 2)


def test_what_is_sent_stays_as_it_was_sent(company, kari):
    settlement = a_settlement(company, cash="295.00", sales={"31": "295.00"})
    (export,) = build.built(company)
    sent = build.ended(export, Sent("9001"))
    with time_machine.travel(DECIDED, tick=False):
        count_cash(settlement, 30000, kari)
    (after,) = build.built(company, NEXT)
    assert (after.state, after.revision, after.snapshot_id) == ("SENT", 1, sent.snapshot_id)


def test_a_decision_is_built_once_and_not_at_every_tick(company, kari):
    settlement = a_settlement(company, cash="295.00", sales={"31": "295.00"})
    build.built(company)
    with time_machine.travel(DECIDED, tick=False):
        count_cash(settlement, 30000, kari)
    build.built(company, NEXT)
    (export,) = build.built(company, NEXT)
    assert export.revision == 2
