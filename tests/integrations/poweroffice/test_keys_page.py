"""Entering keys against the sandbox: tried, confirmed where the names differ, kept, and never shown."""

from datetime import date

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports import records
from integrations.exports.models import Connection, Recipient
from integrations.exports.states import Sent, Unknown
from integrations.poweroffice import waiting_keys
from tests import build
from tests.integrations.poweroffice.entering import KEYS, OURS, RIGHT, SETTINGS, WHOSE, sent
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


def yes(client: Client, **more: str) -> str:
    """Say yes to the client that the page shows."""
    (about,) = Page(client, WHOSE).tree.xpath("//input[@name='about']/@value")
    return sent(client, WHOSE, {"about": about, **more})


def test_keys_of_the_company_itself_are_kept_tested_and_never_shown(client, company) -> None:
    said = sent(client, KEYS, RIGHT)
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
    sent(client, KEYS, RIGHT)
    assert Recipient.objects.get().user.email == "kari@example.no"
    company.recipients.all().delete()
    sent(client, KEYS, RIGHT)
    assert not Recipient.objects.exists(), "only the first time"


@pytest.mark.usefixtures("company")
class TestAnotherName:
    """Their client is called otherwise: a person confirms, or nothing is kept."""

    @pytest.fixture(autouse=True)
    def _another_name(self, sandbox) -> None:
        sandbox.seed({"clients": [OURS | {"client_name": "Fjordbar AS"}]})

    def test_a_person_is_asked_and_nothing_is_kept_meanwhile(self, client) -> None:
        said = sent(client, KEYS, RIGHT)
        assert "Nøkkelen hører til «Fjordbar AS», ikke «Fjordkaffe AS»." in said
        assert "Ja, koble til Fjordbar AS" in said
        assert not Connection.objects.exists()
        assert RIGHT["client_key"] not in str(dict(client.session.items()))

    def test_yes_keeps_them(self, client) -> None:
        sent(client, KEYS, RIGHT)
        assert "Koblet til «Fjordbar AS»" in yes(client)
        assert Connection.objects.get().client_name == "Fjordbar AS"
        assert waiting_keys.NAME not in client.session

    def test_no_forgets_them(self, client) -> None:
        sent(client, KEYS, RIGHT)
        client.get(Page(client, WHOSE).link("Nei, bruk andre nøkler"))
        assert "Lim dem inn på nytt" in sent(client, WHOSE, {})
        assert not Connection.objects.exists()

    def test_after_ten_minutes_they_are_gone(self, client, settings) -> None:
        sent(client, KEYS, RIGHT)
        settings.CLOCK_SHIFT_S = 601
        assert "Lim dem inn på nytt" in sent(client, WHOSE, {})
        assert not Connection.objects.exists()

    def test_the_same_client_is_not_asked_about_again(self, client) -> None:
        sent(client, KEYS, RIGHT)
        yes(client)
        assert "og kontoplanen er hentet." in sent(client, KEYS, RIGHT)

    def test_yes_to_one_client_does_not_connect_another(self, client, sandbox) -> None:
        another = OURS | {"client_key": "a-client-77aa", "client_name": "Havnebar AS"}
        sandbox.seed({"clients": [OURS | {"client_name": "Fjordbar AS"}, another]})
        sent(client, KEYS, RIGHT)
        (shown_first,) = Page(client, WHOSE).tree.xpath("//input[@name='about']/@value")
        sent(client, KEYS, RIGHT | {"client_key": "a-client-77aa"})  # in another tab

        said = sent(client, WHOSE, {"about": shown_first})

        assert "Andre nøkler er limt inn siden siden ble åpnet." in said
        assert "Ja, koble til Havnebar AS" in said
        assert not Connection.objects.exists()
        assert "Koblet til «Havnebar AS»" in yes(client)

    def test_keys_laid_aside_for_one_company_are_not_another_s(self, client, company) -> None:
        other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
        kari = company.memberships.get().user
        build.company_records.give_role(other, kari, build.Role.MANAGER)
        build.with_grant(other, kari)
        build.a_confirmed_login(client, kari)
        sent(client, KEYS, RIGHT)
        theirs = WHOSE.replace(build.ORG_NO, build.OTHER_ORG_NO)
        assert client.post(theirs).status_code == 302
        assert not Connection.objects.exists()
        yes(client)
        assert Connection.objects.get().company == company


