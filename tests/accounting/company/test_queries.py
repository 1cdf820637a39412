"""Finding the company, the till and the department that a person means."""

import pytest

from accounting.company import queries
from accounting.company.queries import NotOne
from accounting.company.records import see_register
from accounting.company.roles import Role
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return build.a_company()


def test_a_company_is_found_with_blanks_in_its_number(company):
    assert queries.company_by_org_no("923 456 783") == company
    with pytest.raises(NotOne, match="974760673"):
        queries.company_by_org_no("974760673")


def test_a_person_sees_their_own_companies_and_support_sees_all(company):
    stranger = build.a_stranger()
    (theirs,) = queries.companies_of(stranger)
    assert theirs != company
    assert set(queries.companies_of(build.a_superadmin())) == {company, theirs}
    assert not queries.companies_of(build.a_person("ny@example.no"))


def test_a_role_is_the_membership_s_or_superadmin_s_or_none(company):
    assert queries.role_in(company, build.a_manager(company)) is Role.MANAGER
    assert queries.role_in(company, build.an_accountant(company)) is Role.ACCOUNTANT
    assert queries.role_in(company, build.a_superadmin()) is Role.SUPERADMIN
    assert queries.role_in(company, build.a_stranger()) is None


def test_a_till_is_found_by_its_id_where_there_is_one(company):
    register = see_register(company, "Sentrum", "1")
    see_register(build.a_company(build.OTHER_ORG_NO), "Sentrum", "1")
    assert queries.register_named(company, "1") == register
    assert queries.register_named(company, "Sentrum/1") == register


def test_an_id_at_two_places_needs_the_place(company):
    sentrum, torget = (see_register(company, place, "1") for place in ("Sentrum", "Torget"))
    with pytest.raises(NotOne) as refused:
        queries.register_named(company, "1")
    assert str(refused.value).endswith("Skriv en av disse: Sentrum/1, Torget/1.")
    assert queries.register_named(company, "Torget/1") == torget
    assert queries.register_named(company, "Sentrum/1") == sentrum


def test_an_id_with_a_slash_is_found_as_it_is(company):
    register = see_register(company, "", "a/1")
    assert queries.register_named(company, "a/1") == register


def test_an_unknown_till_names_those_there_are(company):
    with pytest.raises(NotOne, match="Kasser: ingen"):
        queries.register_named(company, "1")
    see_register(company, "Sentrum", "1")
    with pytest.raises(NotOne, match="Kasser: Sentrum/1"):
        queries.register_named(company, "2")


def test_an_archived_department_is_not_found(company):
    old = build.a_department(company, "Gammel")
    assert queries.department_named(company, "Gammel") == old
    old.archived_at = build.NOW
    old.save()
    with pytest.raises(NotOne, match="Avdelinger: ingen"):
        queries.department_named(company, "Gammel")
