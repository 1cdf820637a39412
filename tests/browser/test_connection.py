"""Connecting to PowerOffice Go in Chromium: keys, whose client, test, frequency, the date, who is told."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounting.company.models import Company
from backoffice.models import User
from integrations.exports.models import Connection, ExportStart, Recipient
from integrations.exports.states import Sent
from tests import build
from tests.browser.axe import findings
from tests.browser.overflow import OVERFLOW
from tests.sandbox import Sandbox, running_sandbox

pytestmark = pytest.mark.browser
SETTINGS = f"/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/"


@pytest.fixture(scope="module")
def process() -> Iterator[Sandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(process: Sandbox, settings) -> Sandbox:
    process.reset()
    process.seed({"limit": 0, "lock_date": "2026-09-30"})
    settings.POWEROFFICE_SANDBOX_URL = process.url
    settings.POWEROFFICE_ENV = "sandbox"
    settings.POWEROFFICE_SUBSCRIPTION_KEY = "a-subscription"
    settings.EXPORT_CALLS_PER_SECOND = 0
    return process


@pytest.fixture
def kari(transactional_db, context: BrowserContext, live_server, settings) -> User:
    """The manager, granted, logged in and just confirmed; three October days and two of November."""
    company = build.a_company()
    user = build.with_grant(company, build.a_manager(company))
    build.an_accountant(company)
    for day in (date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)):
        build.a_settlement(company, day=day, cash="1250.00", sales={"31": "1250.00"})
    client = Client()
    build.a_confirmed_login(client, user)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    context.add_cookies([cookie])
    return user


@pytest.fixture
def look(screenshot, request) -> Callable[[Page, str], None]:
    """`look(page, "keys")`: its picture, axe, and that nothing is wider than the window."""

    def at(page: Page, name: str) -> None:
        screenshot(page, f"connection-{name}")
        assert findings(page) == [], name
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(OVERFLOW) == 0, name
        page.set_viewport_size({"width": 1280, "height": 800})

    return at


def _keys(page: Page, application: str, client: str) -> None:
    page.get_by_label("Application Key").fill(application)
    page.get_by_label("Client Key").fill(client)
    page.locator("main button[type=submit]").click()


def test_a_manager_connects_from_the_first_key_to_the_date(
    page: Page, kari: User, sandbox: Sandbox, look
) -> None:
    page.goto(SETTINGS)
    look(page, "before")
    page.get_by_role("link", name="Legg inn nøkler").click()
    look(page, "keys")
    _keys(page, "an-application", "wrong-client-0f3e")
    expect(page.get_by_text("PowerOffice Go avviste nøklene.")).to_be_visible()
    look(page, "refused")
    page.get_by_role("link", name="Legg inn nøklene på nytt").click()
    assert page.url.endswith("#id_application_key")
    expect(page.get_by_label("Client Key")).to_have_value("")
    _keys(page, "an-application", "a-client-0f3e")

    expect(page.get_by_text("Nøkkelen hører til «Demo AS», ikke «Fjordkaffe AS».")).to_be_visible()
    assert not Connection.objects.exists()
    look(page, "whose")
    page.get_by_role("button", name="Ja, koble til Demo AS").click()
    expect(page.get_by_text("og kontoplanen er hentet.")).to_be_visible()
    expect(page.get_by_text("Sende bilag til bilagsføring")).to_be_visible()

    _how_often_and_who(page)
    _the_date(page, look)
    look(page, "after")


def _how_often_and_who(page: Page) -> None:
    page.get_by_label(re.compile("Hver uke, mandag – neste")).check()
    page.get_by_role("button", name="Lagre frekvens").click()
    expect(page.get_by_text("Frekvensen er lagret.")).to_be_visible()
    page.get_by_label("Rolf R. (Regnskapsfører)").check()
    page.get_by_role("button", name="Lagre varsling").click()
    expect(page.get_by_text("Varslingen er lagret.")).to_be_visible()
    assert Recipient.objects.count() == 2


def _the_date(page: Page, look) -> None:
    page.get_by_role("textbox", name="Eksporter data fra og med").fill("01.11.2026")
    page.get_by_role("button", name="Se hva datoen betyr").click()
    expect(page.get_by_text("2 oppgjør før datoen blir ikke sendt: 2 500,00 kr")).to_be_visible()
    expect(page.get_by_text("er låst til og med 30.09.2026. Det passer.")).to_be_visible()
    look(page, "day")
    page.get_by_label("Skriv datoen på nytt").fill("02.11.2026")
    page.get_by_role("button", name="Lagre startdato for godt").click()
    expect(page.get_by_text("Du skrev en annen dato enn 01.11.2026.").first).to_be_visible()
    look(page, "day-wrong")
    page.get_by_label("Skriv datoen på nytt").fill("01.11.2026")
    page.get_by_role("button", name="Lagre startdato for godt").click()
    expect(page.get_by_text("Startdatoen er lagret for godt.")).to_be_visible()
    expect(page.get_by_text("Kan ikke endres.")).to_be_visible()
    assert page.locator("input[name=day]").count() == 0
    assert ExportStart.objects.get().day == date(2026, 11, 1)


def test_in_english_with_a_right_missing_paused_and_locked(
    page: Page, kari: User, sandbox: Sandbox, look
) -> None:
    User.objects.filter(pk=kari.pk).update(language="en")
    company = Company.objects.get()
    build.a_connection(company, start=None)
    sandbox.seed({"privileges": ["GeneralLedgerAccount"], "lock_date": "2026-11-10"})
    page.goto(SETTINGS)
    page.get_by_role("button", name="Test the connection").click()
    expect(page.get_by_text("It lacks “Send vouchers to bilagsføring”")).to_be_visible()
    page.get_by_text("Pause", exact=True).first.click()
    page.get_by_label("Why is the transfer being paused?").fill("A new accountant")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("«A new accountant»")).to_be_visible()
    look(page, "en-paused")
    sandbox.seed({"privileges": ["CommonServices"]})
    page.get_by_role("textbox", name="Export data from").fill("01.11.2026")
    page.get_by_role("button", name="See what the date means").click()
    expect(page.get_by_text("PowerOffice Go is locked through 10 Nov 2026.")).to_be_visible()
    expect(page.get_by_label("The name of the accountant who agrees")).to_be_visible()
    look(page, "en-day-locked")
    page.goto(f"{SETTINGS}nokler/")
    look(page, "en-keys")


def test_a_manager_without_the_grant_asks_for_it_here(
    page: Page, transactional_db, log_in, look
) -> None:
    company = build.a_company()
    log_in(build.a_manager(company))
    page.goto(SETTINGS)
    look(page, "ask")
    page.get_by_role("button", name="Be om tillatelse").click()
    page.goto(SETTINGS)
    expect(page.get_by_text("SuperAdmin har ikke svart ennå.")).to_be_visible()
    look(page, "asked")


@pytest.mark.usefixtures("sandbox")
def test_away_from_a_client_with_drafts_is_ticked_first(page: Page, kari: User, look) -> None:
    company = kari.memberships.get().company
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    for export in build.built(company)[:2]:
        build.ended(export, Sent(f"draft-{export.pk}"))
    page.goto(f"{SETTINGS}nokler/")
    _keys(page, "an-application", "a-client-0f3e")
    expect(page.get_by_text("2 utkast ligger hos «Fjordkaffe AS».")).to_be_visible()
    look(page, "away")
    page.get_by_role("button", name="Ja, koble til Demo AS").click()
    expect(page.get_by_text("Kryss av, så vet vi at du har sett det.").first).to_be_visible()
    look(page, "away-refused")
    page.get_by_label("Jeg har sett at utkastene blir liggende der").check()
    page.get_by_role("button", name="Ja, koble til Demo AS").click()
    expect(page.get_by_text("og kontoplanen er hentet.")).to_be_visible()
