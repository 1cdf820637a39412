"""Every address × GET and POST × eight kinds of people, as access_table.py says; none lacks a line."""

import re
from collections import deque
from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client

from accounting.company.models import Company
from tests import build
from tests.rules.access_table import COMPANY, DOOR, SENT, SYSTEM, expected
from tests.rules.addresses import Address, addresses
from tests.rules.people import (
    PEOPLE,
    UNKNOWN_ORG_NO,
    a_company_with_everything,
    logged_in,
    places_of,
)

pytestmark = pytest.mark.django_db

OURS = {name: address for name, address in addresses().items() if "admin" not in address.route}


class Reading(Client):
    """A client that reads what is streamed to it, so that nothing is left open."""

    def request(self, **asked: object) -> HttpResponseBase:
        answer = super().request(**asked)
        if answer.streaming:
            deque(answer, maxlen=0)
        return answer


@pytest.fixture
def client() -> Client:
    return Reading()


@pytest.fixture
def company(settings) -> Company:
    """A company with one of everything that an address may name; nothing is asked over HTTP."""
    settings.POWEROFFICE_SANDBOX_URL = ""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"  # a third of the time
    cache.clear()
    return a_company_with_everything()


def _ask(client: Client, address: Address, places: dict[str, str]) -> tuple[int, int]:
    """The answers to GET and POST; what they change is taken back, the log-in stands."""
    cookies = client.cookies.copy()
    path, statuses = address.filled(places), []
    for method, sent in ((client.get, None), (client.post, SENT.get(address.name))):
        before = transaction.savepoint()
        statuses.append(method(path, sent).status_code)
        transaction.savepoint_rollback(before)
        client.cookies.clear()
        client.cookies.update(cookies)
    return statuses[0], statuses[1]


def test_every_address_has_its_line() -> None:
    assert OURS.keys() == COMPANY.keys() | SYSTEM.keys() | DOOR.keys()


# `make test` tries the two who stand at either side of the door; `make test-all` all eight.
AT_THE_DOOR = ("stranger", "manager without grant")


def _people(names: Iterable[str]) -> list[object]:
    """Each as a parameter, marked slow unless at the door."""
    return [
        name if name in AT_THE_DOOR else pytest.param(name, marks=pytest.mark.slow)
        for name in names
    ]


@pytest.mark.parametrize("who", _people(PEOPLE))
def test_everybody_gets_what_the_table_says(client: Client, company: Company, who: str) -> None:
    logged_in(client, PEOPLE[who](company))
    places = places_of(company)
    last = ("account_logout",)  # it ends the session that all others stand on
    names = [*(name for name in OURS if name not in last), *last]
    got = {name: _ask(client, OURS[name], places) for name in names}
    assert got == {name: expected(name, who) for name in names}


def test_whoever_is_not_logged_in_is_led_to_log_in(client: Client, company: Company) -> None:
    places = places_of(company)
    for name in (*COMPANY, *SYSTEM):
        answer = client.get(OURS[name].filled(places))
        assert answer.url.startswith("/konto/logg-inn/?next="), name


def test_looking_changes_nothing(client: Client, company: Company) -> None:
    logged_in(client, PEOPLE["manager with grant"](company))
    places = places_of(company)
    written: list[str] = []

    def watched(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watched):
        for name in COMPANY:
            client.get(OURS[name].filled(places))
            assert written == [], name


def test_every_page_of_a_company_has_its_menu(client: Client, company: Company) -> None:
    logged_in(client, PEOPLE["manager with grant"](company))
    places = places_of(company)
    answers = {name: client.get(OURS[name].filled(places)) for name in COMPANY}
    pages = {
        name: answer
        for name, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    }
    assert len(pages) > 15
    assert [name for name, page in pages.items() if 'id="menu"' not in page.content.decode()] == []


def _seen(client: Client, path: str) -> str:
    """What a refused person can read of the answers, without their token and the address asked."""
    answers = [client.get(path), client.post(path)]
    assert [answer.status_code for answer in answers] == [404, 404], path
    text = "".join(answer.content.decode() for answer in answers).replace(path, "")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r'"x-csrftoken": "\w+"', "", text)


@pytest.mark.parametrize("who", _people(["stranger", "withdrawn", "another company's manager"]))
def test_somebody_else_s_company_looks_like_none(
    client: Client, company: Company, who: str
) -> None:
    logged_in(client, PEOPLE[who](company))
    places = places_of(company)
    nowhere = _seen(client, f"/s/{UNKNOWN_ORG_NO}/oversikt/")
    for name in COMPANY:
        for org_no in (company.org_no, UNKNOWN_ORG_NO):
            path = OURS[name].filled(places | {"org_no": org_no})
            assert _seen(client, path) == nowhere, path


def test_system_pages_look_like_none(client: Client, company: Company) -> None:
    logged_in(client, PEOPLE["manager with grant"](company))
    places, nowhere = places_of(company), _seen(client, "/finnes-ikke/")
    for name in SYSTEM:
        assert _seen(client, OURS[name].filled(places)) == nowhere, name


def test_one_company_s_things_do_not_exist_in_another(client: Client, company: Company) -> None:
    logged_in(client, PEOPLE["another company's manager"](company))
    here = places_of(company) | {"org_no": build.OTHER_ORG_NO}
    missing = here | dict.fromkeys(
        ("settlement", "file_id", "token_id", "department", "invitation", "user_id"), "987654"
    )
    names = [name for name in COMPANY if OURS[name].route.count("<") > 1]
    assert len(names) >= 12
    for name in names:
        theirs, none = OURS[name].filled(here), OURS[name].filled(missing)
        for path in (theirs, none):
            post = client.post(path, SENT.get(name)).status_code
            assert post in ((404, 405) if client.get(path).status_code == 404 else (404,)), path


def test_an_open_page_is_of_no_use_once_the_membership_is_withdrawn(
    client: Client, company: Company
) -> None:
    user = PEOPLE["accountant"](company)
    logged_in(client, user)
    page = f"/s/{company.org_no}/oppgjor/"
    assert client.get(page).status_code == 200
    build.company_records.remove_member(company, user)
    for answer in (
        client.get(page),
        client.post(f"/s/{company.org_no}/oppsett/generelt/avdelinger/ny/"),
    ):
        assert (answer.status_code, answer.url[:16]) == (302, "/konto/logg-inn/")