@pytest.mark.usefixtures("company")
class TestAnotherClient:
    """The company was connected to one client, and the keys are for another."""

    ANOTHER = RIGHT | {"client_key": "a-client-77aa"}

    @pytest.fixture(autouse=True)
    def _connected(self, client, company, sandbox) -> None:
        another = OURS | {"client_key": "a-client-77aa", "client_name": "Fjordkaffe"}
        sandbox.seed({"clients": [OURS, another]})
        sent(client, KEYS, RIGHT)
        records.set_export_start(company, "poweroffice", date(2020, 1, 1))

    def test_a_person_is_told_what_it_moves_away_from(self, client) -> None:
        said = sent(client, KEYS, self.ANOTHER)
        assert "Selskapet har til nå vært koblet til «FJORDKAFFE as»." in said
        assert "Startdatoen 01.01.2020 blir stående." in said
        assert Connection.objects.get().client_name == "FJORDKAFFE as"
        assert "Koblet til «Fjordkaffe»" in yes(client)

    def test_with_drafts_there_it_must_be_ticked_too(self, client, company) -> None:
        build.ended(build.a_ready_export(company), Sent("draft-1"))
        said = sent(client, KEYS, self.ANOTHER)
        assert "1 utkast ligger hos «FJORDKAFFE as»." in said

        refused = yes(client)

        assert "Kryss av, så vet vi at du har sett det." in refused
        assert 'href="#id_agreed"' in refused
        assert Connection.objects.get().client_name == "FJORDKAFFE as"
        assert "Koblet til «Fjordkaffe»" in yes(client, agreed="on")

    def test_while_nobody_knows_what_lies_there_it_does_not_move(self, client, company) -> None:
        build.ended(build.a_ready_export(company), Unknown())
        sent(client, KEYS, self.ANOTHER)
        said = yes(client, agreed="on")
        assert "Vi vet ikke ennå om 1 bilag ligger hos «FJORDKAFFE as»." in said
        assert Connection.objects.get().client_name == "FJORDKAFFE as"

    def test_the_log_has_both(self, client, company) -> None:
        sent(client, KEYS, self.ANOTHER)
        yes(client)
        noted = company.audit.filter(action="connection-saved").latest("pk")
        assert noted.before == {"client": "FJORDKAFFE as", "environment": "sandbox"}
        assert noted.after == {"client": "Fjordkaffe", "environment": "sandbox"}


def test_without_keys_the_fields_say_so(client, company) -> None:
    assert sent(client, KEYS, {}).count("Lim inn nøkkelen.") >= 2


@pytest.mark.parametrize("environment", ["demo", "live"])
def test_a_key_of_another_length_is_caught_before_anybody_is_asked(
    client, company, settings, environment
) -> None:
    settings.POWEROFFICE_ENV = environment
    said = sent(client, KEYS, RIGHT)
    assert "Nøkkelen har 36 tegn i fem grupper. Du limte inn 13 tegn." in said


def test_one_key_in_both_fields_is_caught(client, company, settings) -> None:
    settings.POWEROFFICE_ENV = "demo"
    key = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
    said = sent(client, KEYS, {"application_key": key, "client_key": key})
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


def test_whoever_lacks_the_grant_is_led_to_where_it_is_asked_for(client, company) -> None:
    build.a_confirmed_login(client, build.a_manager(company, "ola@example.no"))
    for place in ("nokler/", "startdato/"):
        answer = client.get(f"{SETTINGS}{place}")
        said = " ".join(answer.content.decode().split())
        assert answer.status_code == 403
        assert "Du trenger tillatelse fra SuperAdmin for dette." in said
        assert f'href="/s/{build.ORG_NO}/oppsett/tilganger/">Be om tillatelse' in said
        assert "Spør daglig leder" not in said


def test_whose_role_cannot_have_it_is_told_whom_to_ask(client, company) -> None:
    build.a_confirmed_login(client, build.an_accountant(company))
    said = client.get(KEYS).content.decode()
    assert "Spør daglig leder eller support." in said
    assert "Be om tillatelse" not in said


def test_without_the_grant_there_are_no_fields(client, company) -> None:
    build.a_confirmed_login(client, build.a_manager(company, "ola@example.no"))
    assert client.get(KEYS).status_code == 403
    page = Page(client, SETTINGS)
    assert "Du trenger tillatelse fra SuperAdmin for å legge inn nøkler." in page.text
    assert page.tree.xpath("//form[contains(@action, 'be-om')]")
