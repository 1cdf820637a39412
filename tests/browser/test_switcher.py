"""The company switcher in Chromium: opened, searched and left by keyboard, on to the same page."""

import pytest
from playwright.sync_api import Page, expect

from accounting.company.models import Company
from accounting.company.records import give_role
from accounting.company.roles import Role
from tests import build
from tests.browser.conftest import NARROW
from tests.browser.overflow import OVERFLOW

pytestmark = pytest.mark.browser


@pytest.fixture
def clients(transactional_db: None, log_in) -> None:
    """An accountant with ten clients is logged in."""
    rolf = build.a_person("rolf@example.no", "Rolf R.")
    for i in range(10):
        company = Company.objects.create(
            org_no=f"{900000000 + i}", name=f"Kafé {i:02}", accounting_enabled=True
        )
        give_role(company, rolf, Role.ACCOUNTANT)
    log_in(rolf)


def test_from_one_client_to_another_by_keyboard(page: Page, clients: None) -> None:
    page.goto("/s/900000003/overforing/status/")
    page.locator(".switcher summary").focus()
    page.keyboard.press("Enter")
    search = page.get_by_label("Søk etter selskap")
    expect(search).to_be_focused()
    expect(page.locator("#switcher-list li")).to_have_count(10)
    search.press_sequentially("07")
    expect(page.locator("#switcher-list li")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Kafé 07")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/s/900000007/overforing/status/")


def test_a_name_that_no_client_has(page: Page, clients: None) -> None:
    page.goto("/s/900000003/oversikt/")
    page.locator(".switcher summary").click()
    search = page.get_by_label("Søk etter selskap")
    expect(search).to_be_focused()
    search.fill("finnes ikke")
    expect(page.get_by_text("Ingen selskaper heter det.")).to_be_visible()
    page.locator(".switcher").get_by_role("link", name="Alle selskaper").click()
    expect(page.locator("main h1")).to_have_text("Alle selskaper")
    expect(page.locator("tbody tr")).to_have_count(10)


def test_on_a_phone_bar_and_list_stay_within_the_edges(page: Page, clients: None) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/s/900000003/oversikt/")
    person = page.get_by_role("button", name="Rolf R.").bounding_box()
    summary = page.locator(".switcher summary")
    company = summary.bounding_box()
    assert person
    assert company
    assert abs(person["y"] - company["y"]) < 20  # one line
    summary.click()
    expect(page.locator("#switcher-list li")).to_have_count(10)
    assert page.evaluate(OVERFLOW) <= 0
