"""Kontooppsett in Chromium: the combobox, the check on leaving a field, and all of it by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Account, Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from tests import build
from tests.browser.axe import findings
from tests.browser.overflow import OVERFLOW

pytestmark = pytest.mark.browser
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"
FOOD = RuleKey(Role.SALES, "100", "", "31")


@pytest.fixture
def company(transactional_db: None, log_in) -> Company:
    """Two departments, a fetched chart with an inactive account, and a day that lacks food."""
    company = build.a_company()
    log_in(build.a_manager(company))
    sentrum = build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    build.the_suggested_setup(company)
    save_setup(company, None, {RuleKey(Role.SALES, vat_code="31"): None})
    old = Account("3031", "Salg av mat, gammel", active=False)
    build.a_chart(company, a3031=old, a3032=Account("3032", "Salg av mat ute"))
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, department=sentrum)
    return company


def field(page: Page, key: RuleKey = FOOD):
    return page.locator(f'[name="konto:{key}"]')


def status(page: Page):
    return page.locator("tr", has=field(page)).locator(".status")


def options(page: Page):
    """What the combobox offers now; the selects of the page have options of their own."""
    return page.locator("#combobox-list:not([hidden])").get_by_role("option")


def tab_to(page: Page, name: str, most: int = 200) -> None:
    """Press Tab until what has the focus says this."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.id + ' ' + document.activeElement.innerText")
        if name in said:
            return
    raise AssertionError(f"Tab never came to «{name}»")


def test_an_account_is_found_by_its_name_and_checked_when_left(page: Page, company) -> None:
    page.goto(SETUP)
    box = field(page)
    expect(box).to_have_attribute("role", "combobox")
    box.focus()
    page.keyboard.type("mat")
    found = options(page)
    expect(found).to_have_text(["3031 Salg av mat, gammel (inaktiv)", "3032 Salg av mat ute"])
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "combobox-0")
    page.keyboard.press("Enter")
    expect(box).to_have_value("3031")
    expect(found).to_have_count(0)
    expect(status(page)).to_contain_text("Konto 3031 er inaktiv.")
    expect(page.locator("#unsaved")).to_have_text("1 ulagret endring")
    box.fill("3032")
    page.keyboard.press("Tab")
    expect(status(page)).to_contain_text("Salg av mat ute")
    assert not company.setup_entries.filter(own_code="100").exists()


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page, company) -> None:
    page.goto(SETUP)
    field(page).focus()
    page.keyboard.type("303")
    expect(options(page)).to_have_count(3)
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_value("303")


def test_a_click_chooses_and_the_focus_stays(page: Page, company) -> None:
    page.goto(SETUP)
    field(page).click()
    options(page).filter(has_text="3032").click()
    expect(field(page)).to_have_value("3032")
    expect(field(page)).to_be_focused()


def test_a_department_is_set_up_tried_and_saved_by_keyboard(page: Page, company) -> None:
    sentrum = company.departments.get(name="Sentrum")
    save_setup(
        company,
        company.departments.get(name="Torget"),
        {
            RuleKey(Role.SALES, vat_code="31"): Rule("3032", "31"),
        },
    )
    page.goto(f"{SETUP}?department=Sentrum")
    tab_to(page, "kilde")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kopier fra Torget")).to_be_visible()
    tab_to(page, "Fyll inn det som er krysset av")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Én linje er fylt inn.")).to_be_visible()
    tab_to(page, "Prøv oppsettet")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 like, 1 endret, 0 stoppet.")).to_be_visible()
    tab_to(page, "Lagre")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kontooppsettet er lagret.")).to_be_visible()
    assert company.setup_entries.get(department=sentrum).account == "3032"


def test_the_second_to_save_chooses_by_keyboard(page: Page, company) -> None:
    page.goto(SETUP)
    field(page).fill("3032")
    save_setup(company, None, {FOOD: Rule("3030", "31")}, actor=build.an_accountant(company))
    field(page).press("Enter")
    panel = page.get_by_role("region", name="Se forskjellen før du lagrer")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Rolf R. lagret kontooppsettet")
    expect(panel.get_by_role("row", name="Mat")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Lagre det jeg har valgt")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kontooppsettet er lagret.")).to_be_visible()
    assert company.setup_entries.get(own_code="100").account == "3032"


def test_what_is_not_saved_is_not_lost_without_a_question(page: Page, company) -> None:
    page.goto(SETUP)
    field(page).fill("3032")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Oversikt").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(field(page)).to_have_value("3032")


@pytest.mark.parametrize("address", [SETUP, f"{SETUP}linje/?row=CASH||12001|"])
def test_no_page_of_it_is_wider_than_a_phone(page: Page, company, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    assert page.evaluate(OVERFLOW) <= 0
    if address == SETUP:
        for act in ("Sammenlign", "Prøv oppsettet"):
            page.get_by_role("button", name=act).click()
            expect(page.locator(".panel")).to_be_focused()
            assert page.evaluate(OVERFLOW) <= 0, act


@pytest.mark.parametrize("language", ["nb", "en"])
def test_axe_finds_nothing_in_what_the_buttons_open(page: Page, company, language: str) -> None:
    company.memberships.get().user.__class__.objects.update(language=language)
    page.emulate_media(color_scheme="dark" if language == "en" else "light")
    torget = company.departments.get(name="Torget")
    save_setup(company, torget, {RuleKey(Role.CASH, standard="12001"): Rule("1900", "0")})
    for act in ("sammenlign", "prov"):
        page.goto(f"{SETUP}?department=Sentrum")
        page.locator(f"[name={act}]").click()
        expect(page.locator(".panel")).to_be_focused()
        assert findings(page) == [], act
    page.goto(SETUP)
    field(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert findings(page) == []
    field(page).fill("3032")
    save_setup(company, None, {FOOD: Rule("3030", "31")}, actor=build.an_accountant(company))
    field(page).press("Enter")
    expect(page.locator("#valg")).to_be_focused()
    assert findings(page) == []
    page.goto(f"{SETUP}linje/?row={FOOD}")
    assert findings(page) == []
