"""axe finds nothing on any page, in both languages, in light and dark, wide and on a phone.

The same sweep holds that no page complains in the console, asks anybody but us, or is wider than its
window; which pages there are is held by test_every_page.
"""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import Page

from backoffice.models import User
from tests.browser.axe import findings
from tests.browser.conftest import NARROW, WIDE
from tests.browser.every_page import be, every_page
from tests.browser.opened import open_up
from tests.browser.overflow import OVERFLOW
from tests.browser.scene import a_busy_company

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# axe itself sets styles while it measures Django's long forms; the policy stops it, and says so.
AXE_ITSELF = "Applying inline style"
REFUSED = ("/finnes-ikke/", "/vist/", "/poweroffice/nokler/", "/passord/nytt/1-abc/")
# Each language meets both widths and both schemes; together they meet all four.
LOOKS = {
    "nb": (("light", WIDE), ("dark", NARROW)),
    "en": (("dark", WIDE), ("light", NARROW)),
}


@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing(page: Page, live_server, settings, tmp_path, language: str) -> None:
    settings.INTAKE_DIR = tmp_path
    settings.ROOT_URLCONF = "tests.browser.seldom_urls"
    page.expected_errors = [AXE_ITSELF, *REFUSED]
    pages = every_page()
    User.objects.update(language=language)
    found: dict[str, list[str]] = {}
    for name, (address, user) in pages.items():
        page.set_viewport_size(WIDE)
        be(page.context, user, live_server.url, language)
        page.goto(address)
        open_up(page, name)
        assert page.locator("html").get_attribute("lang") == language, address
        for scheme, size in LOOKS[language]:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size(size)
            if said := [*findings(page), *_too_wide(page, name)]:
                found[f"{name} {scheme} {size['width']}"] = said
    assert found == {}


def _too_wide(page: Page, name: str) -> list[str]:
    """Say it where the page is wider than its window; Django's own tables scroll by design."""
    over = 0 if name.startswith("admin") else page.evaluate(OVERFLOW)
    return [f"{over} px too wide"] if over > 0 else []


def test_axe_finds_nothing_on_any_list_or_row_of_the_admin_site(page: Page, live_server) -> None:
    page.expected_errors = [AXE_ITSELF]
    a_busy_company()
    be(page.context, User.objects.get(email="support@example.no"), live_server.url, "nb")
    found: dict[str, list[str]] = {}
    for model in admin.site._registry:
        view = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{view}_changelist")]
        if row := model._default_manager.first():
            addresses.append(reverse(f"{view}_change", args=[row.pk]))
        for address in addresses:
            page.goto(address)
            if said := findings(page):
                found[address] = said
    assert found == {}


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    assert {line.split(":")[0] for line in findings(page)} >= {"image-alt", "label"}
