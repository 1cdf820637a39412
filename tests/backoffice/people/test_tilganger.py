"""Tilganger: who is there, what oneself may do, asking for the right, inviting and removing accountants."""

import pytest
from django.core import mail
from django.test import Client

from accounting.company import grants, invitations
from accounting.company.models import Company, GrantRequest
from accounting.company.roles import Right, Role
from backoffice.models import User
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
HERE = f"/s/{build.ORG_NO}/oppsett/tilganger/"


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def kari(client: Client, company: Company) -> User:
    """The manager, who is logged in and has just said who she is."""
    kari = build.a_manager(company)
    build.a_confirmed_login(client, kari)
    return kari


def test_everybody_is_shown_with_role_and_right(client, company, kari):
    build.an_accountant(company)
    rows = Page(client, HERE).rows()
    assert [row.split()[0] for row in rows] == ["Kari", "Rolf"]
    assert "Daglig leder" in rows[0]
    assert "Uten tillatelse" in rows[0]
    assert "Regnskapsfører" in rows[1]
    assert "Leser" in rows[1]


def test_the_manager_asks_and_sees_that_it_waits(client, company, kari):
    assert "Be om tillatelse" in Page(client, HERE).text
    client.post(f"{HERE}be-om/", {"reason": "Vi bytter nøkler"})
    asked = GrantRequest.objects.get()
    assert (asked.user, asked.reason, asked.answered_at) == (kari, "Vi bytter nøkler", None)
    page = Page(client, HERE)
    assert "Svaret kommer på e-post" in page.text
    assert "Be om tillatelse" not in page.text


def test_asking_again_keeps_the_new_reason_and_its_history(client, company, kari):
    client.post(f"{HERE}be-om/", {"reason": "Vi bytter nøkler"})
    client.post(f"{HERE}be-om/", {"reason": "Vi bytter regnskapsfører"})
    client.post(f"{HERE}be-om/", {"reason": ""})
    assert GrantRequest.objects.get().reason == "Vi bytter regnskapsfører"
    noted = company.audit.filter(action="right-asked-for").order_by("pk")
    said = [(entry.before or {}).get("reason") for entry in noted]
    assert said == [None, "Vi bytter nøkler"]
    assert "Du skrev: «Vi bytter regnskapsfører»" in Page(client, HERE).text
    assert len(mail.outbox) <= 1


@pytest.mark.parametrize("reason", ["x" * 401, "Vi\0bytter"])
def test_what_is_wrong_with_a_reason_is_said_though_one_waits(client, company, kari, reason):
    grants.request_grant(company, kari, Right.POWEROFFICE, "Vi bytter nøkler")
    answer = client.post(f"{HERE}be-om/", {"reason": reason}).content.decode()
    assert "Dette må rettes:" in answer
    assert 'href="#id_reason"' in answer
    assert GrantRequest.objects.get().reason == "Vi bytter nøkler"


def test_a_no_is_shown_with_its_reason_and_may_be_asked_again(client, company, kari):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    grants.decline(asked, "Ring oss på 22 00 00 00", actor=build.a_superadmin())
    page = Page(client, HERE)
    assert "«Ring oss på 22 00 00 00»" in page.text
    assert "Be om tillatelse" in page.text


def test_whoever_has_the_right_is_led_to_poweroffice_go(client, company):
    kari = build.with_grant(company, build.a_manager(company))
    build.a_confirmed_login(client, kari)
    page = Page(client, HERE)
    assert "Du kan legge til og endre PowerOffice Go." in page.text
    assert page.link("Gå til PowerOffice Go").endswith("/oppsett/integrasjoner/")


def test_an_accountant_reads_and_has_no_buttons(client, company):
    build.a_manager(company)
    build.a_confirmed_login(client, build.an_accountant(company))
    page = Page(client, HERE)
    assert "Du er regnskapsfører." in page.text
    assert "Inviter" not in page.text
    assert "Be om tillatelse" not in page.text


def test_the_manager_invites_an_accountant(client, company, kari):
    client.post(f"{HERE}inviter/", {"email": "Ny@example.no"})
    invitation = company.invitations.get()
    assert (invitation.email, invitation.role) == ("ny@example.no", "accountant")
    (letter,) = mail.outbox
    assert letter.to == ["ny@example.no"]
    assert "ny@example.no" in Page(client, HERE).text
    client.post(f"{HERE}invitasjoner/{invitation.pk}/trekk-tilbake/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_a_manager_withdraws_no_manager_s_invitation(client, company, kari):
    support = build.a_superadmin()
    theirs, _token = invitations.invite(company, "ny@example.no", Role.MANAGER, actor=support)
    page = Page(client, HERE)
    assert "ny@example.no" in page.text
    assert "Trekk tilbake" not in page.rows()[-1]
    assert client.post(f"{HERE}invitasjoner/{theirs.pk}/trekk-tilbake/").status_code == 404


def test_a_manager_cannot_invite_a_manager(client, company, kari):
    client.post(f"{HERE}inviter/", {"email": "ny@example.no", "role": "manager"})
    assert company.invitations.get().role == "accountant"


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("", "Skriv e-posten"),
        ("kari", "Skriv hele adressen"),
        ("rolf@example.no", "har tilgang fra før"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_at_the_field(client, company, kari, email, says):
    build.an_accountant(company)
    answer = client.post(f"{HERE}inviter/", {"email": email}).content.decode()
    assert says in answer
    assert 'href="#id_email"' in answer
    assert not company.invitations.exists()


def test_inviting_does_not_tell_a_manager_who_is_superadmin(client, company, kari):
    support = build.a_superadmin()
    told = {
        email: client.post(f"{HERE}inviter/", {"email": email}, follow=True).content.decode()
        for email in ("ny@example.no", support.email)
    }
    for email, page in told.items():
        assert f"{email} er invitert." in page
        assert "har tilgang fra før" not in page
    assert company.invitations.count() == len(told)


def test_a_letter_that_cannot_be_sent_is_said(client, company, kari, settings):
    settings.EMAIL_BACKEND = "tests.backoffice.people.no_mail.NoMail"
    answer = client.post(f"{HERE}inviter/", {"email": "ny@example.no"}, follow=True)
    assert "ble ikke sendt" in answer.content.decode()


def test_removing_asks_first_and_then_does(client, company, kari):
    rolf = build.an_accountant(company)
    theirs = Client()
    theirs.force_login(rolf)
    address = f"{HERE}{rolf.pk}/fjern/"
    assert "Rolf R. logges ut overalt" in Page(client, address).text
    assert company.memberships.filter(user=rolf).exists()
    client.post(address)
    assert not company.memberships.filter(user=rolf).exists()
    assert theirs.get(HERE).status_code == 302


def test_a_manager_removes_no_manager(client, company, kari):
    ida = build.a_manager(company, "ida@example.no")
    assert client.post(f"{HERE}{ida.pk}/fjern/").status_code == 404
    assert client.post(f"{HERE}{kari.pk}/fjern/").status_code == 404
    assert company.memberships.count() == 2


def test_inviting_asks_who_it_is_when_that_was_long_ago(client, company):
    client.force_login(build.a_manager(company))
    answer = client.post(f"{HERE}inviter/", {"email": "ny@example.no"})
    assert answer.url.startswith("/konto/bekreft/")
    assert not company.invitations.exists()
