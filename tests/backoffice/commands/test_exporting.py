"""export, export_status and reconcile: exit codes and JSON (DESIGN.md 6)."""

# ruff: noqa: ARG002 (fixtures)

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection as database

from accounting import clock
from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from integrations.exports import send
from integrations.exports.models import Export
from tests import build
from tests.backoffice.commands.running import Ended, run
from tests.sandbox import CREATE, Sandbox

COMPANY = ("--company", build.ORG_NO)

pytestmark = pytest.mark.django_db


def told(ended: Ended, **figures: int) -> None:
    """The JSON document, with what is not named at 0."""
    assert ended.json == {"sent": 0, "blocked": 0, "uncertain": 0, "held": 0} | figures


class TestExport:
    def test_it_sends_what_is_due_and_says_so(self, exporting, sandbox):
        ended = run("export", *COMPANY, "--now", "--json")

        told(ended, sent=1)
        assert (ended.code, ended.err) == (0, "")
        assert len(sandbox.drafts) == 1

    def test_again_it_sends_nothing(self, exporting, sandbox):
        run("export", *COMPANY, "--now")

        ended = run("export", *COMPANY, "--now", "--json")

        told(ended)
        assert ended.code == 0
        assert len(sandbox.drafts) == 1

    def test_without_now_it_waits_for_the_hour(self, exporting, company, settings):
        build.a_settlement(company, day=_yesterday(), cash="1.00", sales={"31": "1.00"})
        settings.CLOCK_SHIFT_S = _to_four_in_the_morning()

        told(run("export", *COMPANY, "--json"), sent=1)  # DAY, long past
        told(run("export", *COMPANY, "--json", "--now"), sent=1)

    def test_what_is_stopped_is_exit_1(self, exporting):
        save_setup(exporting, None, {RuleKey(Role.SALES, vat_code="31"): Rule("3039", "31")})

        ended = run("export", *COMPANY, "--now", "--json")

        told(ended, blocked=1)
        assert ended.code == 1

    def test_what_is_in_doubt_is_exit_1(self, exporting, sandbox):
        sandbox.faults([{"call": CREATE, "fault": "lose-answer-after-commit", "times": 1}])

        ended = run("export", *COMPANY, "--now", "--json")

        told(ended, uncertain=1)
        assert ended.code == 1

    def test_what_waits_for_a_person_is_exit_1(self, exporting):
        run("export", *COMPANY, "--now")
        Export.objects.update(state="HELD")

        ended = run("export", *COMPANY, "--now", "--json")

        told(ended, held=1)
        assert ended.code == 1

    def test_what_was_turned_away_is_waited_for(self, exporting, sandbox):
        sandbox.faults([{"call": CREATE, "fault": "429", "times": 1, "seconds": 1}])

        ended = run("export", *COMPANY, "--now", "--json")

        told(ended, sent=1)
        assert ended.code == 0

    def test_a_far_side_that_is_away_is_not_waited_for(self, exporting, settings):
        settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:9"  # nobody listens there

        ended = run("export", *COMPANY, "--now", "--json")

        told(ended)
        assert ended.code == 1
        assert "1 venter på nytt forsøk" in ended.err

    @pytest.mark.parametrize("held_back", ["paused", "off"])
    def test_what_is_held_back_is_not_waited_for(self, exporting, held_back):
        if held_back == "paused":
            exporting.connections.update(paused=True, pause_reason="Ferie")
        else:
            Company.objects.update(accounting_enabled=False)

        assert run("export", *COMPANY, "--now").code == 1
        assert not Export.objects.filter(state="SENT").exists()

    def test_without_a_connection_it_is_refused(self, company):
        ended = run("export", *COMPANY, "--json")

        assert ended.code == 1
        assert ended.err == "Selskapet er ikke koblet til PowerOffice Go. Kjør «connect» først.\n"

    def test_without_a_date_it_is_refused(self, sandbox, company):
        run("connect", *COMPANY)

        ended = run("export", *COMPANY)

        assert ended.code == 1
        assert ended.err == "Startdatoen er ikke valgt. Kjør «export_from» først.\n"

    def test_nothing_is_sent_while_a_guard_is_missing(self, exporting, sandbox):
        kind = "no_delete" if database.vendor == "sqlite" else "no_truncate"
        table = "" if database.vendor == "sqlite" else " ON exports_exportstart"
        with database.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER exports_exportstart_{kind}{table}")

        ended = run("export", *COMPANY, "--now")

        assert (ended.code, ended.out) == (1, "")
        assert f"exports_exportstart_{kind} are missing" in ended.err
        assert sandbox.drafts == []


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _to_four_in_the_morning() -> int:
    """Seconds from now to 04.00 in Oslo today: yesterday is closed, and its slot has not come."""
    four = datetime.combine(clock.today(), time(4), tzinfo=clock.OSLO)
    return round((four - clock.now()).total_seconds())


