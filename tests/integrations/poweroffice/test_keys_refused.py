"""Keys that are refused: each reason has its own sentence, nothing is kept, and a link leads on."""

import pytest
from django.test import Client

from accounting.company.models import Company
from backoffice.embedded import new_field_key
from integrations.exports.models import Connection
from integrations.poweroffice import connect
from tests import build
from tests.integrations.poweroffice.entering import KEYS, OURS, RIGHT, SETTINGS, sent
from tests.pages import Page

pytestmark = pytest.mark.django_db


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
    sent(client, KEYS, RIGHT)
    before = Connection.objects.get(company=company)

    said = sent(client, KEYS, RIGHT | typed, language)

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
    assert sentence in sent(client, KEYS, RIGHT | {"client_key": "wrong-client"}, language)
    assert not Connection.objects.exists()


# Where no field is wrong, the way on is to paste the keys once more.
AGAIN = {
    "nb": '<a href="#id_application_key">Lim inn nøklene på nytt</a>',
    "en": '<a href="#id_application_key">Paste the keys again</a>',
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Den mangler «Sende bilag til bilagsføring»."),
        ("en", "It lacks “Send vouchers to bilagsføring”."),
    ],
)
def test_a_right_that_is_missing(client, company, sandbox, language, sentence) -> None:
    sandbox.seed({"privileges": ["GeneralLedgerAccount", "CommonServices", "Department"]})
    said = sent(client, KEYS, RIGHT, language)
    assert sentence in said
    assert AGAIN[language] in said
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nb", "Vent litt og prøv igjen."), ("en", "Wait a little and try again.")],
)
def test_a_go_that_does_not_answer(client, company, settings, language, sentence) -> None:
    settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
    said = sent(client, KEYS, RIGHT, language)
    assert sentence in said
    assert AGAIN[language] in said
    assert not Connection.objects.exists()


def test_an_older_connection_is_kept_when_go_does_not_answer(client, company, settings) -> None:
    sent(client, KEYS, RIGHT)
    before = Connection.objects.get()
    settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
    sent(client, KEYS, RIGHT | {"client_key": "another-client-77aa"})
    after = Connection.objects.get()
    assert (after.keys, after.last_four, after.checks) == (
        before.keys,
        before.last_four,
        before.checks,
    )


def test_keys_that_can_no_longer_be_read_are_entered_anew(client, company, settings) -> None:
    sent(client, KEYS, RIGHT)
    settings.FIELD_KEYS = [new_field_key()]
    said = sent(client, f"{SETTINGS}test/", {})
    assert "Nøklene til PowerOffice Go kan ikke leses på denne serveren." in said
    way_out = client.get(Page(client, SETTINGS).link("Legg inn nøklene på nytt"), follow=True)
    assert way_out.redirect_chain[-1][0] == f"{KEYS}?felt=application_key"
    assert "og kontoplanen er hentet." in sent(client, KEYS, RIGHT)
    assert Connection.objects.get().keys.reveal()


def test_a_subscription_key_that_is_ours_to_mend(client, company, settings) -> None:
    settings.POWEROFFICE_SUBSCRIPTION_KEY = ""
    assert "Feilen ligger hos oss. Gi beskjed til support." in sent(client, KEYS, RIGHT)
    assert not Connection.objects.exists()
