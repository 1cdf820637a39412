"""The setup a till is booked with, the settlements of a company, and the remote keys."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.books import queries
from accounting.books import records as books
from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.company.models import Company
from accounting.company.records import place_register, see_register
from tests import build

pytestmark = pytest.mark.django_db
FOOD = RuleKey(Role.SALES, vat_code="31")


@pytest.fixture
def company():
    return build.a_company()


def setup_of(register):
    return queries.SetupReader(Company.objects.get(pk=register.company_id)).for_register(register)


def test_a_company_without_departments_decides_with_its_default(company):
    setup = setup_of(see_register(company, "", "1"))
    assert (setup.decided, setup.link_needed, setup.department) == (True, False, "")


def test_a_till_says_where_it_stands_only_where_another_shop_has_its_id(company):
    tills = [
        see_register(company, shop, till) for shop, till in (("A", "1"), ("B", "1"), ("B", "2"))
    ]
    assert [setup_of(till).place for till in tills] == ["A", "B", ""]
    place_register(tills[0], build.a_department(company, "Sentrum"))
    assert [setup_of(till).place for till in tills] == ["", "B", ""]


def test_the_only_department_needs_no_link(company):
    build.a_department(company, "Sentrum")
    setup = setup_of(see_register(company, "", "1"))
    assert (setup.decided, setup.link_needed, setup.department) == (True, False, "Sentrum")


def test_with_several_a_till_must_be_placed_and_its_department_linked(company):
    sentrum = build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget")
    register = see_register(company, "", "1")
    assert not setup_of(register).decided
    place_register(register, sentrum)
    setup = setup_of(register)
    assert (setup.decided, setup.link_needed) == (True, True)
    assert (setup.department, setup.department_code) == ("Sentrum", "10")


def test_a_till_in_an_archived_department_still_books_on_it(company):
    sentrum = build.a_department(company, "Sentrum")
    for name in ("Torget", "Havna"):
        build.a_department(company, name)
    register = see_register(company, "", "1")
    place_register(register, sentrum)
    sentrum.archived_at = build.NOW
    sentrum.save()
    register.refresh_from_db()
    setup = setup_of(register)
    assert (setup.decided, setup.department) == (True, "Sentrum")


def test_the_departments_own_rules_stand_beside_the_default(company):
    sentrum = build.a_department(company, "Sentrum")
    books.save_setup(company, None, {FOOD: Rule("3030", "31")})
    books.save_setup(company, sentrum, {FOOD: Rule("3031", "31")})
    setup = setup_of(see_register(company, "", "1"))
    assert setup.own == {FOOD: (Rule("3031", "31"),)}
    assert setup.default == {FOOD: (Rule("3030", "31"),)}
    assert setup.holds(FOOD)


def test_the_setup_carries_the_companys_version(company):
    books.save_setup(company, None, {FOOD: Rule("3030", "31")})
    register = see_register(company, "", "1")
    assert setup_of(register).version == Company.objects.get().setup_version > 1


def test_one_reader_asks_the_same_however_many_tills(company):
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_department(company, "Sentrum")

    def asked(tills):
        registers = [see_register(company, "", str(number)) for number in range(tills)]
        with CaptureQueriesContext(connection) as captured:
            reader = queries.SetupReader(company)
            for register in registers:
                reader.for_register(register)
        return len(captured)

    assert asked(1) == asked(20) <= 6


def test_settlements_are_those_with_movement_from_the_day_on(company):
    for after in range(3):
        build.a_settlement(
            company,
            sales={"31": "100.00"},
            cash="100.00",
            day=build.DAY + timedelta(after),
            z_number=str(after + 1),
        )
    build.a_settlement(company, day=build.DAY + timedelta(3), z_number="4")
    found = queries.settlements_from(company, build.DAY + timedelta(1))
    assert sorted(found.values_list("z_number", flat=True)) == ["2", "3"]


def test_only_the_current_revision_is_found(company):
    build.a_settlement(company, sales={"31": "100.00"}, cash="100.00", z_total="90.00")
    register = company.registers.get()
    build.deliver(company, [], z_number="1", z_total="100.00")
    settlement = queries.settlement_of(company, register, "1")
    assert (settlement.revision, settlement.current) == (2, True)
    assert list(queries.settlements_from(company, build.DAY)) == [settlement]
    assert queries.settlement_of(company, register, "2") is None


def test_the_code_book_gives_their_ids_by_our_numbers(company):
    build.a_chart(company)
    book = queries.code_book(company)
    assert set(book.accounts) == {a.number for a in queries.chart_of(company).accounts.values()}
    assert len(set(book.accounts.values())) == len(book.accounts)
    assert book.departments == {"10": "1", "20": "2"}
    assert queries.code_book(build.a_company(build.OTHER_ORG_NO)).accounts == {}


def test_active_departments_come_by_name(company):
    torget, sentrum = (build.a_department(company, name) for name in ("Torget", "Sentrum"))
    old = build.a_department(company, "Gammel")
    old.archived_at = build.NOW
    old.save()
    assert list(queries.active_departments(company)) == [sentrum, torget]
