"""What is known before the run costs no call; at 04:30 it is looked for, and people are told of it."""

# ruff: noqa: ARG002 (fixtures)

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail

from accounting.books.domain.issues import Fix, Issue, Page
from accounting.company.models import Company
from integrations.exports import build as building
from integrations.exports import prechecking, records, send, slots, standstill, tasks
from integrations.exports.models import Connection, Export, Recipient
from integrations.exports.states import Blocked, CannotLook, Trace
from integrations.poweroffice.checking import check
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.build import DAY, NOW
from tests.integrations.exports.far_side import Obedient
from tests.sandbox import CREATE, Sandbox

SALES = {"cash": "295.00", "sales": {"31": "115.00", "3": "180.00"}}
HALF_PAST_FOUR = NOW.replace(hour=4, minute=31)
ALL_RIGHTS = ["GeneralLedgerAccount", "CommonServices", "Department", "JournalEntryVoucher_Full"]
KEY_REFUSED = Issue("key-refused", fix=Fix(Page.CONNECTION))
EVERY_CALL = "POST /OAuth/Token"


@pytest.fixture
def connected(company: Company, sandbox: Sandbox) -> Connection:
    """Connected to the sandbox with the suggested setup; one day is sold and closed."""
    build.the_suggested_setup(company)
    connection = connect(company, "sandbox", "an-application", "a-client", "a-subscription")
    fetch_chart(connection)
    records.set_export_start(company, "poweroffice", DAY)
    build.a_settlement(company, **SALES)
    return connection


def fetched_anew(connection: Connection) -> None:
    fetch_chart(connection)


def checked(connection: Connection) -> None:
    connection.refresh_from_db()
    check(connection)


