"""The right to change PowerOffice Go: asked for, granted, declined, withdrawn, and what stands after."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounting.company import grants
from accounting.company.models import AuditEntry, Company, Grant, GrantRequest
from accounting.company.queries import is_granted
from accounting.company.records import Refused
from accounting.company.roles import Right
from backoffice.models import User
from tests import build

pytestmark = pytest.mark.django_db
RIGHT = Right.POWEROFFICE


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def manager(company: Company) -> User:
    return build.a_manager(company)


@pytest.fixture
def support() -> User:
    return build.a_superadmin()


def last_note() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def test_a_grant_is_noted_and_logs_the_person_out(company, manager, support):
    grants.grant(company, manager, RIGHT, actor=support)
    assert is_granted(company, manager, RIGHT, build.NOW)
    note = last_note()
    assert (note.action, note.subject, note.actor) == ("right-granted", manager.email, support)
    assert (note.before, note.after) == (None, {"right": "poweroffice", "until": None})
    assert User.objects.get(pk=manager.pk).rights_version == manager.rights_version + 1


def test_granting_again_moves_the_end(company, manager, support):
    grants.grant(company, manager, RIGHT, actor=support)
    with time_machine.travel(build.NOW, tick=False):
        until = build.NOW + timedelta(days=1)
        grants.grant(company, manager, RIGHT, actor=support, until=until)
    assert Grant.objects.get().until == until
    assert last_note().before == {"right": "poweroffice", "until": None}
    assert is_granted(company, manager, RIGHT, until - timedelta(seconds=1))
    assert not is_granted(company, manager, RIGHT, until)


def test_a_grant_in_one_company_is_none_in_another(company, manager, support):
    grants.grant(company, manager, RIGHT, actor=support)
    assert not is_granted(build.a_company(build.OTHER_ORG_NO), manager, RIGHT, build.NOW)


def test_who_has_no_use_for_it_gets_none(company, support):
    for somebody in (build.an_accountant(company), build.a_stranger(), support):
        with pytest.raises(Refused, match="Bare daglig leder"):
            grants.grant(company, somebody, RIGHT, actor=support)
        with pytest.raises(Refused, match="Bare daglig leder"):
            grants.request_grant(company, somebody, RIGHT)
    assert not Grant.objects.exists()
    assert not GrantRequest.objects.exists()


def test_nobody_grants_themselves(company, manager):
    with pytest.raises(Refused, match="deg selv"):
        grants.grant(company, manager, RIGHT, actor=manager)


def test_an_end_that_is_past_is_refused(company, manager, support):
    with time_machine.travel(build.NOW, tick=False), pytest.raises(Refused, match="frem i tid"):
        grants.grant(company, manager, RIGHT, actor=support, until=build.NOW)
    assert not Grant.objects.exists()


def test_withdrawing_counts_at_once(company, manager, support):
    grants.grant(company, manager, RIGHT, actor=support)
    assert grants.withdraw(company, manager, RIGHT, actor=support)
    assert not is_granted(company, manager, RIGHT, build.NOW)
    assert last_note().action == "right-withdrawn"
    assert User.objects.get(pk=manager.pk).rights_version == manager.rights_version + 2
    assert not grants.withdraw(company, manager, RIGHT, actor=support)


def test_asking_twice_is_asking_once(company, manager):
    first = grants.request_grant(company, manager, RIGHT, " Vi bytter regnskapsfører ")
    assert grants.request_grant(company, manager, RIGHT) == first
    assert first.reason == "Vi bytter regnskapsfører"
    assert grants.waiting_request(company, manager, RIGHT) == first
    assert AuditEntry.objects.filter(action="right-asked-for").count() == 1


def test_a_grant_answers_the_request(company, manager, support):
    asked = grants.request_grant(company, manager, RIGHT)
    grants.grant(company, manager, RIGHT, actor=support)
    asked.refresh_from_db()
    assert (asked.approved, asked.answered_by) == (True, support)
    assert grants.waiting_request(company, manager, RIGHT) is None


def test_a_no_needs_a_reason_and_comes_once(company, manager, support):
    asked = grants.request_grant(company, manager, RIGHT)
    with pytest.raises(Refused, match="Skriv hvorfor"):
        grants.decline(asked, " ", actor=support)
    grants.decline(asked, "Ring oss først", actor=support)
    asked.refresh_from_db()
    assert (asked.approved, asked.answer) == (False, "Ring oss først")
    with pytest.raises(Refused, match="besvart"):
        grants.decline(asked, "Igjen", actor=support)
    assert grants.request_grant(company, manager, RIGHT) != asked  # and may be asked for anew


def test_the_database_holds_the_shape_of_an_answer(company, manager, support):
    asked = grants.request_grant(company, manager, RIGHT)
    row = GrantRequest.objects.filter(pk=asked.pk)
    for half in (
        {"approved": True},
        {"answered_at": build.NOW},
        {"answered_at": build.NOW, "answered_by": support, "approved": False},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**half)
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantRequest.objects.create(company=company, user=manager, right=RIGHT, asked_at=build.NOW)
