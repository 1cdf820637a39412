"""axe finds nothing on any page in English, on a phone and dark; a file of its own runs beside bokmål."""

import pytest
from playwright.sync_api import Page

from tests.browser.sweep import sweep

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_axe_finds_nothing_in_english(page: Page, live_server, settings, tmp_path) -> None:
    assert sweep(page, live_server.url, settings, tmp_path, "en") == {}
