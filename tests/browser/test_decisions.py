"""What only a person can decide, in Chromium: a difference, the cash, a receipt, what is new."""

import pytest
from playwright.sync_api import Page, expect

from accounting.books.models import Settlement
from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.states import State
from tests import build
from tests.browser.decisions_scene import a_company_to_decide_for
from tests.browser.overflow import OVERFLOW

pytestmark = pytest.mark.browser
Scene = tuple[Company, dict[str, Settlement]]


@pytest.fixture
def scene(transactional_db: None, log_in) -> Scene:
    """Kaikaffe AS, with Ida at the keyboard."""
    company, days = a_company_to_decide_for()
    log_in(company.memberships.get().user)
    return company, days


def _address(scene: Scene, name: str) -> str:
    company, days = scene
    return f"/s/{company.org_no}/oppgjor/{days[name].pk}/"


def test_a_difference_is_let_pass_from_the_keyboard(page: Page, scene: Scene) -> None:
    page.goto(_address(scene, "differs"))
    stop = page.locator("#z-total-differs")
    stop.get_by_text("Er avviket i orden? Godkjenn det").press("Enter")
    stop.get_by_role("button", name="Godkjenn avviket").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("name", "reason")
    page.keyboard.type("Skrevet ut for tidlig")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Avviket er godkjent.")).to_be_visible()
    expect(page.get_by_text("Skrevet ut for tidlig").first).to_be_visible()
    expect(page.locator("#z-total-differs")).to_have_count(0)
    expect(page.locator("#receipt-gap")).to_be_visible()  # another difference was not let pass


def test_cash_is_counted_as_it_is_shown(page: Page, scene: Scene) -> None:
    page.goto(_address(scene, "moved"))
    field = page.get_by_label("Talte kontanter")
    field.fill("1.990,50")
    field.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Tallet 1.990,50 ble ikke forstått. Skriv 1 990,50.")
    page.get_by_label("Talte kontanter").fill("1 990,50")
    page.get_by_label("Talte kontanter").press("Enter")
    expect(page.get_by_label("Talte kontanter")).to_have_value("1\N{NO-BREAK SPACE}990,50")
    expect(page.get_by_role("row", name="Kassedifferanse føres på 1909")).to_contain_text("−3,50")


def test_the_receipt_that_counts_is_chosen(page: Page, scene: Scene) -> None:
    page.goto(_address(scene, "changed"))
    page.get_by_role("link", name="Velg hvilken kvittering 1001 som gjelder").click()
    versions = page.locator(".version")
    expect(versions).to_have_count(2)
    boxes = [versions.nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"], "the versions stand side by side"
    page.get_by_role("button", name="Bruk denne kvitteringen").press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Hvilken kvittering gjelder?").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("name", "version")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Kassereren rettet den")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kvittering 1001 er valgt.")).to_be_visible()
    expect(page.locator("#z-total-differs")).to_contain_text("gir 209,00")
    said = "Kvittering 1001 på 209,00 valgt, Kari N.: Kassereren rettet den"
    expect(page.locator(".history")).to_contain_text(said)


def test_all_that_is_new_is_set_up_on_one_page(page: Page, scene: Scene) -> None:
    company, days = scene
    page.goto(f"/s/{company.org_no}/overforing/status/")
    page.get_by_role("link", name="Velg konto for alt nytt på én side").click()
    page.get_by_role("button", name="Bruk forslag for Gavekort").click()
    expect(page.get_by_label("Slag for Gavekort")).to_have_value("gift-card")
    for what, account in (
        ("Kundepoeng", "2901"),
        ("Innkjøp av melk", "1909"),
        ("Innskudd", "1910"),
    ):
        page.get_by_label(f"Konto for {what}").fill(account)
    page.get_by_role("button", name="Lagre").last.click()
    expect(page.get_by_text("Kontooppsettet er lagret.")).to_be_visible()
    build.built(company)
    assert Export.objects.get(settlement=days["new"]).state == State.READY


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_page_of_these_is_wider_than_a_phone(page: Page, scene: Scene, language: str) -> None:
    company, days = scene
    company.memberships.get().user.__class__.objects.update(language=language)
    page.set_viewport_size({"width": 390, "height": 844})
    places = [_address(scene, name) for name in days]
    places.append(f"{_address(scene, 'changed')}kvittering/1001/")
    places.append(f"/s/{company.org_no}/oppsett/generelt/kontooppsett/?vis=nytt")
    for place in places:
        page.goto(place)
        over = page.evaluate(OVERFLOW)
        assert over <= 0, f"{place} is {over} px too wide"
