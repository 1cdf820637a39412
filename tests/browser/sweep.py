"""One sweep over every page of the house: what axe finds, and what is wider than its window.

Each page is met in both languages, at both widths and in both schemes: once each, for axe takes its
time. The page fixture holds that none complains in the console or asks anybody but us; which pages
there are is held by test_every_page.
"""

from playwright.sync_api import Page

from backoffice.models import User
from tests.browser.axe import findings
from tests.browser.conftest import NARROW, WIDE
from tests.browser.every_page import be, every_page
from tests.browser.opened import open_up
from tests.browser.overflow import OVERFLOW

# axe itself sets styles while it measures Django's long forms; the policy stops it, and says so.
AXE_ITSELF = "Applying inline style"
REFUSED = ("/finnes-ikke/", "/vist/", "/poweroffice/nokler/", "/passord/nytt/1-abc/")
LOOKS = {"nb": ("light", WIDE), "en": ("dark", NARROW)}


def sweep(page: Page, url: str, settings, folder, language: str) -> dict[str, list[str]]:
    """What is wrong, by the page's name; nothing when all is well."""
    settings.INTAKE_DIR = folder
    settings.ROOT_URLCONF = "tests.browser.seldom_urls"
    page.expected_errors = [AXE_ITSELF, *REFUSED]
    pages = every_page()
    User.objects.update(language=language)
    scheme, size = LOOKS[language]
    found: dict[str, list[str]] = {}
    for name, (address, user) in pages.items():
        page.set_viewport_size(WIDE)
        be(page.context, user, url, language)
        page.goto(address)
        open_up(page, name)
        assert page.locator("html").get_attribute("lang") == language, address
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        if said := [*findings(page), *_too_wide(page, name)]:
            found[name] = said
    return found


def _too_wide(page: Page, name: str) -> list[str]:
    """Say it where the page is wider than its window; Django's own tables scroll by design."""
    over = 0 if name.startswith("admin") else page.evaluate(OVERFLOW)
    return [f"{over} px too wide"] if over > 0 else []
