"""Keys are entered once, and then found nowhere: every place that could hold them is searched."""

import base64
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as house
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounting.company.models import Company
from integrations.exports import tasks
from integrations.exports.models import Connection
from integrations.exports.queries import states
from integrations.exports.states import State
from tests import build
from tests.pages import Page
from tests.sandbox import CREATE, Sandbox, running_sandbox

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

APPLICATION = "canary-application-5f1d6c0b7e"
CLIENT = "canary-client-9a8c3e21d4"
SUBSCRIPTION = "canary-subscription-40b7aa15"
KEYS = {"application_key": APPLICATION, "client_key": CLIENT}
OPENS = {**KEYS, "client_name": "Demo AS"}
ROOT = f"/s/{build.ORG_NO}"
SETTINGS = f"{ROOT}/oppsett/integrasjoner/poweroffice/"


def _forms(text: str) -> Iterator[str]:
    """The text as it is, as a URL has it, and as base64 has it, wherever in a word it begins."""
    yield text
    yield quote(text)
    for before in range(3):
        coded = base64.b64encode(b" " * before + text.encode()).decode()
        yield coded[4:-4]


WRITTEN = (APPLICATION, CLIENT, CLIENT[::-1], SUBSCRIPTION)
CANARIES = {form for key in WRITTEN for form in _forms(key)}


@pytest.fixture(scope="module")
def process() -> Iterator[Sandbox]:
    with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def company(client: Client, process: Sandbox, settings) -> Company:
    process.reset()
    process.seed({"limit": 0})
    settings.POWEROFFICE_SANDBOX_URL = process.url
    settings.POWEROFFICE_ENV = "sandbox"
    settings.POWEROFFICE_SUBSCRIPTION_KEY = SUBSCRIPTION
    settings.EXPORT_CALLS_PER_SECOND = 0
    settings.ADMINS = [("Drift", "drift@example.no")]
    settings.SITE_URL = "https://backoffice.example.no"
    company = build.a_company()
    build.a_confirmed_login(client, build.with_grant(company, build.a_manager(company)))
    return company


@pytest.fixture
def logged(caplog) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged at DEBUG, SQL with its values among it."""
    caplog.set_level(logging.DEBUG)
    for name in ("django", "django.db.backends", "urllib3", "celery", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    connection.force_debug_cursor = True
    yield caplog
    connection.force_debug_cursor = False


def _refused(client: Client, process: Sandbox, settings) -> list[bytes]:
    """Enter the keys where they do not open, where one is missing, and where nobody answers."""
    process.seed({"clients": [OPENS]})
    pages = [client.post(f"{SETTINGS}nokler/", KEYS | {"client_key": CLIENT[::-1]}).content]
    pages.append(client.post(f"{SETTINGS}nokler/", KEYS | {"application_key": ""}).content)
    settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
    pages.append(client.post(f"{SETTINGS}nokler/", KEYS).content)
    settings.POWEROFFICE_SANDBOX_URL = process.url
    assert not Connection.objects.exists()
    return [*pages, _sessions()]


def _connect(client: Client) -> list[bytes]:
    """Enter the keys, see them laid aside, confirm, test, and look at the page."""
    pages = [client.post(f"{SETTINGS}nokler/", KEYS, follow=True).content]
    pages.append(_sessions())
    (about,) = Page(client, f"{SETTINGS}nokler/bekreft/").tree.xpath("//*[@name='about']/@value")
    said_yes = client.post(f"{SETTINGS}nokler/bekreft/", {"about": about}, follow=True)
    pages.append(said_yes.content)
    assert Connection.objects.get().keys.reveal()
    pages.append(client.post(f"{SETTINGS}test/", follow=True).content)
    return [*pages, client.get(SETTINGS).content]


def _sessions() -> bytes:
    return repr([session.get_decoded() for session in Session.objects.all()]).encode()


def _exported(company: Company, client: Client, process: Sandbox) -> list[bytes]:
    """Send a day as it should be, and one whose answer is lost."""
    build.the_suggested_setup(company)
    build.exports.set_export_start(company, "poweroffice", build.DAY)
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    build.run_at_once(company)
    tasks.tick()
    process.faults([{"call": CREATE, "fault": "lose-answer-after-commit"}])
    build.a_settlement(company, cash="90.00", sales={"31": "90.00"}, register="2")
    build.run_at_once(company)
    tasks.tick()
    process.faults([])
    assert states(company) == {State.SENT: 1, State.UNCERTAIN: 1}
    places = ("oversikt/", "oppgjor/", "overforing/status/", "logg/")
    return [client.get(f"{ROOT}/{place}").content for place in places]


def _delivered(client: Client, settings) -> tuple[str, list[bytes]]:
    """Make a till's key, deliver with it well and badly, and look at every page that tells of it."""
    here = f"{ROOT}/oppsett/integrasjoner/kasser/levering/"
    made = client.post(f"{here}ny/", {"label": "Kasse 1"}).content.decode()
    key = re.search(r"kasse_[\w-]{43}", made)
    assert key is not None
    machine = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {key[0]}"}
    pages = [machine.post("/api/v1/saft", b"<a/>", "text/xml", headers=headers).content]
    pages.append(machine.get("/api/v1/saft", headers=headers).content)
    pages.append(machine.post("/api/v1/saft", {"saft": "x"}, headers=headers).content)
    kept, settings.INTAKE_DIR = settings.INTAKE_DIR, Path("/dev/null/nowhere")
    for debug in (False, True):
        settings.DEBUG = debug
        broken = machine.post("/api/v1/saft", b"<b/>", "text/xml", headers=headers)
        assert broken.status_code == 500
        pages.append(broken.content)
    settings.DEBUG, settings.INTAKE_DIR = False, kept
    places = (here, f"{ROOT}/oppgjor/import/", f"{ROOT}/logg/", "/admin/pos/intaketoken/")
    return key[0], [*pages, *(client.get(place).content for place in places)]


