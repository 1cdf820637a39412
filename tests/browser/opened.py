"""What a page shows only once something was pressed: done on it before its picture, and before axe.

By the names of every_page.py. Each may be done again and again on the same rows.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from backoffice.models import User
from integrations.pos import tokens
from integrations.pos.models import IntakeToken
from tests import build

CLOAKS = RuleKey(Role.SALES, "700", "", "6")


def open_up(page: Page, name: str) -> None:
    """Do on the page what its name asks for; most pages are shown as they come."""
    OPENED.get(name, lambda _page: None)(page)


def _panel(act: str) -> Callable[[Page], None]:
    def pressed(page: Page) -> None:
        page.locator(f"[name={act}]").click()
        expect(page.locator(".panel").first).to_be_focused()

    return pressed


def _overtaken(page: Page) -> None:
    """Rolf saves the row while Kari has it before her; then she does. It is not kept."""
    company = Company.objects.get(org_no=build.ORG_NO)
    field = page.locator(f'[name="konto:{CLOAKS}"]')
    field.fill("3030")
    rolf = User.objects.get(email="rolf@example.no")
    save_setup(company, None, {CLOAKS: Rule("3000", "")}, actor=rolf)
    field.press("Enter")
    expect(page.locator("#valg")).to_be_focused()
    save_setup(company, None, {CLOAKS: None})


def _switcher(page: Page) -> None:
    page.locator(".switcher summary").click()
    expect(page.locator("#switcher-list li").first).to_be_visible()


def _code(page: Page) -> None:
    if page.locator("#id_login").count():  # not when the password was given before
        page.locator("#id_login").fill("kari@example.no")
        page.locator("#id_password").fill("riktig hest batteri")
        page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()


def _copied(page: Page) -> None:
    page.locator("#kilde").select_option("Sentrum")
    _panel("sammenlign")(page)


def _made(page: Page) -> None:
    """A key is made and shown; each time anew, since a name has one key in use."""
    kari = User.objects.get(email="kari@example.no")
    for before in IntakeToken.objects.filter(label="Kasse 1", withdrawn_at=None):
        tokens.withdraw(before, actor=kari)
    page.locator("#id_label").fill("Kasse 1")
    page.keyboard.press("Enter")
    expect(page.locator("#key")).to_be_focused()


OPENED: dict[str, Callable[[Page], None]] = {
    "setup-copied": _copied,
    "setup-tried": _panel("prov"),
    "setup-overtaken": _overtaken,
    "switcher": _switcher,
    "token-made": _made,
    "door-code": _code,
}
