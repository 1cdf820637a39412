"""Which till a file means, and which department it belongs to, from a file to its journal."""

from datetime import date

import pytest

from accounting.books import records as books
from accounting.books.domain.codes import Role
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.queries import SetupReader
from accounting.company.models import Company
from accounting.company.records import place_register
from backoffice.management.company_command import issue_document
from tests.backoffice.commands.running import run
from tests.build import OTHER_ORG_NO, a_company, a_department, the_suggested_setup
from tests.integrations.pos.deliveries import take
from tests.saft_builder import card_sale, event, location, saft, till, z_report

pytestmark = pytest.mark.django_db

FOOD = RuleKey(Role.SALES, vat_code="31")


@pytest.fixture
def company():
    company = a_company(OTHER_ORG_NO)
    the_suggested_setup(company)
    return company


def day(register="1", day="2020-01-01", nr="1", z="1"):
    """One card sale of food and the Z that closes it."""
    sale = card_sale(nr, at=f"{day}T10:00:00")
    printed = event("SALREC", nr, at=f"{day}T10:00:30")
    closed = z_report(
        z,
        "115.00",
        {"DEBCARD": "115.00"},
        {"2": ("100.00", "15.00")},
        at=f"{day}T23:00:00",
        register=register,
    )
    return till(printed, closed, sale, register=register)


def deliver(company, *locations):
    return take(company, saft(*locations).encode())


def built(company, register, z="1"):
    """The journal of a Z, with everything read anew."""
    setup = SetupReader(Company.objects.get(pk=company.pk)).for_register(register)
    settlement = company.settlements.get(register=register, z_number=z, current=True)
    return build_journal(settlement.as_day(), setup)


def account_of_the_sale(journal):
    assert isinstance(journal, Journal), journal
    return next(line.account for line in journal.lines if line.role is Role.SALES)


def test_a_new_till_gets_the_only_department(company):
    only = a_department(company, "Sentrum", "10")
    deliver(company, location(day()))
    assert company.registers.get().department == only
    assert built(company, company.registers.get()).department == "Sentrum"


def test_a_new_till_of_a_company_without_departments_needs_none(company):
    deliver(company, location(day()))
    assert company.registers.get().department is None
    assert built(company, company.registers.get()).department == ""


def test_a_new_till_of_a_company_with_several_stops_with_a_link_until_it_is_placed(company):
    a_department(company, "Sentrum", "10")
    torget = a_department(company, "Torget", "20")
    deliver(company, location(day("7")))
    register = company.registers.get()
    assert register.department is None
    (issue,) = built(company, register)
    assert issue.code == "register-without-department"
    fix = issue_document(issue, company)["fix"]
    assert fix == f"/s/{company.org_no}/oppsett/integrasjoner/kasser/?register=7"
    place_register(register, torget)
    assert built(company, register).department == "Torget"


def test_a_till_that_is_placed_stays_where_it_is(company):
    sentrum = a_department(company, "Sentrum", "10")
    deliver(company, location(day()))
    a_department(company, "Torget", "20")
    deliver(company, location(day(day="2020-01-02", nr="2", z="2")))
    assert company.registers.get().department == sentrum


def test_till_1_of_two_shops_is_two_tills(company):
    deliver(company, location(day(), name="Sentrum"), location(day(), name="Torget"))
    places = company.registers.values_list("location", "till_id")
    assert sorted(places) == [("Sentrum", "1"), ("Torget", "1")]
    assert company.settlements.count() == 2


def test_an_ambiguous_till_is_refused_with_the_candidates(company):
    deliver(company, location(day(), name="Sentrum"), location(day(), name="Torget"))
    ended = run("journal", "--company", OTHER_ORG_NO, "--register", "1", "--z", "1")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "Flere kasser heter 1. Skriv en av disse: Sentrum/1, Torget/1.\n"
    named = run("journal", "--company", OTHER_ORG_NO, "--register", "Torget/1", "--z", "1")
    assert named.code == 0


def test_a_departments_own_row_goes_before_the_default(company):
    sentrum = a_department(company, "Sentrum", "10")
    torget = a_department(company, "Torget", "20")
    books.save_setup(company, torget, {FOOD: Rule("3031", "31")})
    deliver(company, location(day(), name="A"), location(day(), name="B"))
    first, second = company.registers.order_by("location")
    place_register(first, sentrum)
    place_register(second, torget)
    assert account_of_the_sale(built(company, first)) == "3030"
    assert account_of_the_sale(built(company, second)) == "3031"


def test_a_row_counts_from_its_day_on(company):
    rule = Rule("3039", "31", valid_from=date(2020, 1, 2))
    books.save_setup(company, None, {FOOD: rule})
    deliver(company, location(day()))
    deliver(company, location(day(day="2020-01-02", nr="2", z="2")))
    register = company.registers.get()
    assert account_of_the_sale(built(company, register, "1")) == "3030"
    assert account_of_the_sale(built(company, register, "2")) == "3039"