def _errors(client: Client, settings) -> list[bytes]:
    """The keys are entered when sealing fails: the error page of production, and that of DEBUG."""
    client.raise_request_exception = False
    settings.FIELD_KEYS = []
    pages = []
    for debug in (False, True):
        settings.DEBUG = debug
        pages.append(client.post(f"{SETTINGS}nokler/", KEYS).content)
        settings.DEBUG = False
    assert b"FIELD_KEYS is empty" in pages[1], "the report is the one meant"
    return pages


def _admin(settings) -> list[bytes]:
    support = Client()
    build.a_confirmed_login(support, build.User.objects.get(email="support@example.no"))
    row = Connection.objects.get()
    places = (
        "/admin/exports/connection/",
        f"/admin/exports/connection/{row.pk}/change/",
        f"/admin/exports/connection/{row.pk}/history/",
        "/admin/company/auditentry/",
        SETTINGS,
        "/system/",
    )
    return [support.get(place, follow=True).content for place in places]


def _database() -> str:
    """Every value of every table, as a dump would hold it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


def _payloads() -> str:
    """What lies in the broker after the tick was asked for."""
    tasks.tick.delay()
    if not house.CELERY_BROKER_URL.startswith("filesystem:"):
        return repr(tasks.tick.s())
    files = [path for path in (Path(house.VAR_DIR) / "celery").rglob("*") if path.is_file()]
    bodies = [json.loads(path.read_text())["body"] for path in files if path.suffix == ".msg"]
    assert bodies
    return "\n".join([*(path.read_text() for path in files), *map(str, map(_opened, bodies))])


def _opened(body: str) -> bytes:
    return base64.b64decode(body)


def test_the_canary_is_found_nowhere(client, company, process, settings, logged) -> None:
    searched: dict[str, str] = {}

    searched["refused"] = _text(_refused(client, process, settings))
    searched["pages"] = _text(_connect(client))
    searched["exporting"] = _text(_exported(company, client, process))
    searched["admin"] = _text(_admin(settings))
    searched["payloads"] = _payloads()
    till, delivered = _delivered(client, settings)
    searched["delivering"] = _text(delivered)
    keys = settings.FIELD_KEYS
    searched["errors"] = _text(_errors(client, settings))
    settings.FIELD_KEYS = keys
    searched["database"] = _database()
    searched["sessions"] = _sessions().decode()
    searched["letters"] = "\n".join(
        str(part) for letter in mail.outbox for part in (letter.message(), letter.alternatives)
    )
    searched["log"] = logged.text + repr([record.__dict__ for record in logged.records])
    with pytest.raises(CommandError):
        call_command("dumpdata", "exports.connection")

    canaries = CANARIES | set(_forms(till))
    found = {
        place: canary for place, text in searched.items() for canary in canaries if canary in text
    }
    assert found == {}
    assert len(mail.outbox) >= 1, "the administrators were written to"
    assert "INSERT INTO" in searched["log"]
    assert "POST /OAuth/Token" in searched["log"]


def _text(pages: list[bytes]) -> str:
    return b"\n".join(pages).decode()
