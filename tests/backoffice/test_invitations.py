"""Invitations: who may send one, what its link does, and when it stops working."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from accounting import clock
from accounting.company import invitations
from accounting.company.models import AuditEntry, Company, Invitation
from accounting.company.queries import role_in
from accounting.company.records import Refused
from accounting.company.roles import Role
from backoffice import invitation_mail
from backoffice.models import User
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
PASSWORD = "riktig hest batteri"
NEW = {"name": "Ola N.", "password": "et annet hest batteri"}


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def support() -> User:
    return build.a_superadmin()


def _link(token: str) -> str:
    return f"/konto/invitasjon/{token}/"


def _invite(company: Company | None, actor: User, email="ola@example.no", role=Role.MANAGER) -> str:
    _row, token = invitations.invite(company, email, role, actor=actor)
    return token


class TestWhoMayInvite:
    def test_support_gives_every_role(self, company: Company, support: User) -> None:
        for role in (Role.MANAGER, Role.ACCOUNTANT):
            row, _token = invitations.invite(company, "ola@example.no", role, actor=support)
            assert row.role == role
        row, _token = invitations.invite(None, "eva@example.no", Role.SUPERADMIN, actor=support)
        assert row.company is None

    def test_a_manager_invites_accountants_to_the_own_company(self, company: Company) -> None:
        kari = build.a_manager(company)
        row, _token = invitations.invite(company, "o@example.no", Role.ACCOUNTANT, actor=kari)
        assert row.invited_by == kari

    @pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERADMIN])
    def test_a_manager_gives_no_higher_role(self, company: Company, role: Role) -> None:
        where = None if role is Role.SUPERADMIN else company
        with pytest.raises(Refused, match="Du kan ikke gi denne rollen"):
            _invite(where, build.a_manager(company), role=role)

    def test_neither_accountants_nor_strangers_invite(self, company: Company) -> None:
        for person in (build.an_accountant(company), build.a_stranger()):
            with pytest.raises(Refused, match="Du kan ikke gi denne rollen"):
                _invite(company, person, role=Role.ACCOUNTANT)

    def test_nobody_becomes_support_of_one_company(self, company: Company, support: User) -> None:
        with pytest.raises(Refused, match="uten selskap"):
            _invite(company, support, role=Role.SUPERADMIN)
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(
                company=company,
                email="a@example.no",
                role="superadmin",
                token_digest="0",
                invited_by=support,
                invited_at=build.NOW,
                expires_at=build.NOW + timedelta(days=1),
            )

    def test_a_member_is_not_invited_again(self, company: Company, support: User) -> None:
        build.a_manager(company, "ola@example.no")
        with pytest.raises(Refused, match="har tilgang fra før"):
            _invite(company, support)

    def test_support_is_told_that_a_colleague_needs_no_role(
        self, company: Company, support: User
    ) -> None:
        eva = build.a_superadmin("eva@example.no")
        with pytest.raises(Refused, match="har tilgang fra før"):
            _invite(company, support, eva.email)


def test_the_token_is_kept_nowhere(company: Company, support: User) -> None:
    row, token = invitations.invite(company, "Ola@Example.no", Role.MANAGER, actor=support)
    assert row.email == "ola@example.no"
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(AuditEntry.objects.values()))


def test_the_letter_names_who_what_and_until_when(
    company: Company, support: User, settings
) -> None:
    row, token = invitations.invite(company, "ola@example.no", Role.MANAGER, actor=support)
    settings.SITE_URL = "https://backoffice.example.no"
    invitation_mail.send(row, token)
    (letter,) = mail.outbox
    assert letter.to == ["ola@example.no"]
    assert letter.subject == "Invitasjon til Fjordkaffe AS i Backoffice"
    assert "Support inviterer deg til Fjordkaffe AS som daglig leder." in letter.body
    assert f"https://backoffice.example.no{_link(token)}" in letter.body
    assert "&" not in letter.body


def test_the_letter_is_in_the_readers_own_language(company: Company, support: User) -> None:
    build.a_person("ola@example.no", language="en")
    row, token = invitations.invite(company, "ola@example.no", Role.MANAGER, actor=support)
    invitation_mail.send(row, token)
    assert mail.outbox[0].subject == "Invitation to Fjordkaffe AS in Backoffice"


class TestTheLink:
    def test_a_new_person_chooses_a_password_and_is_in(
        self, client: Client, company: Company, support: User
    ) -> None:
        token = _invite(company, support)
        answer = client.get(_link(token))
        assert answer.url == "/konto/invitasjon/"  # the token leaves the address bar
        page = Page(client, "/konto/invitasjon/")
        assert "Support inviterer deg til Fjordkaffe AS som daglig leder." in page.text
        answer = client.post("/konto/invitasjon/", NEW)
        assert answer.url == f"/s/{company.org_no}/"
        ola = User.objects.get(email="ola@example.no")
        assert role_in(company, ola) is Role.MANAGER
        assert ola.name == "Ola N."
        assert client.get("/?alle=1").status_code == 200
        assert Client().login(email="ola@example.no", password=NEW["password"])

    def test_looking_gives_nothing(self, client: Client, company: Company, support: User) -> None:
        client.get(_link(_invite(company, support)), follow=True)
        assert not User.objects.filter(email="ola@example.no").exists()

    @pytest.mark.parametrize("password", ["kort", "password123", "ola@example.no", "29384756"])
    def test_a_bad_password_is_refused_at_the_field(
        self, client: Client, company: Company, support: User, password: str
    ) -> None:
        client.get(_link(_invite(company, support)))
        answer = client.post("/konto/invitasjon/", {**NEW, "password": password})
        assert 'href="#id_password"' in answer.content.decode()
        assert not User.objects.filter(email="ola@example.no").exists()

    def test_a_known_person_logs_in_first_and_then_accepts(
        self, client: Client, company: Company, support: User
    ) -> None:
        ola = build.a_person("ola@example.no")
        client.get(_link(_invite(company, support)))
        page = Page(client, "/konto/invitasjon/")
        assert "ola@example.no har en bruker fra før." in page.text
        answer = client.post(
            page.link("Logg inn"), {"login": "ola@example.no", "password": PASSWORD}
        )
        assert answer.url == "/konto/invitasjon/"
        assert role_in(company, ola) is None
        answer = client.post("/konto/invitasjon/")
        assert answer.url == f"/s/{company.org_no}/"
        assert role_in(company, ola) is Role.MANAGER
        assert client.get("/?alle=1").status_code == 200  # this session goes on

    def test_nobody_sets_a_known_persons_password(
        self, client: Client, company: Company, support: User
    ) -> None:
        ola = build.a_person("ola@example.no")
        client.get(_link(_invite(company, support)))
        client.post("/konto/invitasjon/", NEW)
        ola.refresh_from_db()
        assert ola.check_password(PASSWORD)

    def test_another_person_cannot_take_it(
        self, client: Client, company: Company, support: User
    ) -> None:
        siv = build.a_stranger()
        client.force_login(siv)
        client.get(_link(_invite(company, support)))
        assert "Invitasjonen er til en annen" in Page(client, "/konto/invitasjon/").text
        answer = client.post("/konto/invitasjon/", follow=True)
        assert role_in(company, siv) is None
        assert "Velkommen" in answer.content.decode()  # logged out, the invitation still at hand

    def test_it_works_once(self, client: Client, company: Company, support: User) -> None:
        token = _invite(company, support)
        client.get(_link(token))
        client.post("/konto/invitasjon/", NEW)
        page = Client().get(_link(token), follow=True).content.decode()
        assert "Invitasjonen er brukt." in page

    def test_it_is_too_old_after_a_week(
        self, client: Client, company: Company, support: User
    ) -> None:
        token = _invite(company, support)
        with time_machine.travel(clock.now() + timedelta(days=7)):
            page = client.get(_link(token), follow=True).content.decode()
        assert "Invitasjonen er for gammel." in page

    def test_a_newer_one_replaces_it(self, client: Client, company: Company, support: User) -> None:
        old, new = _invite(company, support), _invite(company, support)
        page = client.get(_link(old), follow=True).content.decode()
        assert "trukket tilbake eller erstattet" in page
        assert "Velkommen" in Client().get(_link(new), follow=True).content.decode()

    def test_a_withdrawn_one_gives_nothing(
        self, client: Client, company: Company, support: User
    ) -> None:
        row, token = invitations.invite(company, "ola@example.no", Role.MANAGER, actor=support)
        invitations.take_back(row, actor=support)
        client.get(_link(token))
        client.post("/konto/invitasjon/", NEW)
        assert not User.objects.filter(email="ola@example.no").exists()
        with pytest.raises(Refused, match="brukt eller trukket tilbake"):
            invitations.take_back(row, actor=support)

    def test_a_made_up_one_says_so(self, client: Client) -> None:
        page = client.get(_link("x" * 43), follow=True).content.decode()
        assert "Lenken er ikke hel." in page

    def test_guessing_is_slowed_down(self, client: Client) -> None:
        statuses = [client.post("/konto/invitasjon/").status_code for _ in range(21)]
        assert statuses[0] == 200
        assert statuses[-1] == 429

    def test_an_invitation_to_support_leads_to_the_second_factor(
        self, client: Client, support: User
    ) -> None:
        client.get(_link(_invite(None, support, role=Role.SUPERADMIN)))
        client.post("/konto/invitasjon/", NEW)
        ola = User.objects.get(email="ola@example.no")
        assert (ola.is_superuser, ola.is_staff) == (True, True)
        assert client.get("/").url == "/konto/totrinn/app/"


def test_accepting_is_noted_and_ends_other_sessions(company: Company, support: User) -> None:
    ola = build.a_person("ola@example.no")
    elsewhere = Client()
    elsewhere.force_login(ola)
    invitations.accept(_invite(company, support), ola)
    assert elsewhere.get("/").url.startswith("/konto/logg-inn/")
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert {"person-invited", "invitation-accepted", "role-given"} <= set(actions)
