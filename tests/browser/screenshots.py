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
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from playwright.sync_api import BrowserContext, sync_playwright  # noqa: E402

from accounting.company.models import Company  # noqa: E402
from backoffice.models import User  # noqa: E402
from integrations.exports.models import Export  # noqa: E402
from integrations.exports.states import State  # noqa: E402
from integrations.pos.models import IntakeFile  # noqa: E402
from tests import build  # noqa: E402
from tests.browser.conftest import FLAGS, NARROW, SCREENSHOTS, WIDE  # noqa: E402
from tests.browser.decisions_scene import a_company_to_decide_for  # noqa: E402
from tests.browser.overflow import OVERFLOW  # noqa: E402
from tests.browser.scene import a_busy_company, a_read_file  # noqa: E402

Pages = dict[str, tuple[str, User]]


def main(only: list[str]) -> None:
    """Seed, serve, and take the pages; with names, only those that begin with one of them."""
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0)
    pages = _pages()
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
                    User.objects.filter(pk=user.pk).update(language=language)
                    context = browser.new_context(
                        base_url=f"http://127.0.0.1:{server.port}",
                        locale={"nb": "nb-NO", "en": "en-GB"}[language],
                    )
                    _log_in(context, user, server.port)
                    _take(context, f"{name}-{language}", address)
                    context.close()
        browser.close()
    server.terminate()
    connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def _log_in(context: BrowserContext, user: User, port: int) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    url = f"http://127.0.0.1:{port}"
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def _take(context: BrowserContext, name: str, address: str) -> None:
    page = context.new_page()
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.goto(address)
        if "-opened" in name:
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        path = SCREENSHOTS / f"{name}-{size['width']}.png"
        page.screenshot(path=path, full_page=True)
        overflow = page.evaluate(OVERFLOW)
        print(f"{path.name}{f'  {overflow} px too wide' if overflow > 0 else ''}")
    page.close()


def _pages() -> Pages:
    busy = a_busy_company()
    kari = User.objects.get(email="kari@example.no")
    rolf = User.objects.get(email="rolf@example.no")
    fresh = build.a_company("974760673", "Torvkaffe AS")
    ola = build.a_manager(fresh, "ola@example.no")
    half = build.a_company("811111112", "Havnekaffe AS")
    a_read_file(half)
    build.a_connection(half, start=None)
    liv = build.a_manager(half, "liv@example.no")
    return {
        "front": ("/?alle=1", kari),
        **_of(busy, kari),
        "accountant-poweroffice": (f"/s/{busy.org_no}/oppsett/integrasjoner/poweroffice/", rolf),
        **{f"fresh-{name}": page for name, page in _empty(fresh, ola).items()},
        **{f"half-{name}": page for name, page in _empty(half, liv).items()},
        "half-file": (f"/s/{half.org_no}/oppgjor/import/{_file(half)}/", liv),
        **_to_decide(),
    }


def _to_decide() -> Pages:
    company, days = a_company_to_decide_for()
    ida = User.objects.get(email="ida@example.no")
    root = f"/s/{company.org_no}"
    changed, parts = days["changed"].pk, days["parts"].pk
    places = {
        "status": "/overforing/status/",
        "setup-new": "/oppsett/generelt/kontooppsett/?vis=nytt",
        "receipt-changed": f"/oppgjor/{changed}/kvittering/1001/",
        "receipt": f"/oppgjor/{parts}/kvittering/1006/",
        "differs-opened": f"/oppgjor/{days['differs'].pk}/",
        "receipt-credit": f"/oppgjor/{days['moved'].pk}/kvittering/1027/",
        **{name: f"/oppgjor/{settlement.pk}/" for name, settlement in days.items()},
    }
    return {f"decide-{name}": (root + place, ida) for name, place in places.items()}


def _of(company: Company, user: User) -> Pages:
    root = f"/s/{company.org_no}"
    by_state = {state: _settlement(company, state) for state in State}
    stopped = company.settlements.filter(stopped=True, current=True).first()
    chosen = {
        "settlement-sent": by_state[State.SENT],
        "settlement-held": by_state[State.HELD],
        "settlement-uncertain": by_state[State.UNCERTAIN],
        "settlement-left-out": by_state[State.LEFT_OUT],
        "settlement-refused": _settlement(company, State.BLOCKED, snapshot__isnull=False),
        "settlement-inactive-account": _settlement(company, State.BLOCKED, snapshot=None),
        "settlement-z-differs": stopped.pk if stopped else None,
        "settlement-empty": company.settlements.filter(has_movement=False).get().pk,
    }
    refused = IntakeFile.objects.get(company=company, state=IntakeFile.REFUSED)
    places = {
        "overview": "/oversikt/",
        "settlements": "/oppgjor/",
        "status": "/overforing/status/",
        "upload": "/oppgjor/import/",
        "file-refused": f"/oppgjor/import/{refused.pk}/",
        "setup": "/oppsett/generelt/kontooppsett/",
        "setup-row": "/oppsett/generelt/kontooppsett/?department=&row=SALES|700||6",
        "departments": "/oppsett/generelt/avdelinger/?department=Bryggen",
        "tills": "/oppsett/integrasjoner/kasser/?register=9",
        "poweroffice": "/oppsett/integrasjoner/poweroffice/",
        **{name: f"/oppgjor/{pk}/" for name, pk in chosen.items() if pk},
    }
    return {name: (root + place, user) for name, place in places.items()}


def _file(company: Company) -> int:
    return IntakeFile.objects.get(company=company).pk


def _settlement(company: Company, state: State, **more: object) -> int | None:
    rows = Export.objects.filter(company=company, state=state, **more)
    return rows.order_by("-pk").values_list("settlement", flat=True).first()


def _empty(company: Company, user: User) -> Pages:
    root = f"/s/{company.org_no}"
    places = {
        "overview": "/oversikt/",
        "settlements": "/oppgjor/",
        "status": "/overforing/status/",
        "upload": "/oppgjor/import/",
        "setup": "/oppsett/generelt/kontooppsett/",
        "departments": "/oppsett/generelt/avdelinger/",
        "tills": "/oppsett/integrasjoner/kasser/",
        "poweroffice": "/oppsett/integrasjoner/poweroffice/",
    }
    return {name: (root + place, user) for name, place in places.items()}


if __name__ == "__main__":
    main(sys.argv[1:])