class TestExportStatus:
    def test_it_counts_and_names_the_oldest_and_the_next_run(self, exporting, settings):
        build.a_settlement(
            exporting, day=date(2024, 3, 6), cash="9.00", sales={"33": "9.00"}, register="2"
        )
        save_setup(exporting, None, {RuleKey(Role.SALES, vat_code="33"): None})
        run("export", *COMPANY, "--now")

        ended = run("export_status", *COMPANY, "--json")

        assert ended.code == 0
        assert ended.json["states"] == {"BLOCKED": 1, "SENT": 1}
        assert ended.json["oldest_unsent"] == "2024-03-06"
        next_run = datetime.fromisoformat(ended.json["next_run"])
        assert (next_run.hour, next_run.minute) == (5, 0)
        assert timedelta(0) < next_run - clock.now() <= timedelta(hours=25)
        assert ended.json.keys() == {"states", "oldest_unsent", "next_run"}

    def test_of_nothing(self, company):
        for words in ((), COMPANY):
            ended = run("export_status", *words, "--json")
            assert ended.json == {"states": {}, "oldest_unsent": None, "next_run": None}

    def test_without_a_company_it_counts_them_all(self, exporting):
        run("export", *COMPANY, "--now")
        build.a_ready_export(build.a_company(build.OTHER_ORG_NO, "Andres AS"))

        assert run("export_status", "--json").json["states"] == {"READY": 1, "SENT": 1}
        assert run("export_status", *COMPANY, "--json").json["states"] == {"SENT": 1}


class TestReconcile:
    KEYS = ("adopted", "ready", "posted", "removed", "surplus", "uncertain")

    def _doubted(self, sandbox: Sandbox, fault: str) -> None:
        sandbox.faults([{"call": CREATE, "fault": fault, "times": 1}])
        run("export", *COMPANY, "--now")

    def test_with_nothing_in_doubt_everything_is_0(self, company):
        ended = run("reconcile", *COMPANY, "--json")

        assert ended.code == 0
        assert ended.json == dict.fromkeys(self.KEYS, 0)

    @pytest.mark.parametrize("words", [(), COMPANY])
    def test_what_arrived_is_adopted_at_once(self, exporting, sandbox, words):
        self._doubted(sandbox, "lose-answer-after-commit")

        ended = run("reconcile", *words, "--json")

        assert ended.json == dict.fromkeys(self.KEYS, 0) | {"adopted": 1}
        assert Export.objects.get().state == "SENT"

    def test_what_did_not_arrive_stays_in_doubt_until_its_time(self, exporting, sandbox):
        self._doubted(sandbox, "lose-answer-before-commit")

        for _ in range(3):
            ended = run("reconcile", "--json")
            assert ended.json == dict.fromkeys(self.KEYS, 0) | {"uncertain": 1}
        assert ended.code == 0

    def test_in_time_it_is_freed_and_export_sends_it(self, exporting, sandbox, settings):
        self._doubted(sandbox, "lose-answer-before-commit")
        settings.CLOCK_SHIFT_S += settings.EXPORT_QUIET_S
        run("reconcile")
        settings.CLOCK_SHIFT_S += settings.EXPORT_PROBE_GAP_S

        assert run("reconcile", "--json").json["ready"] == 1
        assert send.drain() == 1
        assert len(sandbox.drafts) == 1

    def test_what_was_posted_removed_or_came_twice_over_there_is_counted(
        self, exporting, sandbox, settings
    ):
        company = exporting if isinstance(exporting, Company) else Company.objects.get()
        for number in ("2", "3"):
            build.a_settlement(company, register=number, cash="50.00", sales={"31": "50.00"})
        run("export", *COMPANY, "--now")
        posted, removed, *_ = sandbox.drafts
        sandbox.post(posted["id"])
        sandbox.delete(removed["id"])
        settings.CLOCK_SHIFT_S += settings.EXPORT_QUIET_S

        ended = run("reconcile", *COMPANY, "--json")

        assert ended.json == dict.fromkeys(self.KEYS, 0) | {"posted": 1, "removed": 1}
        again = run("reconcile", *COMPANY, "--json")
        assert again.json == dict.fromkeys(self.KEYS, 0)
