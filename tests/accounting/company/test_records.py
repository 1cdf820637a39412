"""Writes about companies, departments, tills and people: what is refused, and what is noted."""

import pytest
from django.db import IntegrityError, transaction

from accounting.company import grants, invitations, records
from accounting.company.models import AuditEntry, Company, Membership
from accounting.company.records import Refused
from accounting.company.roles import Right, Role
from backoffice.models import User
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return build.a_company()


def version(company):
    return Company.objects.get(pk=company.pk).setup_version


def last_note():
    return AuditEntry.objects.latest("pk")


def test_a_companys_number_is_kept_without_blanks():
    assert records.create_company(" 923 456 783", " Fjordkaffe AS ").org_no == build.ORG_NO
    assert Company.objects.get().name == "Fjordkaffe AS"


@pytest.mark.parametrize("org_no", ["923456784", "12345678", "9234567830", "", "NO923456784MVA"])
def test_a_number_that_is_no_organisation_number_is_refused(org_no):
    with pytest.raises(Refused):
        records.create_company(org_no, "Fjordkaffe AS")
    assert not Company.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_database_itself_holds_nine_digits():
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.create(org_no="12345678x", name="x")


def test_a_department_changes_what_journals_are_built_from_and_is_noted(company):
    manager = build.a_manager(company)
    before = version(company)
    records.add_department(company, " Sentrum ", remote_code="10", actor=manager)
    assert company.departments.get().name == "Sentrum"
    assert version(company) == before + 1
    note = last_note()
    assert (note.action, note.actor, note.after) == (
        "department-added",
        manager,
        {"remote_code": "10"},
    )


@pytest.mark.parametrize("name", ["Sentrum", " Sentrum ", "", " "])
def test_a_department_needs_a_name_of_its_own(company, name):
    records.add_department(company, "Sentrum")
    with pytest.raises(Refused):
        records.add_department(company, name)
    assert company.departments.count() == 1


def test_linking_a_department_notes_before_and_after(company):
    sentrum = build.a_department(company, "Sentrum", "10")
    before = version(company)
    records.link_department(sentrum, "20")
    assert company.departments.get().remote_code == "20"
    assert version(company) == before + 1
    note = last_note()
    assert (note.before, note.after) == ({"remote_code": "10"}, {"remote_code": "20"})


def test_a_till_is_seen_once_per_place(company):
    first = records.see_register(company, "Sentrum", "1")
    assert records.see_register(company, "Sentrum", "1") == first
    assert records.see_register(company, "Torget", "1") != first
    assert records.see_register(build.a_company(build.OTHER_ORG_NO), "Sentrum", "1") != first


def test_an_archived_department_is_no_department_of_a_new_till(company):
    old = build.a_department(company, "Gammel")
    old.archived_at = build.NOW
    old.save()
    assert records.see_register(company, "", "1").department is None
    only = build.a_department(company, "Sentrum")
    assert records.see_register(company, "", "2").department == only


def test_placing_a_till_changes_journals_and_is_noted(company):
    sentrum = build.a_department(company, "Sentrum")
    register = records.see_register(company, "", "1")
    torget = build.a_department(company, "Torget")
    before = version(company)
    records.place_register(register, torget)
    assert version(company) == before + 1
    note = last_note()
    assert (note.action, note.subject) == ("register-placed", "1")
    assert (note.before, note.after) == ({"department": sentrum.name}, {"department": torget.name})


def test_placing_a_till_where_it_is_is_no_news(company):
    build.a_department(company, "Sentrum")
    register = records.see_register(company, "", "1")
    before = version(company)
    records.place_register(register, register.department)
    assert version(company) == before
    assert last_note().action == "department-added"


def test_a_till_cannot_be_placed_in_another_companys_department(company):
    theirs = build.a_department(build.a_company(build.OTHER_ORG_NO), "Deres")
    register = records.see_register(company, "", "1")
    with pytest.raises(Refused):
        records.place_register(register, theirs)
    register.refresh_from_db()
    assert register.department is None


def test_a_person_has_one_role_in_a_company(company):
    user = build.a_manager(company)
    records.give_role(company, user, Role.ACCOUNTANT)
    assert Membership.objects.get(company=company, user=user).role == "accountant"
    assert last_note().after == {"role": "accountant"}


def test_the_same_role_again_is_no_news(company):
    user = build.a_manager(company)
    records.give_role(company, user, Role.MANAGER)
    assert AuditEntry.objects.filter(action="role-given").count() == 1


def test_another_role_logs_the_person_out_and_takes_the_grant_away(company):
    user = build.with_grant(company, build.a_manager(company))
    before = user.rights_version
    records.give_role(company, user, Role.ACCOUNTANT)
    user.refresh_from_db()
    assert user.rights_version == before + 1
    assert not company.grants.exists()
    note = last_note()
    was = {"role": "manager", "right": ["poweroffice"]}
    assert (note.before, note.after) == (was, {"role": "accountant"})


def test_a_wish_for_a_right_ends_with_the_role_that_could_use_it(company):
    user = build.a_manager(company)
    grants.request_grant(company, user, Right.POWEROFFICE)
    records.give_role(company, user, Role.ACCOUNTANT)
    assert not company.grant_requests.exists()


def test_whoever_is_removed_keeps_nothing_and_is_logged_out(company, client):
    user = build.with_grant(company, build.a_manager(company))
    support = User.objects.get(email="support@example.no")
    client.force_login(user)
    assert records.remove_member(company, user, actor=support)
    assert not company.memberships.exists()
    assert not company.grants.exists()
    note = last_note()
    assert (note.action, note.actor, note.before) == (
        "member-removed",
        support,
        {"role": "manager", "right": ["poweroffice"]},
    )
    assert client.get(f"/s/{company.org_no}/oppgjor/").url.startswith("/konto/logg-inn/")
    user.refresh_from_db()
    client.force_login(user)
    assert client.get(f"/s/{company.org_no}/oppgjor/").status_code == 404
    assert not records.remove_member(company, user)


def test_the_links_of_whoever_is_removed_open_nothing(company):
    user, support = build.a_manager(company), build.a_superadmin()
    _row, token = invitations.invite(company, "venn@example.no", Role.ACCOUNTANT, actor=user)
    _row, other = invitations.invite(company, "ny@example.no", Role.ACCOUNTANT, actor=support)
    records.remove_member(company, user, actor=support)
    with pytest.raises(Refused, match="trukket tilbake"):
        invitations.open_invitation(token)
    assert invitations.open_invitation(other)


def test_the_integration_is_switched_off_and_on_again(company):
    support = build.a_superadmin()
    records.switch_accounting(company, on=True, actor=support)  # it is on already
    assert last_note().action == "company-created"
    records.switch_accounting(company, on=False, actor=support)
    assert not Company.objects.get().accounting_enabled
    assert last_note().action == "accounting-switched-off"
    records.switch_accounting(company, on=True, actor=support)
    note = last_note()
    assert (note.action, note.after) == ("accounting-switched-on", {"accounting_enabled": True})


def test_superadmin_is_no_role_in_a_company(company):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(company=company, user=build.a_superadmin(), role=Role.SUPERADMIN)
