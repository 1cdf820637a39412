"""The front door in Chromium: log-in, language, menu bar, and no complaint on any page."""

import pytest
from playwright.sync_api import Page, expect

from backoffice.models import User
from tests import build

pytestmark = pytest.mark.browser


@pytest.fixture
def kari(transactional_db: None) -> User:
    return User.objects.create_user("kari@example.no", "riktig hest batteri", name="Kari N.")


def test_a_person_logs_in_by_e_mail_and_out_again(page: Page, kari: User, screenshot) -> None:
    page.goto("/")
    expect(page).to_have_title("Logg inn – Backoffice")
    screenshot(page, "login")
    page.get_by_label("E-post").fill("Kari@Example.no")
    page.get_by_label("Passord").fill("riktig hest batteri")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alle selskaper")
    screenshot(page, "front")
    page.get_by_role("button", name="Kari N.").click()
    page.get_by_role("button", name="Logg ut").click()
    expect(page).to_have_title("Logg inn – Backoffice")


def test_a_wrong_password_takes_focus_to_the_reason(page: Page, kari: User, screenshot) -> None:
    page.goto("/konto/logg-inn/")
    page.get_by_label("E-post").fill("kari@example.no")
    page.get_by_label("Passord").fill("feil")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("alert")).to_contain_text("E-post eller passord er feil.")
    expect(page.get_by_role("alert")).to_be_focused()
    screenshot(page, "login-wrong")


def test_the_language_switch_keeps_the_place_and_the_choice(
    page: Page, kari: User, log_in, screenshot
) -> None:
    log_in(kari)
    page.goto("/konto/passord/?fra=her")
    page.get_by_role("button", name="EN", exact=False).first.click()
    assert page.url.endswith("/konto/passord/?fra=her")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    kari.refresh_from_db()
    assert kari.language == "en"
    screenshot(page, "password-en")


def test_the_page_follows_a_dark_system(page: Page, screenshot) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/konto/logg-inn/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    screenshot(page, "login-dark")


def test_the_first_tab_is_the_skip_link(page: Page) -> None:
    page.goto("/konto/passord/glemt/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Hopp til innholdet")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_an_unknown_page_says_so(page: Page, screenshot) -> None:
    page.expected_errors = ["404"]
    page.goto("/finnes-ikke")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden finnes ikke")
    screenshot(page, "404")


def test_the_admin_site_works_under_our_policy(page: Page, log_in, screenshot) -> None:
    log_in(build.a_superadmin())
    page.goto("/admin/backoffice/user/")
    expect(page.locator("#result_list")).to_contain_text("support@example.no")
    screenshot(page, "admin")
