"""SuperAdmin and one person in one company: role, right, second factor, out; and the requests."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from accounting.company import grants
from accounting.company.models import Company, Grant, GrantRequest
from accounting.company.roles import Right
from backoffice import two_factor
from backoffice.models import User
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
REQUESTS = "/system/tillatelser/"


@pytest.fixture
def support(client: Client) -> User:
    """SuperAdmin, who is logged in and has just said who they are."""
    support = build.a_superadmin()
    build.a_confirmed_login(client, support)
    return support


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def kari(company: Company) -> User:
    return build.a_manager(company)


@pytest.fixture
def hers(kari: User) -> str:
    """The address of her page."""
    return f"/system/selskaper/{build.ORG_NO}/personer/{kari.pk}/"


def test_the_right_is_given_and_withdrawn(client, support, company, kari, hers):
    assert "Uten tillatelse" in Page(client, hers).text
    client.post(f"{hers}tillatelse/", {"until": ""})
    given = Grant.objects.get()
    assert (given.user, given.granted_by, given.until) == (kari, support, None)
    assert "Gitt av Support" in Page(client, hers).text
    client.post(f"{hers}tillatelse/trekk-tilbake/")
    assert not Grant.objects.exists()


def test_the_right_holds_through_the_day_that_is_chosen(client, support, kari, hers):
    client.post(f"{hers}tillatelse/", {"until": "2030-12-31"})
    end = Grant.objects.get().until.astimezone(build.OSLO)
    assert (end.date(), end.hour) == (date(2031, 1, 1), 0)
    assert "til og med 31.12.2030" in Page(client, hers).text


def test_a_day_that_is_past_is_refused_at_the_field(client, support, kari, hers):
    answer = client.post(f"{hers}tillatelse/", {"until": "2020-01-01"}).content.decode()
    assert "Velg en dato frem i tid" in answer
    assert 'href="#id_until"' in answer
    assert not Grant.objects.exists()


def test_giving_the_right_logs_the_person_out(client, support, kari, hers):
    theirs = Client()
    theirs.force_login(kari)
    assert theirs.get(f"/s/{build.ORG_NO}/oversikt/").status_code == 200
    client.post(f"{hers}tillatelse/", {"until": ""})
    assert theirs.get(f"/s/{build.ORG_NO}/oversikt/").status_code == 302


def test_another_role_and_out(client, support, company, kari, hers):
    client.post(f"{hers}rolle/", {"role": "accountant"})
    assert company.memberships.get().role == "accountant"
    assert "Bare daglig leder kan ha denne tillatelsen." in Page(client, hers).text
    assert client.post(f"{hers}rolle/", {"role": "superadmin"}).status_code == 200  # no such choice
    assert company.memberships.get().role == "accountant"
    assert "logges ut overalt" in Page(client, f"{hers}fjern/").text
    client.post(f"{hers}fjern/")
    assert not company.memberships.exists()
    assert client.get(hers).status_code == 404


def test_a_lost_second_factor_is_removed(client, support, kari, hers):
    assert "Ikke satt opp." in Page(client, hers).text
    build.with_second_factor(kari)
    assert "Fjern totrinnskoden" in Page(client, hers).text
    client.post(f"{hers}totrinn/")
    assert not two_factor.has_one(kari)


def test_a_request_is_seen_everywhere_and_approved(client, support, company, kari):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE, "Vi bytter nøkler")
    assert "Én forespørsel om tillatelse venter" in Page(client, "/system/selskaper/").text
    assert "Kari N. ber om tillatelse." in Page(client, f"/system/selskaper/{build.ORG_NO}/").text
    assert "«Vi bytter nøkler»" in Page(client, REQUESTS).text
    client.post(f"{REQUESTS}{asked.pk}/godkjenn/", {f"ja-{asked.pk}-until": "2030-12-31"})
    assert Grant.objects.get().user == kari
    page = Page(client, REQUESTS)
    assert "0 forespørsler venter" in page.text
    assert "31.12.2030" in page.rows()[0]


def test_a_right_cannot_last_to_the_calendar_s_end(client, support, company, kari, hers):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    for answer in (
        client.post(f"{hers}tillatelse/", {"until": "9999-12-31"}),
        client.post(f"{REQUESTS}{asked.pk}/godkjenn/", {f"ja-{asked.pk}-until": "9999-12-31"}),
    ):
        assert "Velg en dato fra 01.01.2012 til 31.12.2099." in answer.content.decode()
    assert not Grant.objects.exists()


def test_a_request_is_declined_with_a_reason(client, support, company, kari):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    address = f"{REQUESTS}{asked.pk}/avslaa/"
    answer = client.post(address, {}).content.decode()
    assert "Skriv hvorfor." in answer
    client.post(address, {f"nei-{asked.pk}-answer": "Ring oss først"})
    asked.refresh_from_db()
    assert (asked.approved, asked.answered_by, asked.answer) == (False, support, "Ring oss først")
    assert "«Ring oss først»" in Page(client, REQUESTS).text
    assert client.post(address, {}).url == REQUESTS  # it has its answer


def test_several_requests_stand_on_one_page_with_their_own_fields(client, support, company, kari):
    ida = build.a_manager(company, "ida@example.no")
    rows = [grants.request_grant(company, user, Right.POWEROFFICE) for user in (kari, ida)]
    ids = [e.get("id") for e in Page(client, REQUESTS).tree.xpath("//input[@id]")]
    assert len(ids) == len(set(ids))
    client.post(f"{REQUESTS}{rows[1].pk}/godkjenn/", {f"ja-{rows[0].pk}-until": "tull"})
    assert Grant.objects.get().user == ida


def test_an_expired_right_says_so(client, support, company, kari):
    with time_machine.travel(build.NOW, tick=False):
        end = build.NOW.replace(hour=0, day=26)
        grants.grant(company, kari, Right.POWEROFFICE, actor=support, until=end)
    with time_machine.travel(build.NOW.replace(day=27), tick=False):
        build.a_confirmed_login(client, support)
        assert "Utløpt 25.11.2026" in " ".join(Page(client, REQUESTS).rows())


def test_rights_ask_who_it_is_when_that_was_long_ago(client, company, kari, hers):
    client.force_login(build.a_superadmin())
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    here = f"/system/selskaper/{build.ORG_NO}/"
    for address in (
        f"{hers}tillatelse/",
        f"{hers}tillatelse/trekk-tilbake/",
        f"{hers}rolle/",
        f"{hers}fjern/",
        f"{hers}totrinn/",
        f"{here}inviter/",
        f"{here}regnskapsintegrasjon/",
        f"{REQUESTS}{asked.pk}/godkjenn/",
        f"{REQUESTS}{asked.pk}/avslaa/",
    ):
        assert client.post(address).url.startswith("/konto/bekreft/"), address
    assert GrantRequest.objects.get().answered_at is None


@pytest.mark.parametrize("answer", ["godkjenn", "avslaa"])
def test_a_second_answer_is_told_that_there_is_one(client, support, company, kari, answer):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    sent = {f"nei-{asked.pk}-answer": "Ring oss"}
    client.post(f"{REQUESTS}{asked.pk}/{answer}/", sent)
    for late in ("godkjenn", "avslaa"):
        again = client.post(f"{REQUESTS}{asked.pk}/{late}/", sent, follow=True)
        assert "Forespørselen er besvart fra før." in again.content.decode()
    answered = GrantRequest.objects.get()
    assert answered.approved == (answer == "godkjenn")
    assert Grant.objects.exists() == answered.approved
    assert client.post(f"{REQUESTS}987654/{answer}/", sent).status_code == 404
