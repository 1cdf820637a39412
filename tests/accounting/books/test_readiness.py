"""How much of Kontooppsett is ready: of one department, and of the whole company."""

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.readiness import Lacking, readiness
from accounting.books.records import save_setup
from accounting.books.suggestions import SUGGESTED
from accounting.company.models import Company
from tests import build

pytestmark = pytest.mark.django_db
FOOD, CASH = RuleKey(Role.SALES, vat_code="31"), RuleKey(Role.CASH, standard="12001")
MAT = RuleKey(Role.SALES, "100", "", "31")


@pytest.fixture
def company() -> Company:
    return build.a_company()


def counted(company: Company, department=None) -> tuple[int, int]:
    found = readiness(company, department)
    return found.ready, found.total


def test_before_any_till_has_delivered_the_usual_rows_count(company: Company) -> None:
    assert counted(company) == (0, len(SUGGESTED))
    build.the_suggested_setup(company)
    assert readiness(company).complete


def test_what_is_used_counts_and_what_lacks_is_named(company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    save_setup(company, None, {CASH: Rule("1900", "0")})
    found = readiness(company)
    assert (found.ready, found.total) == (1, 2)
    assert found.missing == (Lacking("", MAT, "Mat"),)
    assert not found.complete


def test_an_account_that_would_be_refused_is_not_ready(company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    build.the_suggested_setup(company)
    build.a_chart(company, without=("3030",))
    assert [each.key for each in readiness(company).missing] == [MAT]


def test_a_row_counts_once_where_its_rule_stands(company: Company) -> None:
    sentrum, torget = (build.a_department(company, n, c) for n, c in (("S", "10"), ("T", "20")))
    for number, each in enumerate((sentrum, torget)):
        build.a_settlement(
            company,
            cash="100.00",
            sales={"31": "100.00"},
            department=each,
            register=str(number),
        )
    build.the_suggested_setup(company)
    assert counted(company) == (2, 2)
    assert counted(company, torget) == (2, 2)
    save_setup(company, torget, {FOOD: Rule("3039", "31")})
    assert counted(company) == (3, 3)
    build.a_chart(company)
    assert readiness(company).missing == (Lacking("T", MAT, "Mat"),)


def test_departments_with_rules_for_all_they_sell_need_no_default(company: Company) -> None:
    only = build.a_department(company, "Sentrum", "10")
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, department=only)
    build.the_suggested_setup(company, only)
    assert counted(company) == (2, 2)


def test_the_queries_do_not_grow_with_departments(
    company: Company, django_assert_num_queries
) -> None:
    for number in range(6):
        department = build.a_department(company, f"Avdeling {number}", str(number))
        build.a_settlement(
            company,
            cash="9.00",
            sales={"31": "9.00"},
            department=department,
            register=str(number),
        )
    with django_assert_num_queries(6):
        readiness(company)
