"""«Prøv oppsettet»: what a setup would do to settlements, told in numbers."""

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.records import save_setup
from accounting.books.setup_reading import SetupReading
from accounting.books.trying import AccountMove, Trial, try_changes
from accounting.company.models import Company
from tests import build

pytestmark = pytest.mark.django_db
FOOD, BEER = RuleKey(Role.SALES, vat_code="31"), RuleKey(Role.SALES, vat_code="3")


@pytest.fixture
def company() -> Company:
    company = build.a_company()
    build.the_suggested_setup(company)
    return company


def tried(company: Company, changes, department=None) -> Trial:
    return try_changes(SetupReading(company, department, build.DAY), changes)


def told(trial: Trial) -> tuple[int, int, int, int]:
    return trial.same, len(trial.changed), len(trial.stopped), trial.freed


def test_the_difference_is_told_per_account(company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "60.00", "3": "40.00"})
    trial = tried(company, {FOOD: Rule("3031", "31")})
    assert told(trial) == (0, 1, 0, 0)
    assert trial.moves == (AccountMove("3030", -6000, 0), AccountMove("3031", 0, -6000))
    assert sum(move.difference for move in trial.moves) == 0


def test_the_same_setup_changes_nothing(company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    assert told(tried(company, {FOOD: Rule("3030", "31")})) == (1, 0, 0, 0)


def test_a_row_taken_away_stops_and_a_row_given_frees(company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    stopped = tried(company, {FOOD: None})
    assert told(stopped) == (0, 0, 1, 0)
    assert stopped.stopped[0].reasons[0].code == "sales-account-missing"
    assert stopped.moves == ()
    save_setup(company, None, {FOOD: None})
    assert tried(company, {}).stopped_already == 1
    assert told(tried(company, {FOOD: Rule("3030", "31")})) == (0, 1, 0, 1)


def test_the_latest_thirty_are_tried_in_few_queries(
    company: Company, django_assert_max_num_queries
) -> None:
    for number in range(32):
        build.a_settlement(company, cash="10.00", sales={"31": "10.00"}, register=str(number))
    with django_assert_max_num_queries(8):
        trial = tried(company, {FOOD: Rule("3031", "31")})
    assert told(trial) == (0, 30, 0, 0)


def test_a_department_tries_its_own_and_the_default_tries_all(company: Company) -> None:
    sentrum, torget = (build.a_department(company, n, c) for n, c in (("S", "10"), ("T", "20")))
    build.a_settlement(company, cash="1.00", sales={"31": "1.00"}, department=sentrum)
    build.a_settlement(company, cash="2.00", sales={"31": "2.00"}, department=torget, register="2")
    save_setup(company, torget, {FOOD: Rule("3039", "31")})
    assert told(tried(company, {FOOD: Rule("3031", "31")}, sentrum)) == (0, 1, 0, 0)
    assert told(tried(company, {FOOD: Rule("3031", "31")})) == (1, 1, 0, 0)


def test_nothing_is_written(company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    before = (company.setup_entries.count(), company.audit.count())
    tried(company, {FOOD: Rule("3031", "31")})
    assert (company.setup_entries.count(), company.audit.count()) == before
