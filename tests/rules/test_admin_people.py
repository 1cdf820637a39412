"""People on Django's admin site: nobody is made there, no password set, and no right changed in passing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounting.company.models import AuditEntry
from backoffice.models import User
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari() -> User:
    return build.a_manager(build.a_company())


def _change(client: Client, person: User, **said: str):
    address = reverse("admin:backoffice_user_change", args=[person.pk])
    fields = {"email": person.email, "name": person.name, "language": "nb", "is_active": "on"}
    return client.post(address, fields | said)


def test_nobody_is_added_and_nobody_s_password_is_set(client: Client, kari: User) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    assert client.get(reverse("admin:backoffice_user_add")).status_code == 403
    address = reverse("admin:auth_user_password_change", args=[kari.pk])
    before = kari.password
    for answer in (client.get(address), client.post(address, {"password1": "x", "password2": "x"})):
        assert answer.status_code == 403
    kari.refresh_from_db()
    assert kari.password == before


def test_who_it_is_is_asked_before_a_right_is_given(client: Client, kari: User) -> None:
    client.force_login(build.a_superadmin())
    answer = _change(client, kari, is_superuser="on", is_staff="on")
    assert answer.url.startswith("/konto/bekreft/?next=")
    kari.refresh_from_db()
    assert not kari.is_superuser


@pytest.mark.parametrize("said", [{"is_superuser": "on"}, {"email": "kari@fjord.example"}])
def test_a_right_or_an_address_that_changes_logs_the_person_out(
    client: Client, kari: User, said: dict[str, str]
) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    assert _change(client, kari, **said).status_code == 302
    after = User.objects.get(pk=kari.pk)
    assert after.rights_version == kari.rights_version + 1


def test_a_name_that_changes_logs_nobody_out(client: Client, kari: User) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    _change(client, kari, name="Kari Nordmann")
    after = User.objects.get(pk=kari.pk)
    assert (after.name, after.rights_version) == ("Kari Nordmann", kari.rights_version)


@pytest.mark.parametrize("kept", [{"is_superuser": "on"}, {"is_active": "on"}])
def test_the_last_active_superadmin_stays_one(client: Client, kept: dict[str, str]) -> None:
    support = build.a_superadmin()
    build.a_person("sluttet@example.no", is_superuser=True, is_active=False)
    build.a_confirmed_login(client, support)
    address = reverse("admin:backoffice_user_change", args=[support.pk])
    fields = {"email": support.email, "name": support.name, "language": "nb", "is_staff": "on"}
    answer = client.post(address, fields | kept)
    assert "Dette er den siste SuperAdmin" in answer.content.decode()
    support.refresh_from_db()
    assert (support.is_superuser, support.is_active) == (True, True)


def test_one_superadmin_of_two_may_leave(client: Client) -> None:
    support = build.a_superadmin()
    other = build.a_superadmin("kollega@example.no")
    build.a_confirmed_login(client, support)
    assert _change(client, other, is_active="").status_code == 302
    other.refresh_from_db()
    assert not other.is_active


def test_what_changes_of_a_person_s_rights_stands_in_the_log(client: Client, kari: User) -> None:
    support = build.a_superadmin()
    build.a_confirmed_login(client, support)
    _change(client, kari, email="kari@fjord.example", is_superuser="on", name="Kari Nordmann")
    noted = AuditEntry.objects.filter(action="person-changed").order_by("pk")
    assert [entry.company for entry in noted] == [None, kari.memberships.get().company]
    for entry in noted:
        assert (entry.actor, entry.subject) == (support, "kari@example.no")
        assert entry.before == {"email": "kari@example.no", "is_superuser": False}
        assert entry.after == {"email": "kari@fjord.example", "is_superuser": True}
    told = client.get(f"/s/{build.ORG_NO}/logg/").content.decode()
    assert "Endret personens rettigheter" in told
    assert "Er SuperAdmin" in told


def test_a_name_that_changes_is_no_right(client: Client, kari: User) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    _change(client, kari, name="Kari Nordmann")
    assert not AuditEntry.objects.filter(action="person-changed").exists()
