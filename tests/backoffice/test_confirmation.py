"""Keys, the export-from date and rights are behind one more «is it you?»; sessions end by themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounting import clock
from accounting.company.confirmation import recently_confirmed
from accounting.company.models import Company
from accounting.company.people import rights_changed
from backoffice import settings as as_shipped
from backoffice.models import User
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
LOGIN, CONFIRM = "/konto/logg-inn/", "/konto/bekreft/"
PASSWORD = "riktig hest batteri"
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def kari(company: Company) -> User:
    return build.a_manager(company)


@recently_confirmed
def keys(request: HttpRequest, *_args) -> HttpResponse:
    return HttpResponse("nøkler")


def _ask(client: Client, user: User, method: str = "get", **headers: str) -> HttpResponse:
    """`keys`, asked by the person behind this client."""
    request = getattr(RequestFactory(), method)("/nokler/?rad=2", headers=headers)
    request.user, request.session = user, client.session
    request._messages = CookieStorage(request)
    return keys(request)


class TestConfirming:
    def test_a_fresh_log_in_is_enough(self, client: Client, kari: User) -> None:
        client.post(LOGIN, {"login": kari.email, "password": PASSWORD})
        assert _ask(client, kari).status_code == 200

    def test_ten_minutes_later_it_is_asked_and_leads_back(self, client: Client, kari: User) -> None:
        client.post(LOGIN, {"login": kari.email, "password": PASSWORD})
        with time_machine.travel(clock.now() + TEN_MINUTES):
            answer = _ask(client, kari)
            assert answer.url == f"{CONFIRM}?next=%2Fnokler%2F%3Frad%3D2"
            page = Page(client, answer.url)
            assert "Bekreft at det er deg" in page.text
            done = client.post(answer.url, {"password": PASSWORD, "next": "/nokler/?rad=2"})
            assert done.url == "/nokler/?rad=2"
            assert _ask(client, kari).status_code == 200

    def test_a_wrong_password_does_not_confirm(self, client: Client, kari: User) -> None:
        client.force_login(kari)
        page = client.post(CONFIRM, {"password": "feil", "next": "/"}).content.decode()
        assert "Passordet er feil." in page
        assert _ask(client, kari).status_code == 302

    def test_whoever_has_an_app_may_use_its_code(self, client: Client, kari: User) -> None:
        client.force_login(build.with_second_factor(kari))
        address = Page(client, f"{CONFIRM}?next=/x").link("Bruk koden fra appen")
        assert "Skriv koden appen på telefonen viser." in Page(client, address).text

    def test_after_a_form_it_leads_back_to_the_forms_own_page(
        self, client: Client, kari: User
    ) -> None:
        client.force_login(kari)
        answer = _ask(client, kari, "post", referer="http://testserver/skjema/?a=1")
        assert answer.url == f"{CONFIRM}?next=%2Fskjema%2F%3Fa%3D1"

    @pytest.mark.parametrize("referer", ["", "https://example.com/skjema/", "javascript:alert(1)"])
    def test_it_leads_nowhere_else(self, client: Client, kari: User, referer: str) -> None:
        client.force_login(kari)
        answer = _ask(client, kari, "post", referer=referer)
        assert answer.url == f"{CONFIRM}?next=%2F"

    def test_another_persons_log_in_confirms_nothing(self, client: Client, kari: User) -> None:
        build.a_confirmed_login(client, kari)
        assert _ask(client, build.a_person("ola@example.no")).status_code == 302

    def test_what_was_typed_is_kept_nowhere(self, client: Client, kari: User) -> None:
        client.force_login(kari)
        request = RequestFactory().post("/nokler/", {"key": "canary-8731"})
        request.user, request.session = kari, client.session
        request._messages = CookieStorage(request)
        keys(request)
        request.session.save()
        kept = [session.get_decoded() for session in Session.objects.all()]
        assert "canary-8731" not in str(kept)


class TestSessions:
    def test_changed_rights_log_out_everywhere(self, kari: User) -> None:
        clients = [Client(), Client()]
        for client in clients:
            client.force_login(kari)
            assert client.get("/?alle=1").status_code == 200
        rights_changed(kari)
        assert [c.get("/").url for c in clients] == ["/konto/logg-inn/?next=/"] * 2

    def test_whoever_is_logged_out_by_it_is_told_why_once(self, client: Client, kari: User) -> None:
        why = "Du er logget ut fordi tilgangen din ble endret. Logg inn igjen."
        lost = "Det du hadde skrevet, er ikke lagret."
        for send, is_lost in ((client.get, False), (client.post, True)):
            client.force_login(kari)
            client.get("/?alle=1")
            rights_changed(kari)
            kari.refresh_from_db()
            send("/")
            login = client.get(LOGIN).content.decode()
            assert why in login
            assert (lost in login) is is_lost
            assert why not in client.get(LOGIN).content.decode()

    def test_nobody_else_is_told_that_rights_changed(self, client: Client, kari: User) -> None:
        client.force_login(kari)
        client.get("/?alle=1")
        kari.set_password("et annet hest batteri")
        kari.save()
        assert client.get("/").status_code == 302
        assert "tilgangen din" not in client.get(LOGIN).content.decode()

    def test_a_new_password_logs_out_everywhere_else(self, client: Client, kari: User) -> None:
        build.a_confirmed_login(client, kari)
        elsewhere = Client()
        elsewhere.force_login(kari)
        new = {"password1": "et annet hest batteri", "password2": "et annet hest batteri"}
        client.post("/konto/passord/", {"oldpassword": PASSWORD, **new})
        assert client.get("/?alle=1").status_code == 200
        assert elsewhere.get("/").status_code == 302
        assert elsewhere.get("/").url.startswith(LOGIN)

    def test_half_an_hour_without_a_person_ends_it(self, client: Client, kari: User) -> None:
        now = clock.now()
        client.force_login(kari)
        for minutes, status in ((0, 200), (29, 200), (58, 200), (88, 302)):
            with time_machine.travel(now + timedelta(minutes=minutes)):
                assert client.get("/?alle=1").status_code == status
        assert "Du er logget ut" in client.get(LOGIN).content.decode()

    def test_a_page_that_renews_itself_is_no_person(self, client: Client, kari: User) -> None:
        now = clock.now()
        client.force_login(kari)
        client.get("/?alle=1")
        for minutes in (10, 20):
            with time_machine.travel(now + timedelta(minutes=minutes)):
                client.get("/?alle=1", headers={"HX-Request": "true"})
        with time_machine.travel(now + timedelta(minutes=30)):
            answer = client.get(
                f"/s/{build.ORG_NO}/overforing/status/",
                headers={
                    "HX-Request": "true",
                    "HX-Current-URL": "http://testserver/s/923456783/overforing/status/",
                },
            )
        assert answer.status_code == 200
        assert answer.headers["HX-Redirect"] == (
            "/konto/logg-inn/?next=%2Fs%2F923456783%2Foverforing%2Fstatus%2F"
        )

    def test_after_twelve_hours_everybody_logs_in_again(self, client: Client, kari: User) -> None:
        now = clock.now()
        client.force_login(kari)
        for minutes in range(0, 12 * 60, 20):
            with time_machine.travel(now + timedelta(minutes=minutes)):
                assert client.get("/?alle=1").status_code == 200
        with time_machine.travel(now + timedelta(hours=12)):
            assert client.get("/?alle=1").status_code == 302


class Counted(MD5PasswordHasher):
    """A hasher that counts how often it works: that is what takes time at log-in."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.times += 1
        return super().encode(password, salt)


