"""Takes every page of the house: `python -m tests.browser.screenshots [NAME…]`.

Wide and narrow, bokmål and English, into var/screenshots/; on a database and a server of its own.
What is folded stays so, except on pages named «…-opened».
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from playwright.sync_api import BrowserContext, sync_playwright  # noqa: E402

from backoffice.models import User  # noqa: E402
from tests.browser.conftest import FLAGS, NARROW, SCREENSHOTS, WIDE  # noqa: E402
from tests.browser.every_page import be, every_page  # noqa: E402
from tests.browser.opened import open_up  # noqa: E402
from tests.browser.overflow import OVERFLOW  # noqa: E402


def main(only: list[str]) -> None:
    """Seed, serve, and take the pages; with names, only those that begin with one of them."""
    setup_test_environment(debug=False)
    settings.ROOT_URLCONF = "tests.browser.seldom_urls"
    connection.creation.create_test_db(verbosity=0)
    pages = every_page()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for language in ("nb", "en"):
            for name, (address, user) in pages.items():
                if not only or any(name.startswith(prefix) for prefix in only):
                    User.objects.update(language=language)
                    context = browser.new_context(
                        base_url=f"http://127.0.0.1:{server.port}",
                        locale={"nb": "nb-NO", "en": "en-GB"}[language],
                    )
                    be(context, user, f"http://127.0.0.1:{server.port}", language)
                    _take(context, name, language, address)
                    context.close()
        browser.close()
    server.terminate()
    connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def _take(context: BrowserContext, name: str, language: str, address: str) -> None:
    page = context.new_page()
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.goto(address)
        open_up(page, name)
        if "-opened" in name:
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        path = SCREENSHOTS / f"{name}-{language}-{size['width']}.png"
        page.screenshot(path=path, full_page=True)
        overflow = page.evaluate(OVERFLOW)
        print(f"{path.name}{f'  {overflow} px too wide' if overflow > 0 else ''}")
    page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
