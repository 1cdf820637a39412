"""What people decide about a delivered settlement: kept beside it, with reason and name."""

from datetime import timedelta

import pytest
import time_machine

from accounting.books.decisions import acknowledge, choose_receipt, count_cash
from accounting.books.deliveries import Touched
from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.books.settling import Source, settle_register
from accounting.company.models import AuditEntry
from accounting.company.records import Refused
from integrations.exports.states import Sent
from tests import build
from tests.build import DAY, NOW, a_company, a_manager, a_receipt, a_settlement, deliver

pytestmark = pytest.mark.django_db
REASON = "Kassen ble byttet midt på dagen."


@pytest.fixture
def company():
    return a_company()


@pytest.fixture
def kari(company):
    return a_manager(company)


def sold(nr, gross="100.00", **paid):
    return a_receipt({"31": gross}, paid or {"card": gross}, nr=nr)


def with_a_gap(company, *numbers):
    """A day whose numbers have holes; the Z agrees with what is here."""
    return deliver(company, [sold(nr) for nr in numbers], z_number="1")


def latest(settlement):
    return Settlement.objects.get(
        register=settlement.register, z_number=settlement.z_number, current=True
    )


def journal_of(settlement):
    company = type(settlement.company).objects.get(pk=settlement.company_id)
    return build_journal(
        settlement.as_day(), SetupReader(company).for_register(settlement.register)
    )


def entries(settlement):
    return {(line.role, line.text): line.amount for line in journal_of(settlement).lines}


def log(action):
    return AuditEntry.objects.get(action=action)


