"""The one decorator: anonymous to log-in, strangers 404, members without the permission 403."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from accounting.company.access import company_page, has, person, system_page
from accounting.company.roles import Permission, Role
from tests import build

pytestmark = pytest.mark.django_db


def request_by(user):
    request = RequestFactory().get("/s/923456783/side/?a=1")
    request.user = user
    return request


def page(permission):
    """A page that tells which company and which other word it was given."""

    @company_page(permission)
    def view(request, company, word="-"):
        return HttpResponse(f"{company.name} {word} {request.company.org_no}")

    return view


@pytest.fixture
def company():
    return build.a_company()


@pytest.mark.parametrize("permission", Permission)
def test_nobody_is_sent_to_log_in_and_back(company, permission):
    answer = page(permission)(request_by(AnonymousUser()), company.org_no)
    assert answer.status_code == 302
    assert answer.url.endswith("?next=/s/923456783/side/%3Fa%3D1")


@pytest.mark.parametrize("permission", Permission)
def test_a_stranger_gets_the_same_answer_as_for_a_company_that_does_not_exist(company, permission):
    stranger = build.a_stranger()
    for org_no in (company.org_no, "974760673"):
        with pytest.raises(Http404) as refused:
            page(permission)(request_by(stranger), org_no)
        assert str(refused.value) == ""


@pytest.mark.parametrize("permission", Permission)
def test_somebody_in_no_company_is_a_stranger(company, permission):
    with pytest.raises(Http404):
        page(permission)(request_by(build.a_person("ny@example.no")), company.org_no)


@pytest.mark.parametrize(
    "somebody", [build.a_manager, build.an_accountant, lambda _company: build.a_superadmin()]
)
def test_who_lacks_the_permission_is_refused(company, somebody):
    with pytest.raises(PermissionDenied):
        page(Permission.CHANGE_CONNECTION)(request_by(somebody(company)), company.org_no)


@pytest.mark.parametrize(
    ("somebody", "permission"),
    [
        (build.a_manager, Permission.CHANGE_SETUP),
        (build.a_manager, Permission.ASK_FOR_RIGHT),
        (build.an_accountant, Permission.SEND),
        (lambda _company: build.a_superadmin(), Permission.CHANGE_SETUP),
    ],
)
def test_who_has_it_gets_the_page_with_the_company(company, somebody, permission):
    answer = page(permission)(request_by(somebody(company)), company.org_no, word="z")
    assert answer.content.decode() == f"Fjordkaffe AS z {company.org_no}"


def test_the_connection_needs_the_role_and_a_grant_that_holds(company):
    manager = build.with_grant(company, build.a_manager(company))
    assert page(Permission.CHANGE_CONNECTION)(request_by(manager), company.org_no)
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    build.company_records.give_role(other, manager, Role.MANAGER)
    with pytest.raises(PermissionDenied):
        page(Permission.CHANGE_CONNECTION)(request_by(manager), other.org_no)


def test_a_grant_ends_by_itself(company):
    manager = build.with_grant(company, build.a_manager(company))
    company.grants.update(granted_at=build.NOW - timedelta(days=2), until=build.NOW)
    with time_machine.travel(build.NOW - timedelta(seconds=1), tick=False):
        assert has(manager, company, Permission.CHANGE_CONNECTION)
    with time_machine.travel(build.NOW, tick=False):
        assert not has(manager, company, Permission.CHANGE_CONNECTION)


def test_a_grant_without_the_role_opens_nothing(company):
    manager = build.with_grant(company, build.a_manager(company))
    company.memberships.update(role=Role.ACCOUNTANT)
    assert company.grants.exists()
    assert not has(manager, company, Permission.CHANGE_CONNECTION)


@pytest.mark.parametrize("permission", Permission)
def test_a_stranger_has_nothing(company, permission):
    assert not has(build.a_stranger(), company, permission)
    assert not has(AnonymousUser(), company, permission)


def test_system_pages_are_for_superadmin_alone(company):
    page = system_page(lambda _request: HttpResponse("alle"))
    assert page(request_by(build.a_superadmin())).content == b"alle"
    assert page(request_by(AnonymousUser())).status_code == 302
    granted = build.with_grant(company, build.a_manager(company))
    for somebody in (granted, build.a_stranger(), build.an_accountant(company)):
        with pytest.raises(Http404):
            page(request_by(somebody))


def test_a_role_in_one_company_opens_no_other(company):
    manager = build.a_manager(company)
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    with pytest.raises(Http404):
        page(Permission.SEE)(request_by(manager), other.org_no)


def test_a_role_that_is_changed_counts_at_once(company):
    user = build.a_manager(company)
    build.company_records.give_role(company, user, Role.ACCOUNTANT)
    with pytest.raises(PermissionDenied):
        page(Permission.CHANGE_CONNECTION)(request_by(user), company.org_no)


def test_a_page_keeps_its_name():
    assert page(Permission.SEE).__name__ == "view"


def test_the_acting_person_is_somebody(company):
    manager = build.a_manager(company)
    assert person(request_by(manager)) == manager
    with pytest.raises(PermissionDenied):
        person(request_by(AnonymousUser()))
