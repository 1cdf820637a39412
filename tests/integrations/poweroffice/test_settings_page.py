"""The PowerOffice Go page: keys against the sandbox, the start date for good, how often."""

from datetime import date

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports.models import Connection, ExportStart
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SETTINGS = f"/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


@pytest.fixture
def keys(towards_the_sandbox: None, settings) -> dict[str, str]:
    """Keys that open the sandbox."""
    settings.POWEROFFICE_ENV = "sandbox"
    settings.POWEROFFICE_SUBSCRIPTION_KEY = "a-subscription"
    return {"application_key": "an-application", "client_key": "a-client"}


def test_the_manager_connects_and_the_chart_is_fetched(
    client: Client, company: Company, keys: dict[str, str]
) -> None:
    answer = client.post(f"{SETTINGS}nokler/", keys, follow=True).content.decode()
    connection = Connection.objects.get()
    assert "og kontoplanen er hentet." in answer
    assert connection.client_name in answer
    assert connection.last_four in ("", keys["client_key"][-4:])
    assert 'value="a-client"' not in answer
    assert company.chart_accounts.count() > 10
    assert "konti, hentet" in Page(client, SETTINGS).text


def test_a_wrong_key_is_refused_with_the_reason_and_nothing_is_kept(
    client: Client, company: Company, keys: dict[str, str]
) -> None:
    wrong = keys | {"client_key": "wrong-client-9b1f"}
    answer = client.post(f"{SETTINGS}nokler/", wrong).content.decode()
    assert "PowerOffice Go avviste nøkkelen." in answer
    assert wrong["client_key"] not in answer
    assert not Connection.objects.exists()


def test_without_keys_the_fields_say_so(client: Client, company: Company) -> None:
    assert client.post(f"{SETTINGS}nokler/", {}).content.decode().count("Lim inn nøkkelen.") >= 2


def test_the_chart_is_fetched_anew(client: Client, company: Company, keys: dict[str, str]) -> None:
    client.post(f"{SETTINGS}nokler/", keys)
    company.chart_accounts.all().delete()
    answer = client.post(f"{SETTINGS}kontoplan/", follow=True).content.decode()
    assert "Kontoplanen er hentet: " in answer
    assert company.chart_accounts.exists()


def test_without_a_connection_there_is_nothing_to_fetch(client: Client, company: Company) -> None:
    assert client.post(f"{SETTINGS}kontoplan/").status_code == 404


def test_the_start_date_is_typed_twice_and_stands_for_good(
    client: Client, company: Company
) -> None:
    typed = {"day": "01.11.2026", "again": "01.11.2026"}
    client.post(f"{SETTINGS}startdato/", typed)
    start = ExportStart.objects.get()
    assert (start.day, start.set_by.name) == (date(2026, 11, 1), "Kari N.")
    page = Page(client, SETTINGS)
    assert "01.11.2026. Satt av Kari N. " in page.text
    assert "Kan ikke endres." in page.text
    assert not page.tree.xpath("//input[@name='day']")

    again = client.post(f"{SETTINGS}startdato/", {"day": "02.11.2026", "again": "02.11.2026"})
    assert again.status_code == 302
    assert "er valgt fra før og kan ikke endres" in Page(client, SETTINGS).text
    assert ExportStart.objects.get().day == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("day", "again", "said"),
    [
        ("01.11.2026", "02.11.2026", "De to datoene er ikke like."),
        ("1. november", "01.11.2026", "Datoen ble ikke forstått. Skriv 01.11.2026."),
        ("", "", "Skriv datoen."),
    ],
)
def test_a_date_that_is_not_certain_is_not_saved(
    client: Client, company: Company, day: str, again: str, said: str
) -> None:
    answer = client.post(f"{SETTINGS}startdato/", {"day": day, "again": again})
    assert said in answer.content.decode()
    assert not ExportStart.objects.exists()


def test_how_often_is_chosen_and_logged(client: Client, company: Company) -> None:
    build.a_connection(company)
    client.post(f"{SETTINGS}frekvens/", {"frequency": "weekly"})
    assert Connection.objects.get().frequency == "weekly"
    assert company.audit.get(action="frequency-chosen").after == {"frequency": "weekly"}


def test_a_frequency_that_is_none_is_refused(client: Client, company: Company) -> None:
    build.a_connection(company)
    assert client.post(f"{SETTINGS}frekvens/", {"frequency": "hourly"}).status_code == 200
    assert Connection.objects.get().frequency == "daily"


def test_the_accountant_sees_and_cannot_change(client: Client, company: Company) -> None:
    build.a_connection(company)
    client.force_login(build.an_accountant(company))
    page = Page(client, SETTINGS)
    assert "Koblet til" in page.text
    assert "Daglig leder kan endre nøkler" in page.text
    assert not page.tree.xpath("//input[@name='client_key']")
