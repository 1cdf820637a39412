"""What Go's chart has against a journal stops it with a sentence and a link; mended, it goes by itself."""

# ruff: noqa: ARG002 (fixtures)

from datetime import date

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import sentence
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from integrations.exports import records, tasks
from integrations.exports.models import Connection, Export
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.backoffice.commands.running import run
from tests.sandbox import Sandbox

DAY = date(2024, 3, 4)
FOOD, BEER = RuleKey(Role.SALES, vat_code="31"), RuleKey(Role.SALES, vat_code="3")
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(company: Company, sandbox: Sandbox) -> Connection:
    """Connected to the sandbox with the suggested setup, exporting from DAY on; nothing sold yet."""
    build.the_suggested_setup(company)
    connection = connect(company, "sandbox", "an-application", "a-client", "a-subscription")
    fetch_chart(connection)
    records.set_export_start(company, "poweroffice", DAY)
    return connection


def sold(company: Company) -> None:
    """A day is sold, and somebody asks that it goes at once."""
    build.run_at_once(company)
    build.a_settlement(company, day=DAY, cash="295.00", sales={"31": "115.00", "3": "180.00"})


def the_export() -> Export:
    return Export.objects.get()


def assert_stopped(code: str, key: RuleKey, said: str) -> None:
    """Stopped by the tick; the command line says the same with the address of the row."""
    tasks.tick()
    export = the_export()
    assert export.state == "BLOCKED"
    (issue,) = export.found_issues
    assert issue.code == code
    assert said in sentence(issue)

    shown = run("journal", "--company", build.ORG_NO, "--register", "1", "--z", "1", "--json")
    assert shown.code == 1
    (told,) = shown.json["issues"]
    assert told == {
        "code": code,
        "subject": issue.subject,
        "text": sentence(issue),
        "fix": f"{SETUP}?department=&row={str(key).replace('|', '%7C')}",
    }
    assert shown.err.strip() == sentence(issue)


def assert_it_goes_by_itself(sandbox: Sandbox) -> None:
    tasks.tick()
    export = the_export()
    assert (export.state, export.issues) == ("SENT", [])
    (draft,) = sandbox.drafts
    assert (draft["id"], draft["debit"]) == (export.remote_id, "295.00")


class TestAnAccountThatIsNotThere:
    @pytest.fixture(autouse=True)
    def _stopped(self, company, connection):
        save_setup(company, None, {FOOD: Rule("3039", "31")})
        sold(company)
        assert_stopped("account-not-in-chart", FOOD, "3039")

    def test_goes_when_another_is_chosen(self, company, sandbox):
        save_setup(company, None, {FOOD: Rule("3030", "31")})

        assert_it_goes_by_itself(sandbox)

    def test_goes_when_it_was_made_in_go_and_the_chart_is_fetched(self, connection, sandbox):
        sandbox.seed({"accounts": [{"number": 3039, "vat_code": "31"}]})
        fetch_chart(connection)

        assert_it_goes_by_itself(sandbox)

    def test_stays_while_nothing_is_mended(self, sandbox):
        tasks.tick()

        assert the_export().state == "BLOCKED"
        assert sandbox.drafts == []


class TestAVatCodeLockedToAnother:
    @pytest.fixture(autouse=True)
    def _stopped(self, company, connection):
        save_setup(company, None, {FOOD: Rule("3001", "31")})  # locked to code 3 over there
        sold(company)
        assert_stopped("account-vat-locked", FOOD, "3001")

    def test_goes_when_another_account_is_chosen(self, company, sandbox):
        save_setup(company, None, {FOOD: Rule("3030", "31")})

        assert_it_goes_by_itself(sandbox)

    def test_goes_when_it_was_unlocked_in_go_and_the_chart_is_fetched(self, connection, sandbox):
        sandbox.seed({"accounts": [{"number": 3001, "vat_locked": False}]})
        fetch_chart(connection)

        assert_it_goes_by_itself(sandbox)


class TestAnInactiveAccount:
    @pytest.fixture(autouse=True)
    def _stopped(self, company, connection):
        save_setup(company, None, {BEER: Rule("3002", "3")})  # out of use over there
        sold(company)
        assert_stopped("account-inactive", BEER, "3002")

    def test_goes_when_another_account_is_chosen(self, company, sandbox):
        save_setup(company, None, {BEER: Rule("3000", "3")})

        assert_it_goes_by_itself(sandbox)

    def test_goes_when_it_is_used_again_in_go_and_the_chart_is_fetched(self, connection, sandbox):
        sandbox.seed({"accounts": [{"number": 3002, "active": True}]})
        fetch_chart(connection)

        assert_it_goes_by_itself(sandbox)


def test_three_things_at_once_are_three_links(company, connection):
    rows = {FOOD: Rule("3001", "31"), BEER: Rule("3002", "3")}
    save_setup(company, None, {**rows, RuleKey(Role.CASH, standard="12001"): Rule("1999", "0")})
    sold(company)

    tasks.tick()

    assert {issue.code for issue in the_export().found_issues} == {
        "account-vat-locked",
        "account-inactive",
        "account-not-in-chart",
    }
    shown = run("journal", "--company", build.ORG_NO, "--register", "1", "--z", "1", "--json")
    assert len({issue["fix"] for issue in shown.json["issues"]}) == 3
