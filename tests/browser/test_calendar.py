"""The calendar in a browser: arrow keys move, Enter opens, and one answer settles a day for good."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from backoffice.models import User
from tests import build
from tests.browser.every_page import be

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_by_keyboard_alone_to_a_missing_day_and_its_answer(page: Page, live_server) -> None:
    company = build.a_company()
    kari = build.a_manager(company)
    square = build.a_department(company, "Torget")
    missing = build.DAY - timedelta(days=1)
    for back in range(35, -1, -1):
        day = build.DAY - timedelta(days=back)
        if day != missing:
            build.a_settlement(
                company, day=day, cash="10.00", sales={"3": "10.00"}, department=square,
                z_number=str(100 - back),
            )  # fmt: skip
    be(page.context, User.objects.get(pk=kari.pk), live_server.url, "nb")
    page.goto(f"{live_server.url}/s/{company.org_no}/oppgjor/kalender/?maned=2026-11")
    cells = page.locator("a.cell")
    expect(page.locator("a.cell[tabindex='0']")).to_have_count(1)
    cells.filter(has_text="Torget 23.11.2026").focus()
    page.keyboard.press("ArrowLeft")
    focused = page.locator("a.cell:focus")
    expect(focused).to_contain_text("Torget 22.11.2026: Mangler")
    page.keyboard.press("ArrowUp")
    expect(focused).to_contain_text("Torget 29.11.2026")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stengt 22.11.2026?")).to_be_visible()
    page.get_by_label("Hvorfor var det stengt?").fill("Vannlekkasje")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dagen er merket som stengt.")).to_be_visible()
    expect(page.locator("a.cell[aria-current]")).to_contain_text("Torget 22.11.2026: Stengt")
