"""Entering keys against the sandbox: each thing that can be wrong has its own sentence."""

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports.models import Connection, Recipient
from integrations.poweroffice import connect, waiting_keys
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SETTINGS = f"/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/"
KEYS, WHOSE = f"{SETTINGS}nokler/", f"{SETTINGS}nokler/bekreft/"
RIGHT = {"application_key": "an-application", "client_key": "a-client-0f3e"}
OURS = {
    "application_key": RIGHT["application_key"],
    "client_key": RIGHT["client_key"],
    "client_name": "FJORDKAFFE as",
}


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    build.a_confirmed_login(client, build.with_grant(company, build.a_manager(company)))
    return company


@pytest.fixture(autouse=True)
def _this_installation(towards_the_sandbox: None, sandbox, settings) -> None:
    settings.POWEROFFICE_ENV = "sandbox"
    settings.POWEROFFICE_SUBSCRIPTION_KEY = "a-subscription"
    sandbox.seed({"clients": [OURS]})


def _sent(client: Client, address: str, data: dict[str, str], language: str = "nb") -> str:
    client.cookies["language"] = language
    client.post("/sprak/", {"language": language})
    return " ".join(client.post(address, data, follow=True).content.decode().split())


def test_keys_of_the_company_itself_are_kept_tested_and_never_shown(client, company) -> None:
    said = _sent(client, KEYS, RIGHT)
    connection = Connection.objects.get()
    assert "og kontoplanen er hentet." in said
    assert connection.connected_by.email == "kari@example.no"
    page = Page(client, SETTINGS)
    assert "•••• •••• 0f3e" in page.text
    assert RIGHT["client_key"] not in said + page.source
    assert RIGHT["application_key"] not in said + page.source
    assert "Innlogging" in page.text
    assert "Sende bilag til bilagsføring" in page.text
    assert "Testet " in page.text
    assert company.chart_accounts.count() > 10


def test_whoever_connects_first_is_told_when_something_stops(client, company) -> None:
    _sent(client, KEYS, RIGHT)
    assert Recipient.objects.get().user.email == "kari@example.no"
    company.recipients.all().delete()
    _sent(client, KEYS, RIGHT)
    assert not Recipient.objects.exists(), "only the first time"


@pytest.mark.usefixtures("company")
class TestAnotherName:
    """Their client is called otherwise: a person confirms, or nothing is kept."""

    @pytest.fixture(autouse=True)
    def _another_name(self, sandbox) -> None:
        sandbox.seed({"clients": [OURS | {"client_name": "Fjordbar AS"}]})

    def test_a_person_is_asked_and_nothing_is_kept_meanwhile(self, client) -> None:
        said = _sent(client, KEYS, RIGHT)
        assert "Nøkkelen hører til «Fjordbar AS», ikke «Fjordkaffe AS»." in said
        assert "Ja, koble til Fjordbar AS" in said
        assert not Connection.objects.exists()
        assert RIGHT["client_key"] not in str(dict(client.session.items()))

    def test_yes_keeps_them(self, client) -> None:
        _sent(client, KEYS, RIGHT)
        assert "Koblet til «Fjordbar AS»" in _sent(client, WHOSE, {})
        assert Connection.objects.get().client_name == "Fjordbar AS"
        assert waiting_keys.NAME not in client.session

    def test_no_forgets_them(self, client) -> None:
        _sent(client, KEYS, RIGHT)
        client.get(Page(client, WHOSE).link("Nei, bruk andre nøkler"))
        assert "Lim dem inn på nytt" in _sent(client, WHOSE, {})
        assert not Connection.objects.exists()

    def test_after_ten_minutes_they_are_gone(self, client, settings) -> None:
        _sent(client, KEYS, RIGHT)
        settings.CLOCK_SHIFT_S = 601
        assert "Lim dem inn på nytt" in _sent(client, WHOSE, {})
        assert not Connection.objects.exists()

    def test_the_same_client_is_not_asked_about_again(self, client) -> None:
        _sent(client, KEYS, RIGHT)
        _sent(client, WHOSE, {})
        assert "og kontoplanen er hentet." in _sent(client, KEYS, RIGHT)

    def test_keys_laid_aside_for_one_company_are_not_another_s(self, client, company) -> None:
        other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
        kari = company.memberships.get().user
        build.company_records.give_role(other, kari, build.Role.MANAGER)
        build.with_grant(other, kari)
        build.a_confirmed_login(client, kari)
        _sent(client, KEYS, RIGHT)
        theirs = WHOSE.replace(build.ORG_NO, build.OTHER_ORG_NO)
        assert client.post(theirs).status_code == 302
        assert not Connection.objects.exists()
        assert client.post(WHOSE).status_code == 302
        assert Connection.objects.get().company == company