class TestNobodyLearnsWhoIsHere:
    def test_from_the_answer_to_a_wrong_password(self, client: Client, kari: User) -> None:
        pages = []
        for address in (kari.email, "ukjent@example.no"):
            answer = client.post(LOGIN, {"login": address, "password": "feil"})
            pages.append(answer.content.decode().replace(address, ""))
        assert _without_token(pages[0]) == _without_token(pages[1])

    def test_from_how_long_it_takes(self, client: Client, kari: User, settings) -> None:
        settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
        kari.set_password(PASSWORD)
        kari.save()
        hashed = []
        for address in (kari.email, "ukjent@example.no"):
            Counted.times = 0
            client.post(LOGIN, {"login": address, "password": "feil"})
            hashed.append(Counted.times)
        assert hashed == [1, 1]

    def test_from_a_forgotten_password(self, client: Client, kari: User) -> None:
        answers = [
            client.post("/konto/passord/glemt/", {"email": address}, follow=True)
            for address in (kari.email, "ukjent@example.no")
        ]
        known, unknown = (_without_token(a.content.decode()) for a in answers)
        assert known == unknown


def _without_token(page: str) -> str:
    lines = page.splitlines()
    return "\n".join(line for line in lines if "csrf" not in line)


def test_the_admin_site_has_no_door_of_its_own(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(LOGIN)
    answer = client.post("/admin/login/", {"username": "a@example.no", "password": "x"})
    assert answer.url.startswith(LOGIN)


def test_passwords_lie_under_argon2() -> None:
    assert as_shipped.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