KNOWN = {
    "period-locked": ({"lock_date": "2026-11-23"}, {"lock_date": "2026-11-22"}, fetched_anew),
    "before-conversion": (
        {"conversion_date": "2026-11-24"},
        {"conversion_date": "2026-11-23"},
        fetched_anew,
    ),
    "vat-not-registered": ({"vat_registered": False}, {"vat_registered": True}, fetched_anew),
    "account-inactive": (
        {"accounts": [{"number": 3030, "active": False}]},
        {"accounts": [{"number": 3030, "active": True}]},
        fetched_anew,
    ),
    "vat-code-not-valid": (
        {"vat_codes": [{"code": "31", "valid_to": "2026-11-22"}]},
        {"vat_codes": [{"code": "31", "valid_to": None}]},
        fetched_anew,
    ),
    "rights-missing": (
        {"privileges": [right for right in ALL_RIGHTS if not right.startswith("Journal")]},
        {"privileges": ALL_RIGHTS},
        checked,
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", KNOWN)
@pytest.mark.parametrize("built_before", [False, True], ids=["at build", "at the claim"])
def test_what_is_known_costs_no_call_and_goes_by_itself_once_mended(
    code, built_before, connected, sandbox, settings
):
    wrong, right, seen_by = KNOWN[code]
    build.run_at_once(connected.company)
    if built_before:  # and then the world changes, before it is sent
        building.build_all(later())
    sandbox.seed(wrong)
    seen_by(connected)

    tasks.tick()

    export = Export.objects.get()
    assert (export.state, export.issues[0]["code"]) == ("BLOCKED", code)
    assert sandbox.answers(CREATE) == {}
    assert not export.attempts.exists()

    sandbox.seed(right)
    seen_by(connected)
    tasks.tick()

    export.refresh_from_db()
    assert export.state == "SENT"


def later() -> datetime:
    return NOW + timedelta(days=3650)  # after everything was asked for, by any clock


@pytest.mark.django_db(transaction=True)
def test_a_department_that_is_no_longer_there_stops_before_any_call(connected, sandbox):
    company = connected.company
    centre = build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    fetch_chart(connected)
    build.a_settlement(company, department=centre, register="2", **SALES)
    sandbox.seed({"departments": [{"code": "10", "active": False}]})
    fetch_chart(connected)
    build.run_at_once(company)

    tasks.tick()

    export = Export.objects.get(settlement__register__till_id="2")
    assert (export.state, export.issues[0]["code"]) == ("BLOCKED", "department-gone")
    assert sandbox.answers(CREATE) == {}


@pytest.mark.django_db(transaction=True)
class TestWhatStopsEverySend:
    def test_is_found_out_once_and_stops_the_others_without_a_call(self, company, far):
        first = build.a_ready_export(company)
        for number in range(3):
            build.a_ready_export(company, register=str(number + 2), **SALES)
        far.answers.append(Blocked((KEY_REFUSED,)))

        send.drain()
        standstill.stop(NOW)

        assert len(far.asked) == 1
        assert set(Export.objects.values_list("state", flat=True)) == {"BLOCKED"}
        assert {e.issues[0]["code"] for e in Export.objects.all()} == {"key-refused"}
        assert Export.objects.exclude(attempts=None).get() == first

    def test_new_keys_let_them_go(self, company, far):
        build.a_ready_export(company)
        standstill.learn(company.connections.get(), (KEY_REFUSED,))
        standstill.stop(NOW)
        build.a_connection(company)
        connection = company.connections.get()
        assert connection.problems == []

        building.build_changed(connection, NOW)

        assert Export.objects.get().state == "READY"

    def test_one_settlement_s_own_trouble_stops_no_other(self, company, far):
        build.a_ready_export(company)
        row = Issue("refused-by-provider", facts=(("title", "Nei"), ("detail", "Nei")))
        far.answers.append(Blocked((row,)))
        send.drain()
        assert company.connections.get().problems == []


@pytest.fixture
def kari(company: Company):
    """The manager, who is told."""
    return build.a_manager(company)


@pytest.fixture
def at_night(company: Company, far: type[Obedient], kari) -> Connection:
    """Due at 05:00 every day, with a day that is sold; Kari is told."""
    build.the_suggested_setup(company)
    build.a_chart(company)
    connection = build.a_connection(company)
    Recipient.objects.create(company=company, user=kari)
    build.a_settlement(company, **SALES)
    return connection


def looked(now: datetime = HALF_PAST_FOUR) -> list[str]:
    """What was written to people by the look at this moment."""
    mail.outbox.clear()
    prechecking.due(now)
    return [letter.body for letter in mail.outbox]


@pytest.mark.django_db
class TestAtHalfPastFour:
    def test_nothing_is_said_when_all_is_well(self, at_night):
        assert looked() == []
        at_night.refresh_from_db()
        assert (at_night.prechecked_at, at_night.foreseen) == (HALF_PAST_FOUR, [])

    def test_what_will_stop_is_told_before_the_run_with_the_way_to_mend_it(self, at_night):
        build.a_chart(at_night.company, without=("3030",))
        (letter,) = looked()
        assert "Konto 3030 finnes ikke i kontoplanen" in letter
        assert f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/" in letter
        assert (
            mail.outbox[0].subject == "Én ting å rette før overføringen kl. 05.00 – Fjordkaffe AS"
        )

    def test_a_row_that_nothing_is_sold_on_yet_is_looked_at_too(self, at_night):
        build.a_chart(at_night.company, without=("2901",))
        (letter,) = looked()
        assert "2901" in letter

    def test_a_locked_period_is_told_once_however_many_days_lie_in_it(self, at_night):
        company = at_night.company
        for days in (1, 2):
            build.a_settlement(company, day=DAY - timedelta(days=days), **SALES)
        company.chart_terms.locked_through = DAY
        company.chart_terms.save()
        (letter,) = looked()
        assert letter.count("Perioden er låst") == 1

    def test_a_key_that_no_longer_opens_is_told_and_stops_the_run(self, at_night):
        Obedient.found.append((KEY_REFUSED,))
        (letter,) = looked()
        assert "avviste nøkkelen" in letter
        at_night.refresh_from_db()
        assert standstill.problems_of(at_night) == (KEY_REFUSED,)

    def test_it_is_done_once_a_day(self, at_night):
        build.a_chart(at_night.company, without=("3030",))
        assert len(looked()) == 1
        assert looked(HALF_PAST_FOUR + timedelta(minutes=1)) == []

    def test_the_next_day_tells_only_what_is_new(self, at_night):
        build.a_chart(at_night.company, without=("3030",))
        looked()
        tomorrow = HALF_PAST_FOUR + timedelta(days=1)
        assert looked(tomorrow) == []
        build.a_chart(at_night.company, without=("3030", "1900"))
        (letter,) = looked(tomorrow + timedelta(days=1))
        assert "1900" in letter
        assert "3030" not in letter

    def test_before_half_past_four_nobody_is_looked_at(self, at_night):
        prechecking.due(HALF_PAST_FOUR)
        prechecking.due(HALF_PAST_FOUR + timedelta(hours=23))
        at_night.refresh_from_db()
        assert at_night.prechecked_at == HALF_PAST_FOUR

    def test_where_nobody_answers_it_is_tried_again_until_the_slot(self, at_night):
        Obedient.found[:] = [CannotLook(Trace(problem="no answer"))] * 2
        build.a_chart(at_night.company, without=("3030",))
        assert looked() == []
        assert looked(HALF_PAST_FOUR + timedelta(minutes=1)) == []  # that worker has it for now
        assert looked(HALF_PAST_FOUR + timedelta(minutes=6)) == []
        assert len(looked(HALF_PAST_FOUR + timedelta(minutes=12))) == 1

    def test_at_the_slot_what_was_fetched_last_is_what_counts(self, at_night):
        Obedient.found.append(CannotLook(Trace(problem="no answer")))
        build.a_chart(at_night.company, without=("3030",))
        assert len(looked(NOW)) == 1

    def test_one_that_fails_keeps_nobody_back(self, at_night, caplog):
        other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
        second = build.a_connection(other)
        Obedient.found[:] = ["nonsense"]  # type: ignore[list-item]  # of the first
        prechecking.due(HALF_PAST_FOUR)
        assert "failed on our side" in caplog.text
        second.refresh_from_db()
        assert second.prechecked_at == HALF_PAST_FOUR

    def test_one_that_died_in_the_middle_is_made_up_for(self, at_night):
        Obedient.found[:] = ["nonsense"]  # type: ignore[list-item]
        prechecking.due(HALF_PAST_FOUR)
        prechecking.due(HALF_PAST_FOUR + timedelta(minutes=6))
        at_night.refresh_from_db()
        assert at_night.prechecked_at == HALF_PAST_FOUR + timedelta(minutes=6)

    def test_a_paused_company_is_left_alone(self, at_night, kari):
        records.pause(at_night, "Ferie", actor=kari)
        prechecking.due(HALF_PAST_FOUR)
        at_night.refresh_from_db()
        assert at_night.prechecked_at is None

    def test_in_english(self, at_night, kari):
        kari.language = "en"
        kari.save()
        build.a_chart(at_night.company, without=("3030",))
        (letter,) = looked()
        assert "Account 3030 is not in the chart of accounts" in letter
        assert "Dette stopper" not in letter


@pytest.mark.django_db
def test_the_look_and_the_run_of_the_same_morning_agree(at_night):
    """The slots, the journals and the send of 05:00 find what 04:30 has seen."""
    build.a_chart(at_night.company, without=("3030",))
    looked()
    five = NOW.replace(hour=5, minute=0, second=5)
    with time_machine.travel(five, tick=False):
        slots.fill(five)
        building.build_all(five)
    foreseen = {issue["code"] for issue in Connection.objects.get().foreseen}
    assert {issue["code"] for issue in Export.objects.get().issues} == foreseen
