"""The way in, in Chromium: invited, a password, a second factor, in; and out again when that is due."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounting.company import invitations
from accounting.company.models import Company
from accounting.company.people import rights_changed
from accounting.company.roles import Role
from backoffice import invitation_mail, two_factor
from backoffice.models import User
from integrations.exports.states import Unknown
from tests import build
from tests.browser.axe import findings
from tests.browser.overflow import OVERFLOW

pytestmark = pytest.mark.browser
PASSWORD = "et annet hest batteri"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def look(screenshot) -> Callable[[Page, str], None]:
    """`look(page, "code")`: take its picture, and let axe look at it."""

    def at(page: Page, name: str) -> None:
        screenshot(page, name)
        assert findings(page) == [], name

    return at


@pytest.fixture
def company(transactional_db: None) -> Company:
    return build.a_company()


def _letter_to(email: str, company: Company | None, role: Role) -> str:
    """Invite, and give the link as it stands in the letter."""
    support = User.objects.filter(is_superuser=True).first() or build.a_superadmin()
    invitation, token = invitations.invite(company, email, role, actor=support)
    invitation_mail.send(invitation, token)
    return re.search(r"/konto/invitasjon/\S+", mail.outbox[-1].body)[0]


def _app_code(page: Page) -> str:
    """What an app shows that was given the key on the page."""
    page.get_by_text("Kan du ikke lese av bildet?").click()
    return two_factor.code_now(page.locator("code.key").inner_text())


def _enter_password(page: Page, email: str, password: str = PASSWORD) -> None:
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(password)
    page.keyboard.press("Enter")


def test_from_the_letter_to_the_first_page(page: Page, company: Company, look) -> None:
    page.goto(_letter_to("eva@example.no", None, Role.SUPERADMIN))
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen")
    expect(page.locator(":focus")).to_have_id("id_name")
    look(page, "invited")
    page.keyboard.type("Eva E.")
    page.keyboard.press("Tab")
    page.keyboard.type("kort")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    look(page, "invited-short-password")
    page.get_by_label("Passord").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sett opp totrinnsinnlogging")
    look(page, "second-factor")
    code = _app_code(page)
    page.get_by_label("Kode fra appen").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Koden stemmer ikke.")
    look(page, "second-factor-wrong")
    page.get_by_label("Kode fra appen").fill(code)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Reservekoder")
    expect(page.locator(".codes li")).to_have_count(10)
    look(page, "recovery-codes")
    page.get_by_role("link", name="Jeg har lagret kodene").click()
    expect(page.get_by_role("button", name="Eva E.")).to_be_visible()


def test_password_and_code_every_time_after(page: Page, company: Company, look) -> None:
    kari = build.with_second_factor(build.a_manager(company))
    page.goto("/konto/logg-inn/")
    expect(page.locator(":focus")).to_have_id("id_login")
    _enter_password(page, kari.email, "riktig hest batteri")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra appen")
    expect(page.locator(":focus")).to_have_id("id_code")
    look(page, "code")
    page.keyboard.type(two_factor.current_code(kari))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kari N.").click()
    page.get_by_role("link", name="Totrinnsinnlogging").click()
    look(page, "second-factor-on")
    page.get_by_role("link", name="Lag nye reservekoder").click()
    look(page, "new-codes")
    page.get_by_role("button", name="Lag nye koder").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/konto/totrinn/app/fjern/")
    look(page, "second-factor-off")


def test_whoever_is_here_already_logs_in_and_accepts(page: Page, company: Company, look) -> None:
    build.a_person("ola@example.no", "Ola N.")
    page.goto(_letter_to("ola@example.no", company, Role.ACCOUNTANT))
    expect(page.get_by_text("ola@example.no har en bruker fra før.")).to_be_visible()
    look(page, "invited-known")
    page.get_by_role("main").get_by_role("link", name="Logg inn").click()
    _enter_password(page, "ola@example.no", "riktig hest batteri")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ta imot invitasjonen")
    look(page, "invited-accept")
    page.get_by_role("button", name="Ta imot").click()
    expect(page.locator(".topbar")).to_contain_text("Fjordkaffe AS")


def test_an_invitation_to_somebody_else_says_whose_it_is(
    page: Page, company: Company, log_in, look
) -> None:
    log_in(build.a_manager(company))
    page.goto(_letter_to("ola@example.no", company, Role.ACCOUNTANT))
    expect(page.get_by_role("heading", level=1)).to_have_text("Invitasjonen er til en annen")
    look(page, "invited-other")
    page.get_by_role("button", name="Logg ut og fortsett").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen")
    page.goto("/konto/invitasjon/finnes-ikke/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Invitasjonen virker ikke")
    look(page, "invited-in-vain")


def test_too_many_attempts_are_told_in_a_sentence(page: Page, company: Company, look) -> None:
    kari = build.a_manager(company)
    page.goto("/konto/logg-inn/")
    for _attempt in range(11):
        _enter_password(page, kari.email, "feil")
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("For mange forsøk. Vent noen minutter")
    look(page, "locked-out")


def test_changed_rights_send_everybody_to_log_in(page: Page, company: Company, log_in) -> None:
    kari = build.a_manager(company)
    log_in(kari)
    build.ended(build.a_ready_export(company), Unknown())
    page.goto(f"/s/{company.org_no}/overforing/status/")
    rights_changed(kari)
    # The page renews itself while something moves; it must go to log-in as a whole, and lead back.
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn", timeout=15_000)
    _enter_password(page, kari.email, "riktig hest batteri")
    expect(page).to_have_url(re.compile(r"/overforing/status/$"))


def test_confirming_who_it_is(page: Page, company: Company, log_in, look) -> None:
    log_in(build.with_second_factor(build.a_manager(company)))
    page.goto("/konto/bekreft/?next=/konto/totrinn/")
    look(page, "confirm")
    page.get_by_role("link", name="Bruk koden fra appen i stedet").click()
    look(page, "confirm-code")
    page.get_by_role("link", name="Bruk passordet i stedet").click()
    page.get_by_label("Passord").fill("riktig hest batteri")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Totrinnsinnlogging")


ALONE = ("/konto/logg-inn/", "/konto/passord/glemt/", "/konto/passord/glemt/sendt/", "/konto/ny/")
KNOWN = (
    "/konto/passord/",
    "/konto/bekreft/",
    "/konto/logg-ut/",
    "/konto/totrinn/",
    "/konto/totrinn/app/",
)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_of_the_way_in_is_sound(
    page: Page, company: Company, log_in, look, language: str
) -> None:
    page.goto("/konto/logg-inn/")
    page.get_by_role("button", name={"nb": "NO", "en": "EN"}[language]).click()
    for address in ALONE:
        _sound(page, address, look, language)
    kari = build.a_manager(company)
    User.objects.filter(pk=kari.pk).update(language=language)
    page.goto("/konto/logg-inn/")
    _enter_password(page, kari.email, "riktig hest batteri")
    page.wait_for_url("**/s/**")
    for address in KNOWN:
        _sound(page, address, look, language)


def _sound(page: Page, address: str, look: Callable[[Page, str], None], language: str) -> None:
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == language
    look(page, f"{address.strip('/').replace('/', '-')}-{language}")
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(OVERFLOW) == 0, address
    page.set_viewport_size({"width": 1280, "height": 800})
