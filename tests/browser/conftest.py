"""Chromium for tests: a page that fails on any console error and any request off this machine.

That one fixture holds the content security policy, missing files and "nothing from elsewhere".
SCREENSHOTS=1 writes what `screenshot` sees to var/screenshots/.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from backoffice.models import User

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; CHROMIUM names another than /usr/bin/chromium."""
    executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(executable).exists():
        pytest.skip(f"no Chromium at {executable}")
    # Playwright's sync API runs an event loop in this thread; the ORM is used beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(chromium: Browser, live_server, transactional_db: None) -> Iterator[BrowserContext]:
    """A fresh browser profile in bokmål and Oslo time; relative addresses go to live_server."""
    context = chromium.new_context(
        base_url=live_server.url, locale="nb-NO", timezone_id="Europe/Oslo", viewport=WIDE
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose test fails when the page complains or asks anybody but 127.0.0.1 or localhost.

    A test that expects an error page lists its text in `page.expected_errors`.
    """
    page = context.new_page()
    complaints: list[str] = []
    page.expected_errors = []
    page.on("request", lambda request: complaints.extend(asked_elsewhere(request.url)))
    page.on("console", lambda said: said.type == "error" and complaints.append(told(said)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    unexpected = [c for c in complaints if not any(e in c for e in page.expected_errors)]
    assert unexpected == []


def told(said: ConsoleMessage) -> str:
    """What the browser's console says, and about which address."""
    return f"{said.text} {said.location.get('url', '')}"


def asked_elsewhere(url: str) -> list[str]:
    """Give a complaint when a page asks for something that is not on this machine."""
    here = urlsplit(url).hostname in ("127.0.0.1", "localhost") or url.startswith("data:")
    return [] if here else [f"asked {url}"]


@pytest.fixture
def log_in(context: BrowserContext, live_server) -> Callable[[User], None]:
    """`log_in(user)`: the profile is logged in as the user, without the form."""

    def as_user(user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return as_user


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, "login")`: with SCREENSHOTS=1, the whole page at 1280 and 390 wide."""

    def take(page: Page, name: str) -> None:
        if not os.environ.get("SCREENSHOTS"):
            return
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.screenshot(path=SCREENSHOTS / f"{name}-{size['width']}.png", full_page=True)
        page.set_viewport_size(WIDE)

    return take
