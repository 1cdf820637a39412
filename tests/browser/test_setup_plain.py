"""Kontooppsett with the plainest means: the keyboard alone, and a browser without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Account, Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from tests import build

pytestmark = pytest.mark.browser
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"
FOOD = RuleKey(Role.SALES, "100", "", "31")
CASH = RuleKey(Role.CASH, standard="12001")
SAVED = "Kontooppsettet er lagret."
MOST_TABS = 200


@pytest.fixture
def company(transactional_db: None, log_in) -> Company:
    """Food has no account; Torget has one for it, and another for cash than the company."""
    company = build.a_company()
    log_in(build.a_manager(company))
    sentrum = build.a_department(company, "Sentrum", "10")
    torget = build.a_department(company, "Torget", "20")
    build.the_suggested_setup(company)
    save_setup(company, None, {RuleKey(Role.SALES, vat_code="31"): None})
    build.a_chart(company, a3032=Account("3032", "Salg av mat ute"))
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, department=sentrum)
    save_setup(company, torget, {FOOD: Rule("3032", "31"), CASH: Rule("1901", "0")})
    return company


def field(page: Page, key: RuleKey = FOOD) -> Locator:
    return page.locator(f'[name="konto:{key}"]')


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {wanted}")


def button(page: Page, name: str) -> Locator:
    """The last of that name: the first «Lagre» is a hidden one, for Enter in a field."""
    return page.get_by_role("button", name=name, exact=True).last


class TestKeyboard:
    def test_an_account_is_picked_from_the_list_and_saved(self, page: Page, company) -> None:
        page.goto(SETUP)
        tab_to(page, field(page))
        page.keyboard.type("ute")
        expect(page.get_by_role("option", name="3032 Salg av mat ute")).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(field(page)).to_have_value("3032")
        tab_to(page, button(page, "Lagre"))
        page.keyboard.press("Enter")
        expect(page.get_by_text(SAVED)).to_be_visible()
        assert company.setup_entries.get(department=None, own_code="100").account == "3032"

    def test_what_differs_in_another_department_is_ticked_and_copied(
        self, page: Page, company
    ) -> None:
        page.goto(f"{SETUP}?department=Sentrum")
        tab_to(page, page.locator("#kilde"))
        page.keyboard.type("Torget")
        tab_to(page, button(page, "Sammenlign"))
        page.keyboard.press("Enter")
        food = page.locator(f'[name="linje"][value="{FOOD}"]')
        expect(food).to_be_checked()
        tab_to(page, food)
        page.keyboard.press("Space")
        expect(food).not_to_be_checked()
        tab_to(page, button(page, "Fyll inn det som er krysset av"))
        page.keyboard.press("Enter")
        expect(page.get_by_text("Én linje er fylt inn.")).to_be_visible()
        tab_to(page, button(page, "Lagre"))
        page.keyboard.press("Enter")
        expect(page.get_by_text(SAVED)).to_be_visible()
        kept = company.setup_entries.filter(department__name="Sentrum")
        assert [entry.account for entry in kept] == ["1901"]


class TestWithoutJavaScript:
    @pytest.fixture
    def context(self, chromium: Browser, live_server) -> Iterator[BrowserContext]:
        context = chromium.new_context(
            base_url=live_server.url, locale="nb-NO", java_script_enabled=False
        )
        context.set_default_timeout(10_000)
        yield context
        context.close()

    def test_an_account_is_typed_refused_mended_and_saved(self, page: Page, company) -> None:
        page.goto(SETUP)
        field(page).fill("4711")
        button(page, "Lagre").click()
        refused = page.locator("tr", has=field(page))
        expect(refused).to_contain_text("4711")
        expect(field(page)).to_have_attribute("aria-invalid", "true")
        expect(field(page)).to_have_value("4711")
        assert not company.setup_entries.filter(account="4711").exists()
        field(page).fill("3032")
        field(page).press("Enter")
        expect(page.get_by_text(SAVED)).to_be_visible()
        assert company.setup_entries.get(department=None, own_code="100").account == "3032"

    def test_it_is_copied_and_tried_before_it_is_saved(self, page: Page, company) -> None:
        page.goto(f"{SETUP}?department=Sentrum")
        page.get_by_label("Kopier fra").select_option("Torget")
        button(page, "Sammenlign").click()
        button(page, "Fyll inn det som er krysset av").click()
        button(page, "Prøv oppsettet").click()
        expect(page.get_by_role("heading", name="Prøve av oppsettet")).to_be_visible()
        assert not company.setup_entries.filter(department__name="Sentrum").exists()
        button(page, "Lagre").click()
        expect(page.get_by_text(SAVED)).to_be_visible()
        assert company.setup_entries.filter(department__name="Sentrum").exists()
