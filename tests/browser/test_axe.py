"""axe finds nothing on any page, in both languages, in light and dark; and no page is left out."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from backoffice.models import User
from tests.browser.axe import findings
from tests.browser.every_page import be, every_page
from tests.rules.access_table import COMPANY, DOOR, SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEEN_ELSEWHERE = {
    "health": "no page",
    "switcher": "a part of every page's bar, in test_switcher",
    "books:row_check": "a part of a row, in test_setup",
    "invitation": "behind the letter's link",
    "account_reset_password_from_key": "behind the letter's link",
}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_axe_finds_nothing(page: Page, live_server, settings, tmp_path, language: str) -> None:
    settings.INTAKE_DIR = tmp_path
    # axe itself sets styles while it measures Django's long forms; the policy stops it, and says so.
    page.expected_errors = ["404", "Applying inline style"]
    pages = every_page()
    User.objects.update(language=language)
    found: dict[str, list[str]] = {}
    for name, (address, user) in pages.items():
        be(page.context, user, live_server.url, language)
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language, address
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if said := findings(page):
                found[f"{name} {scheme}"] = said
    assert found == {}


@pytest.mark.django_db
def test_no_page_is_left_out(settings, tmp_path) -> None:
    settings.INTAKE_DIR = tmp_path
    table = {**COMPANY, **SYSTEM, **DOOR}
    wanted = {name for name, (get, _post) in table.items() if _opens(get)}
    seen = {_name_of(address) for address, _user in every_page().values()}
    assert wanted - seen - SEEN_ELSEWHERE.keys() == set()


def _opens(get: int | tuple[int, ...]) -> bool:
    return get == 200 or (isinstance(get, tuple) and 200 in get)


def _name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    assert {line.split(":")[0] for line in findings(page)} >= {"image-alt", "label"}
