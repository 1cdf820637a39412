"""Two factors: who must have them, how they are set up, and what is asked again."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounting import clock
from accounting.company import grants
from accounting.company.models import AuditEntry, Company
from accounting.company.roles import Right
from backoffice import two_factor
from backoffice.models import User
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
LOGIN, APP = "/konto/logg-inn/", "/konto/totrinn/app/"
PASSWORD = "riktig hest batteri"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def company() -> Company:
    return build.a_company()


def _log_in(client: Client, user: User):
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD})


def _unready_support() -> User:
    return User.objects.create_superuser("support@example.no", PASSWORD)


def _code_for(page: Page) -> str:
    (secret,) = page.tree.xpath("//code[@class='key']")
    return two_factor.code_now(secret.text)


def _granted(company: Company, until=None) -> User:
    kari = build.a_manager(company)
    grants.grant(company, kari, Right.POWEROFFICE, actor=build.a_superadmin(), until=until)
    return User.objects.get(pk=kari.pk)


class TestWhoMust:
    def test_support_must(self) -> None:
        assert two_factor.must_set_up(_unready_support())

    def test_a_manager_with_the_grant_must_while_it_holds(self, company: Company) -> None:
        kari = _granted(company, until=clock.now() + timedelta(days=1))
        assert two_factor.must_set_up(kari)
        with time_machine.travel(clock.now() + timedelta(days=2)):
            assert not two_factor.must_set_up(kari)

    def test_nobody_else_must(self, client: Client, company: Company) -> None:
        for person in (build.an_accountant(company), build.a_manager(company)):
            assert not two_factor.must_set_up(person)
            client.force_login(person)
            assert client.get("/?alle=1").status_code == 200

    @pytest.mark.parametrize("address", ["/", "/admin/", f"/s/{build.ORG_NO}/oversikt/"])
    def test_until_then_every_page_leads_to_the_set_up(
        self, client: Client, company: Company, address: str
    ) -> None:
        client.force_login(_granted(company))
        assert client.get(address).url == APP
        assert client.post(address).url == APP

    def test_a_part_of_a_page_takes_the_whole_page_there(
        self, client: Client, company: Company
    ) -> None:
        client.force_login(_granted(company))
        answer = client.get(f"/s/{build.ORG_NO}/oversikt/", headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == APP

    def test_afterwards_pages_open(self, client: Client, company: Company) -> None:
        client.force_login(build.with_second_factor(_granted(company)))
        assert client.get("/?alle=1").status_code == 200


def test_set_up_right_after_log_in_asks_no_second_password(client: Client) -> None:
    _log_in(client, _unready_support())
    page = Page(client, APP)
    assert "Sett opp totrinnsinnlogging" in page.text
    answer = client.post(APP, {"code": _code_for(page)})
    assert answer.url == "/konto/totrinn/reserve/"
    codes = Page(client, answer.url)
    assert len(codes.tree.xpath("//ul[@class='codes']/li")) == 10
    assert "vises ikke igjen" in Page(client, answer.url).text
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_who_sets_it_up_is_told_by_mail(client: Client) -> None:
    _log_in(client, _unready_support())
    client.post(APP, {"code": _code_for(Page(client, APP))})
    assert [letter.subject for letter in mail.outbox] == ["Totrinnsinnlogging er slått på"]


def test_a_wrong_code_says_so(client: Client) -> None:
    _log_in(client, _unready_support())
    Page(client, APP)
    answer = client.post(APP, {"code": "000000"}).content.decode()
    assert "Koden stemmer ikke. Prøv den som appen viser nå." in answer


class TestLogIn:
    def test_the_password_alone_does_not_do(self, client: Client) -> None:
        answer = _log_in(client, build.a_superadmin())
        assert answer.url == "/konto/totrinn/kode/"
        assert client.get("/").status_code == 302

    def test_password_and_code_do(self, client: Client) -> None:
        support = build.a_superadmin()
        _log_in(client, support)
        code = two_factor.current_code(support)
        spaced = f"{code[:3]} {code[3:]}"
        assert client.post("/konto/totrinn/kode/", {"code": spaced}).url == "/"
        assert client.get("/admin/").status_code == 200

    def test_a_code_works_once(self, client: Client) -> None:
        support = build.a_superadmin()
        code = two_factor.current_code(support)
        _log_in(client, support)
        client.post("/konto/totrinn/kode/", {"code": code})
        other = Client()
        _log_in(other, support)
        with time_machine.travel(clock.now() + timedelta(seconds=29)):
            again = other.post("/konto/totrinn/kode/", {"code": code})
        assert again.status_code == 200
        assert other.get("/").status_code == 302

    def test_a_recovery_code_does_once(self, client: Client) -> None:
        support = build.a_superadmin()
        code = _recovery_code(client, support)
        for expected in (302, 200):
            other = Client()
            _log_in(other, support)
            answer = other.post("/konto/totrinn/kode/", {"code": code})
            assert answer.status_code == expected

    def test_guessing_codes_is_slowed_down(self, client: Client) -> None:
        _log_in(client, build.a_superadmin())
        for _attempt in range(11):
            answer = client.post("/konto/totrinn/kode/", {"code": "000000"})
        assert "For mange forsøk. Vent noen minutter og prøv igjen." in answer.content.decode()


def _recovery_code(client: Client, user: User) -> str:
    build.a_confirmed_login(client, user)
    client.post("/konto/totrinn/reserve/nye/")
    page = Page(client, "/konto/totrinn/reserve/")
    return page.tree.xpath("//ul[@class='codes']/li/code")[0].text


def test_secrets_lie_sealed(client: Client) -> None:
    support = build.a_superadmin()
    _recovery_code(client, support)
    rows = dict(Authenticator.objects.values_list("type", "data"))
    assert rows["totp"]["secret"].startswith("v1:")
    assert rows["recovery_codes"]["seed"].startswith("v1:")


def test_whoever_must_have_it_sets_up_the_new_phone_at_once(client: Client) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    client.post("/konto/totrinn/app/fjern/")
    assert client.get("/").url == APP
    assert client.post(APP, {"code": _code_for(Page(client, APP))}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_others_turn_it_off(client: Client, company: Company) -> None:
    rolf = build.with_second_factor(build.an_accountant(company))
    build.a_confirmed_login(client, rolf)
    client.post("/konto/totrinn/app/fjern/")
    assert not Authenticator.objects.filter(user=rolf).exists()
    assert [letter.subject for letter in mail.outbox] == ["Totrinnsinnlogging er slått av"]
    assert re.search(r"Det skjedde \d\d\.\d\d\.\d{4} kl\.", mail.outbox[0].body)


def test_a_lost_phone_is_taken_away_by_support(client: Client, company: Company) -> None:
    kari = build.with_second_factor(_granted(company))
    client.force_login(kari)
    two_factor.take_away(kari, actor=User.objects.get(email="support@example.no"))
    assert client.get("/").url.startswith(LOGIN)
    _log_in(client, kari)
    assert client.get("/").url == APP
    assert AuditEntry.objects.filter(action="second-factor-removed", subject=kari.email).exists()
