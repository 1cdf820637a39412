"""Log-in by e-mail, no sign-up, the language switch, headers and health."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from accounting.company.models import Company, Membership
from accounting.company.roles import Role
from backoffice.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "riktig hest batteri"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()  # log-in attempts are counted there


@pytest.fixture
def kari() -> User:
    return User.objects.create_user("Kari@Example.no", PASSWORD, name="Kari N.")


def _company(org_no: str, name: str, *members: User) -> Company:
    company = Company.objects.create(org_no=org_no, name=name)
    for user in members:
        Membership.objects.create(company=company, user=user, role=Role.MANAGER)
    return company


def _log_in(client: Client, email: str, password: str):
    return client.post("/konto/logg-inn/", {"login": email, "password": password})


def test_an_address_is_kept_in_small_letters(kari: User) -> None:
    assert kari.email == "kari@example.no"
    assert User.objects.get_by_natural_key("KARI@example.no") == kari


def test_the_table_itself_refuses_capitals() -> None:
    with pytest.raises(IntegrityError):
        User.objects.create(email="Kari@example.no")


def test_a_user_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_whoever_is_not_logged_in_is_led_to_log_in(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.url == "/konto/logg-inn/?next=/"


def test_a_person_logs_in_by_e_mail_whatever_the_capitals(client: Client, kari: User) -> None:
    answer = _log_in(client, "KARI@example.NO", PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_password_says_neither_which_nor_why(client: Client, kari: User) -> None:
    wrong = _log_in(client, "kari@example.no", "feil").content.decode()
    unknown = _log_in(client, "ola@example.no", "feil").content.decode()
    for page in (wrong, unknown):
        assert "E-post eller passord er feil." in page


def test_a_closed_user_does_not_get_in(client: Client, kari: User) -> None:
    User.objects.filter(pk=kari.pk).update(is_active=False)
    _log_in(client, "kari@example.no", PASSWORD)
    assert client.get("/").status_code == 302


def test_guessing_passwords_is_slowed_down(client: Client, kari: User) -> None:
    for _attempt in range(11):
        answer = _log_in(client, "kari@example.no", "feil")
    assert "For mange forsøk. Vent noen minutter og prøv igjen." in answer.content.decode()


def test_guessing_from_one_address_keeps_nobody_out_at_another(client: Client, kari: User) -> None:
    for _attempt in range(15):
        _log_in(client, kari.email, "feil")
    at_work = Client(REMOTE_ADDR="192.0.2.7")
    assert _log_in(at_work, kari.email, PASSWORD).status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    form = {"email": "ny@example.no", "password1": PASSWORD, "password2": PASSWORD}
    assert "Du kan ikke registrere deg selv" in client.get("/konto/ny/").content.decode()
    client.post("/konto/ny/", form)
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_by_e_mail(client: Client, kari: User) -> None:
    client.post("/konto/passord/glemt/", {"email": "kari@example.no"})
    (letter,) = mail.outbox
    assert letter.subject == "Nytt passord i Backoffice"
    assert letter.to == ["kari@example.no"]
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    form = client.get(link, follow=True)
    assert "Velg nytt passord" in form.content.decode()
    new = {"password1": "et annet hest batteri", "password2": "et annet hest batteri"}
    done = client.post(form.request["PATH_INFO"], new, follow=True)
    assert "Passordet er lagret" in done.content.decode()
    assert _log_in(client, "kari@example.no", new["password1"]).status_code == 302


def test_the_link_leads_here_whatever_host_was_asked(client: Client, kari: User, settings) -> None:
    settings.SITE_URL = "https://backoffice.example.no"
    form = {"email": "kari@example.no"}
    client.post("/konto/passord/glemt/", form, headers={"host": "testserver:6666"})
    body = mail.outbox[0].body
    assert "\nhttps://backoffice.example.no/konto/passord/" in body
    assert "testserver" not in body


def test_the_letter_is_in_the_persons_own_language(client: Client, kari: User) -> None:
    User.objects.filter(pk=kari.pk).update(language="en")
    client.post("/konto/passord/glemt/", {"email": "kari@example.no"})
    assert mail.outbox[0].subject == "New password in Backoffice"


def test_no_letter_goes_to_an_unknown_address(client: Client) -> None:
    answer = client.post("/konto/passord/glemt/", {"email": "ukjent@example.no"}, follow=True)
    assert "Se etter e-post fra oss" in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_inactive"],
)
def test_every_answer_carries_the_same_policy(client: Client, name: str) -> None:
    policy = client.get(reverse(name)).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert client.get("/finnes-ikke").headers["Content-Security-Policy"] == policy


def test_bokmål_comes_first_whatever_the_browser_asks(client: Client) -> None:
    page = client.get("/konto/logg-inn/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "nb"
    assert '<html lang="nb">' in page.content.decode()


def test_a_stranger_s_choice_of_language_is_kept_in_a_cookie(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "/konto/logg-inn/?next=/x"})
    assert answer.url == "/konto/logg-inn/?next=/x"
    page = client.get("/konto/logg-inn/").content.decode()
    assert '<html lang="en">' in page
    assert "Log in" in page


def test_a_person_s_choice_of_language_goes_with_the_person(client: Client, kari: User) -> None:
    client.force_login(kari)
    client.post("/sprak/", {"language": "en", "next": "/"})
    elsewhere = Client()
    elsewhere.force_login(kari)
    assert '<html lang="en">' in elsewhere.get("/").content.decode()


def test_an_unknown_language_changes_nothing(client: Client, kari: User) -> None:
    client.force_login(kari)
    client.post("/sprak/", {"language": "xx", "next": "/"})
    kari.refresh_from_db()
    assert kari.language == "nb"


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "https://example.com/"})
    assert answer.url == "/"


def test_the_front_page_lists_the_person_s_own_companies(client: Client, kari: User) -> None:
    _company("912345678", "Fjordkaffe AS", kari)
    _company("923456783", "Fjordbar AS", kari)
    _company("934567891", "Andres AS")
    client.force_login(kari)
    page = client.get("/").content.decode()
    assert "Du har tilgang til 2 selskaper." in page
    assert "Fjordkaffe AS" in page
    assert "Fjordbar AS" in page
    assert "Andres AS" not in page


def test_with_one_company_the_front_page_leads_to_it(client: Client, kari: User) -> None:
    _company("912345678", "Fjordkaffe AS", kari)
    client.force_login(kari)
    assert client.get("/").url == "/s/912345678/"
    assert "Fjordkaffe AS" in client.get("/?alle=1").content.decode()


def test_without_a_company_the_front_page_says_whom_to_ask(client: Client, kari: User) -> None:
    client.force_login(kari)
    assert "Spør daglig leder eller support om tilgang." in client.get("/").content.decode()


def test_a_stranger_s_company_does_not_exist(client: Client, kari: User) -> None:
    _company("912345678", "Fjordkaffe AS")
    client.force_login(kari)
    answer = client.get("/s/912345678/")
    assert answer.status_code == 404
    assert "Siden finnes ikke" in answer.content.decode()


def test_health_says_that_the_database_answers(client: Client) -> None:
    answer = client.get("/helse")
    assert answer.json() == {"live": True, "database": True}


def test_health_says_so_when_the_database_does_not_answer(client: Client) -> None:
    def silent(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(silent):
        answer = client.get("/helse")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_a_page_title_is_said_once(client: Client) -> None:
    page = client.get("/konto/logg-inn/").content.decode()
    assert "<title>Logg inn – Backoffice</title>" in page
    assert "<h1>Logg inn</h1>" in page
