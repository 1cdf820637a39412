"""every_page.py is what it says: no page of the house is left out of the screenshots and of axe.

The pages are the resolver's: an address that answers to GET is shown, or stands below with its reason.
"""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from backoffice.models import User
from tests import build
from tests.browser.every_page import every_page
from tests.browser.opened import OPENED
from tests.rules.access_table import COMPANY, DOOR, SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NO_PAGE = {
    "company": "leads on to the overview",
    "exports:connection": "leads on to the provider's page",
    "exports:z_report": "a file to download",
    "exports:history_xlsx": "a file to download",
    "exports:history_csv": "a file to download",
    "exports:history_pdf": "a file to download",
    "system:root": "leads on to the companies",
    "account_set_password": "leads on: everybody here has a password",
    "open_invitation": "leads on to the invitation",
    "favicon": "a picture",
    "health": "JSON",
    "ready": "JSON",
    "metrics": "for machines",
    "api_saft": "for machines",
    "books:row_check": "a part of a row, in test_setup",
    "switcher": "a part of the bar, which the page «switcher» opens",
}
# Where a form is sent: a GET leads to the page that has the form.
FORMS = {
    "company:add_department",
    "company:archive_department",
    "exports:acknowledge",
    "exports:bulk",
    "exports:choose_receipt",
    "exports:close_day",
    "exports:count_cash",
    "exports:leave_out",
    "people:ask",
    "people:invite",
    "poweroffice:chart",
    "poweroffice:frequency",
    "poweroffice:pause",
    "poweroffice:recipients",
    "system:approve",
    "system:decline",
    "system:grant",
    "system:invite",
    "system:invite_support",
    "system:role",
}
SEEN_ELSEWHERE = {
    "poweroffice:whose": "needs a PowerOffice Go that answers: test_connection",
    "mfa_authenticate": "between password and code: the page «door-code» ends there",
}
STATUS = {
    "error-404": 404,
    "error-403": 403,
    "error-429": 429,
    "error-500": 500,
    "accountant-keys": 403,
}


@pytest.fixture(autouse=True)
def _shown(settings, tmp_path) -> None:
    settings.INTAKE_DIR, settings.ROOT_URLCONF = tmp_path, "tests.browser.seldom_urls"


def test_no_page_is_left_out_and_none_leads_elsewhere() -> None:
    seen: set[str] = set()
    wrong: dict[str, str] = {}
    pages = every_page()
    for name, (address, user) in pages.items():
        client = Client(raise_request_exception=False)
        if user:
            build.a_confirmed_login(client, User.objects.get(pk=user.pk))
        answer = client.get(address, follow=True)
        asked, came_to = _view(address), _view(answer.request["PATH_INFO"])
        seen.add(came_to)
        if answer.status_code != STATUS.get(name, 200):
            wrong[name] = str(answer.status_code)
        elif asked not in (came_to, "open_invitation"):
            wrong[name] = f"leads to {came_to}"
    assert wrong == {}
    assert OPENED.keys() <= pages.keys()
    table = {**COMPANY, **SYSTEM, **DOOR}
    wanted = {name for name, (get, _post) in table.items() if _answers(get)}
    assert wanted - seen == NO_PAGE.keys() | SEEN_ELSEWHERE.keys() | FORMS


def _view(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _answers(get: int | tuple[int, ...]) -> bool:
    return any(each not in (403, 405) for each in (get if isinstance(get, tuple) else (get,)))
