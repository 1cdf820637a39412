"""The main path in Chromium: a file becomes a settlement, stops, is mended at the link, and goes on."""

import pytest
from playwright.sync_api import Page, expect

from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.states import Sent, State, Unknown
from integrations.pos import tasks
from tests import build
from tests.browser.overflow import OVERFLOW
from tests.saft_official import OFFICIAL

pytestmark = pytest.mark.browser
ROOT = f"/s/{build.OTHER_ORG_NO}"


@pytest.fixture
def company(transactional_db: None, log_in, settings, tmp_path) -> Company:
    """The official example's own company, connected; its account for food is missing."""
    settings.INTAKE_DIR = tmp_path
    company = build.a_company(build.OTHER_ORG_NO, "Norsk Kasse AS")
    log_in(build.a_manager(company))
    build.the_suggested_setup(company)
    company.setup_entries.filter(role="SALES", vat_code="31").delete()
    build.a_chart(company)
    build.a_connection(company)
    return company


def _upload(page: Page) -> None:
    page.goto(f"{ROOT}/oppgjor/import/")
    file = {"name": "saft.xml", "mimeType": "text/xml", "buffer": OFFICIAL.encode()}
    page.get_by_label("SAF-T-filer fra kassen").set_input_files([file])
    page.get_by_role("button", name="Last opp").click()


def test_from_the_file_to_the_draft(page: Page, company: Company) -> None:
    _upload(page)
    expect(page.locator("#files")).to_contain_text("Leses")
    tasks.read_waiting()
    expect(page.locator("#files")).to_contain_text("Lest")  # by itself, without a reload

    build.built(company)
    page.get_by_role("link", name="Status").click()
    expect(page.locator("main h2")).to_have_text("Må rettes av deg (1)")
    page.get_by_role("link", name="Velg konto for").click()

    field = page.locator(":focus")
    expect(field).to_have_attribute("data-choices", "chart")
    field.fill("3030")
    field.press("Enter")
    expect(page.get_by_text("Ett oppgjør prøves igjen av seg selv.")).to_be_visible()

    export = build.built(company)[0]
    assert export.state == State.READY
    build.ended(export, Sent("1"))
    page.get_by_role("link", name="Oversikt").click()
    expect(page.get_by_text("Alt er overført til og med 01.01.2020.")).to_be_visible()
    page.get_by_role("link", name="01.01.2020").click()
    expect(page.locator("main h2").first).to_have_text("Bilag som ble sendt")
    expect(page.locator(".journal tfoot")).to_contain_text("514,20")


def test_the_status_page_says_what_is_new_and_keeps_the_focus(page: Page, company: Company) -> None:
    build.ended(
        build.a_ready_export(company, register="9", cash="10.00", sales={"3": "10.00"}), Unknown()
    )
    build.the_official_example(company)
    build.built(company)
    page.goto(f"{ROOT}/overforing/status/")
    link = page.get_by_role("link", name="Velg konto for Mat")
    link.focus()
    build.a_settlement(company, cash="10.00", sales={"31": "10.00"}, register="2")
    build.built(company)
    expect(page.get_by_text("Listen har endret seg.")).to_be_visible(timeout=15_000)
    expect(link).to_be_focused()
    page.get_by_role("link", name="Vis den nye").click()
    expect(page.get_by_text("2 oppgjør:")).to_be_visible()


def test_a_suggestion_is_used_and_saved_from_the_keyboard(page: Page, company: Company) -> None:
    build.the_official_example(company)
    page.goto(f"{ROOT}/oppsett/generelt/kontooppsett/?row=SALES%7C100%7C%7C31")
    expect(page.locator(":focus")).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_contain_text("Bruk forslag")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_value("3030")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kontooppsettet er lagret.")).to_be_visible()
    assert company.setup_entries.get(own_code="100").account == "3030"


def test_what_is_wrong_takes_the_focus_and_leads_to_the_field(page: Page, company: Company) -> None:
    build.the_official_example(company)
    page.goto(f"{ROOT}/oppsett/generelt/kontooppsett/?row=SALES%7C100%7C%7C31")
    page.locator(":focus").fill("mat")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link").click()
    expect(page.locator(":focus")).to_have_value("mat")


def test_leaving_a_settlement_out_asks_why(page: Page, company: Company) -> None:
    settlement = build.the_official_example(company)
    build.built(company)
    page.goto(f"{ROOT}/oppgjor/{settlement.pk}/")
    page.get_by_role("button", name="Utelat oppgjøret").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Hvorfor skal oppgjøret ikke overføres?").fill("Ført manuelt")
    page.get_by_role("button", name="Utelat oppgjøret").click()
    expect(page.get_by_role("status").first).to_contain_text("Oppgjøret er utelatt")
    assert Export.objects.get().state == State.LEFT_OUT


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_page_is_wider_than_a_phone(page: Page, company: Company, language: str) -> None:
    company.memberships.get().user.__class__.objects.update(language=language)
    settlement = build.the_official_example(company)
    build.built(company)
    page.set_viewport_size({"width": 390, "height": 844})
    for place in (
        "oversikt/",
        "oppgjor/",
        f"oppgjor/{settlement.pk}/",
        "oppgjor/import/",
        "overforing/status/",
        "oppsett/generelt/kontooppsett/",
        "oppsett/generelt/avdelinger/",
        "oppsett/integrasjoner/kasser/",
        "oppsett/integrasjoner/poweroffice/",
    ):
        page.goto(f"{ROOT}/{place}")
        over = page.evaluate(OVERFLOW)
        assert over <= 0, f"{place} is {over} px too wide"