# What is wrong → (what is typed, what the sandbox is told, the sentence in each language, the field).
WRONG = {
    "application key": (
        {"application_key": "wrong-application"},
        "Application Key er en annen enn den som virker fra før.",
        "The Application Key is another than the one that works already.",
        "#id_application_key",
    ),
    "client key": (
        {"client_key": "wrong-client"},
        "Application Key stemmer, men PowerOffice Go kjenner ikke Client Key.",
        "The Application Key fits, but PowerOffice Go does not know the Client Key.",
        "#id_client_key",
    ),
    "another company's": (
        {"client_key": "client-of-another"},
        "Nøklene gjelder «Andres AS», som er koblet til et annet selskap her.",
        "The keys are for “Andres AS”, which is connected to another company here.",
        "#id_client_key",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_is_wrong_with_a_key_is_said_and_the_link_stands_in_the_field(
    client, company, sandbox, wrong: str, language: str
) -> None:
    typed, nb, en, field = WRONG[wrong]
    build.a_company(build.OTHER_ORG_NO, "Andres AS")
    sandbox.seed(
        {
            "clients": [
                OURS,
                OURS | {"client_key": "client-of-another", "client_name": "Andres AS"},
            ]
        }
    )
    other = Company.objects.get(org_no=build.OTHER_ORG_NO)
    connect.connect(other, "sandbox", "an-application", "client-of-another", "s")
    _sent(client, KEYS, RIGHT)
    before = Connection.objects.get(company=company)

    said = _sent(client, KEYS, RIGHT | typed, language)

    assert (nb if language == "nb" else en) in said.replace("&#x27;", "'")
    assert f'href="{field}"' in said
    assert Connection.objects.get(company=company).keys == before.keys


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "PowerOffice Go avviste nøklene. De hører ikke sammen der."),
        ("en", "PowerOffice Go refused the keys. They do not belong together there."),
    ],
)
def test_the_first_keys_that_do_not_open(client, company, language, sentence) -> None:
    assert sentence in _sent(client, KEYS, RIGHT | {"client_key": "wrong-client"}, language)
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Den mangler «Sende bilag til bilagsføring»."),
        ("en", "It lacks “Send vouchers to bilagsføring”."),
    ],
)
def test_a_right_that_is_missing(client, company, sandbox, language, sentence) -> None:
    sandbox.seed({"privileges": ["GeneralLedgerAccount", "CommonServices", "Department"]})
    assert sentence in _sent(client, KEYS, RIGHT, language)
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nb", "Vent litt og prøv igjen."), ("en", "Wait a little and try again.")],
)
def test_a_go_that_does_not_answer(client, company, settings, language, sentence) -> None:
    settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
    assert sentence in _sent(client, KEYS, RIGHT, language)
    assert not Connection.objects.exists()


def test_a_subscription_key_that_is_ours_to_mend(client, company, settings) -> None:
    settings.POWEROFFICE_SUBSCRIPTION_KEY = ""
    assert "Feilen ligger hos oss. Gi beskjed til support." in _sent(client, KEYS, RIGHT)
    assert not Connection.objects.exists()


def test_without_keys_the_fields_say_so(client, company) -> None:
    assert _sent(client, KEYS, {}).count("Lim inn nøkkelen.") >= 2


@pytest.mark.parametrize("environment", ["demo", "live"])
def test_a_key_of_another_length_is_caught_before_anybody_is_asked(
    client, company, settings, environment
) -> None:
    settings.POWEROFFICE_ENV = environment
    said = _sent(client, KEYS, RIGHT)
    assert "Nøkkelen har 36 tegn i fem grupper. Du limte inn 13 tegn." in said


def test_one_key_in_both_fields_is_caught(client, company, settings) -> None:
    settings.POWEROFFICE_ENV = "demo"
    key = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
    said = _sent(client, KEYS, {"application_key": key, "client_key": key})
    assert "samme nøkkel i begge feltene" in said


def test_the_way_from_an_issue_stands_in_the_very_field(client, company) -> None:
    page = client.get(f"/s/{build.ORG_NO}/oppsett/integrasjoner/?felt=client_key", follow=True)
    assert page.redirect_chain[-1][0] == f"{KEYS}?felt=client_key"
    assert Page(client, f"{KEYS}?felt=client_key").focused().get("name") == "client_key"


def test_who_it_is_is_asked_first_and_what_was_typed_is_kept_nowhere(company) -> None:
    client = Client()
    client.force_login(company.memberships.get().user)
    answer = client.post(KEYS, RIGHT)
    assert answer.url.startswith("/konto/bekreft")
    assert RIGHT["client_key"] not in str(dict(client.session.items()))
    assert not Connection.objects.exists()


def test_without_the_grant_there_are_no_fields(client, company) -> None:
    build.a_confirmed_login(client, build.a_manager(company, "ola@example.no"))
    assert client.get(KEYS).status_code == 403
    page = Page(client, SETTINGS)
    assert "Du trenger tillatelse fra SuperAdmin for å legge inn nøkler." in page.text
    assert page.tree.xpath("//form[contains(@action, 'be-om')]")