class TestAcknowledging:
    def test_a_gap_goes_with_a_reason_and_a_name(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        (gap,) = settlement.as_day().stops
        acknowledge(settlement, gap, f"  {REASON} ", kari)

        now = latest(settlement)
        assert (now.stopped, now.as_day().stops, now.revision) == (False, (), 1)
        (kept,) = now.acknowledgements
        assert (kept["reason"], kept["by"]) == (REASON, kari.get_username())
        entry = log("finding-acknowledged")
        assert entry.actor_id == kari.pk
        assert entry.after == {
            "code": "receipt-gap",
            "facts": {"before": "1", "after": "3"},
            "reason": REASON,
        }

    @pytest.mark.parametrize("z", ["101.00", "99.00"])
    def test_a_difference_in_the_z_goes_too(self, company, kari, z):
        settlement = deliver(company, [sold(1)], z_total=z)
        acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
        build.the_suggested_setup(company)
        assert isinstance(journal_of(latest(settlement)), Journal)

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_without_a_reason_it_is_refused(self, company, kari, reason):
        settlement = with_a_gap(company, 1, 3)
        with pytest.raises(Refused):
            acknowledge(settlement, settlement.as_day().stops[0], reason, kari)
        assert latest(settlement).stopped

    def test_money_that_does_not_add_up_is_never_waved_through(self, company, kari):
        settlement = deliver(company, [a_receipt({"31": "100.00"}, {"card": "90.00"})])
        for issue in settlement.as_day().stops:
            if issue.code in {"rounding-without-cash", "rounding-too-large"}:
                with pytest.raises(Refused):
                    acknowledge(settlement, issue, REASON, kari)
        assert latest(settlement).stopped
        assert latest(settlement).acknowledgements == []

    def test_an_issue_that_is_not_there_is_refused(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        other = Issue("receipt-gap", facts=(("before", "7"), ("after", "9")))
        with pytest.raises(Refused):
            acknowledge(settlement, other, REASON, kari)

    def test_the_same_issue_twice_is_refused(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        (gap,) = settlement.as_day().stops
        acknowledge(settlement, gap, REASON, kari)
        with pytest.raises(Refused):
            acknowledge(settlement, gap, REASON, kari)

    def test_it_covers_no_other_gap(self, company, kari):
        settlement = with_a_gap(company, 1, 3, 5)
        first, second = settlement.as_day().stops
        acknowledge(settlement, first, REASON, kari)
        assert latest(settlement).stopped
        assert latest(settlement).as_day().stops == (second,)

    def test_it_holds_for_the_next_revision_where_the_same_gap_is(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
        again = deliver(company, [sold(1), sold(3), sold(4)], z_number="1")
        assert (again.revision, again.stopped) == (2, False)
        assert again.acknowledgements == latest(settlement).acknowledgements != []
        assert again.decided_at is not None

    def test_it_is_gone_with_its_gap_and_covers_no_new_one(self, company, kari):
        settlement = with_a_gap(company, 1, 4)
        acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
        narrower = deliver(company, [sold(1), sold(3), sold(4)], z_number="1")
        assert (narrower.stopped, narrower.acknowledgements) == (True, [])

    def test_what_is_acknowledged_is_not_reported_again_by_the_next_delivery(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        again = Touched(numbers={"1"})
        settled = settle_register(settlement.register, again, Source("", NOW))
        assert [issue.code for issue in settled.stops] == ["receipt-gap"]
        acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
        settled = settle_register(settlement.register, again, Source("", NOW))
        assert (settled.outcomes, settled.stops) == ({"1": "same"}, {})
        assert not latest(settlement).stopped

    def test_nobody_decides_about_an_older_revision(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        deliver(company, [sold(1), sold(3), sold(4)], z_number="1")
        with pytest.raises(Refused):
            acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
        assert latest(settlement).stopped


class TestCounting:
    @pytest.fixture
    def settlement(self, company):
        build.the_suggested_setup(company)
        return a_settlement(company, cash="295.00", sales={"31": "295.00"})

    @pytest.mark.parametrize(("counted", "difference"), [(30000, 500), (29000, -500)])
    def test_surplus_and_shortage_are_booked(self, settlement, kari, counted, difference):
        count_cash(settlement, counted, kari)
        booked = entries(latest(settlement))
        assert booked[Role.CASH, "Kassedifferanse talt"] == difference
        assert booked[Role.CASHDIFF, "Kassedifferanse talt"] == -difference
        assert booked[Role.CASH, "Kontant"] == 29500

    def test_a_count_that_agrees_books_nothing(self, settlement, kari):
        before = entries(settlement)
        count_cash(settlement, 29500, kari)
        assert entries(latest(settlement)) == before

    def test_a_count_is_taken_back(self, settlement, kari):
        before = entries(settlement)
        count_cash(settlement, 30000, kari)
        count_cash(settlement, None, kari)
        assert entries(latest(settlement)) == before
        entry = AuditEntry.objects.filter(action="cash-counted").latest("pk")
        assert (entry.before, entry.after) == ({"amount": "300.00"}, {"amount": None})

    def test_less_than_nothing_is_refused(self, settlement, kari):
        with pytest.raises(Refused):
            count_cash(settlement, -1, kari)
        assert latest(settlement).counted_cash is None

    def test_nothing_in_the_drawer_is_a_count(self, settlement, kari):
        count_cash(settlement, 0, kari)
        assert entries(latest(settlement))[Role.CASHDIFF, "Kassedifferanse talt"] == 29500

    def test_a_count_holds_for_the_next_revision(self, company, settlement, kari):
        count_cash(settlement, 40000, kari)
        receipts = [a_receipt({"31": "295.00"}, {"cash": "295.00"}), sold(1001, cash="100.00")]
        again = deliver(company, receipts, DAY, "1")
        assert (again.revision, again.counted_cash) == (2, 40000)
        assert entries(again)[Role.CASH, "Kassedifferanse talt"] == 500


class TestChoosing:
    @pytest.fixture
    def settlement(self, company):
        """Two receipts, the second of them delivered twice: 100.00 and 90.00."""
        deliver(company, [sold(1), sold(2)])
        deliver(company, [sold(2, "90.00")], z_number="1", z_total="200.00")
        return company.settlements.get(z_number="1", current=True)

    @pytest.fixture
    def versions(self, company, settlement):
        assert "receipt-changed" in {issue.code for issue in settlement.as_day().stops}
        return company.registers.get().receipts.filter(nr="2").order_by("version")

    def test_the_first_may_count(self, settlement, versions, kari):
        choose_receipt(versions[0], kari)
        now = latest(settlement)
        assert (now.gross, now.revision) == (200_00, settlement.revision + 1)
        assert "receipt-changed" not in {issue.code for issue in now.as_day().findings}
        assert [(v.in_use, v.undecided) for v in versions.all()] == [(True, False), (False, False)]

    def test_the_later_may_count_and_the_settlement_follows(self, settlement, versions, kari):
        choose_receipt(versions[1], kari)
        now = latest(settlement)
        assert (now.gross, now.revision) == (190_00, settlement.revision + 1)
        assert [(v.in_use, v.undecided) for v in versions.all()] == [(False, False), (True, False)]
        # The Z was about the other one, and says so.
        assert {issue.code for issue in now.as_day().stops} >= {"z-total-differs"}
        entry = log("receipt-chosen")
        assert (entry.before, entry.after) == ({"version": 1}, {"version": 2})
        assert entry.actor_id == kari.pk

    def test_a_choice_may_be_changed(self, settlement, versions, kari):
        choose_receipt(versions[1], kari)
        choose_receipt(versions[0], kari)
        assert latest(settlement).gross == 200_00

    def test_the_same_file_again_asks_nothing_and_other_content_asks_anew(
        self, company, settlement, versions, kari
    ):
        choose_receipt(versions[1], kari)
        deliver(company, [sold(2, "90.00")], z_number="1", z_total="190.00")
        codes = {issue.code for issue in latest(settlement).as_day().findings}
        assert "receipt-changed" not in codes
        deliver(company, [sold(2, "80.00")], z_number="1", z_total="190.00")
        assert "receipt-changed" in {issue.code for issue in latest(settlement).as_day().stops}


class TestExports:
    """A decision is newer than what was built at NOW, and older than the tick after it."""

    DECIDED = NOW + timedelta(minutes=1)
    NEXT = NOW + timedelta(minutes=2)

    @pytest.fixture(autouse=True)
    def _ready(self, company):
        build.the_suggested_setup(company)
        build.a_chart(company)
        build.a_connection(company)

    def test_what_is_not_sent_is_built_anew_with_the_count(self, company, kari):
        settlement = a_settlement(company, cash="295.00", sales={"31": "295.00"})
        (export,) = build.built(company)
        with time_machine.travel(self.DECIDED, tick=False):
            count_cash(settlement, 30000, kari)
        (again,) = build.built(company, self.NEXT)
        assert (again.pk, again.revision, again.state) == (export.pk, 2, "READY")
        assert again.snapshot_id != export.snapshot_id
        assert again.debit == 300_00

    def test_what_was_stopped_goes_once_it_is_acknowledged(self, company, kari):
        settlement = with_a_gap(company, 1, 3)
        (stopped,) = build.built(company)
        assert stopped.state == "BLOCKED"
        with time_machine.travel(self.DECIDED, tick=False):
            acknowledge(settlement, settlement.as_day().stops[0], REASON, kari)
        (export,) = build.built(company, self.NEXT)
        assert (export.state, export.revision) == ("READY", 2)

    def test_what_is_sent_stays_as_it_was_sent(self, company, kari):
        settlement = a_settlement(company, cash="295.00", sales={"31": "295.00"})
        (export,) = build.built(company)
        sent = build.ended(export, Sent("9001"))
        with time_machine.travel(self.DECIDED, tick=False):
            count_cash(settlement, 30000, kari)
        (after,) = build.built(company, self.NEXT)
        assert (after.state, after.revision, after.snapshot_id) == ("SENT", 1, sent.snapshot_id)

    def test_a_decision_is_built_once_and_not_at_every_tick(self, company, kari):
        settlement = a_settlement(company, cash="295.00", sales={"31": "295.00"})
        build.built(company)
        with time_machine.travel(self.DECIDED, tick=False):
            count_cash(settlement, 30000, kari)
        build.built(company, self.NEXT)
        (export,) = build.built(company, self.NEXT)
        assert export.revision == 2
