"""Every address under /s/<company>/ × every role, in one table; an address that lacks a line fails."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounting.books.models import Receipt
from accounting.company.models import Company
from backoffice.models import User
from integrations.pos.models import IntakeFile
from tests import build

pytestmark = pytest.mark.django_db

# What manager, accountant and SuperAdmin get, in that order: GET of a page, POST of an act. A stranger
# always gets 404 and nobody logged in is led to log in.
OPEN, MANAGER_ONLY = (200, 200, 200), (200, 403, 403)
ON, ON_MANAGER = (302, 302, 302), (302, 403, 403)
TABLE: dict[str, tuple[str, tuple[int, int, int]]] = {
    "company": ("GET", ON),
    "company:departments": ("GET", OPEN),
    "company:add_department": ("POST", OPEN),
    "company:tills": ("GET", OPEN),
    "books:account_setup": ("GET", OPEN),
    "pos:upload": ("GET", OPEN),
    "pos:file": ("GET", OPEN),
    "exports:overview": ("GET", OPEN),
    "exports:settlements": ("GET", OPEN),
    "exports:settlement": ("GET", OPEN),
    "exports:send_again": ("POST", ON),
    "exports:look_again": ("POST", ON),
    "exports:leave_out": ("POST", OPEN),
    "exports:acknowledge": ("POST", ON),
    "exports:count_cash": ("POST", ON),
    "exports:receipt": ("GET", OPEN),
    "exports:choose_receipt": ("POST", ON),
    "exports:status": ("GET", OPEN),
    "exports:connection": ("GET", ON),
    "poweroffice:settings": ("GET", OPEN),
    "poweroffice:keys": ("POST", MANAGER_ONLY),
    "poweroffice:chart": ("POST", OPEN),
    "poweroffice:frequency": ("POST", MANAGER_ONLY),
    "poweroffice:first_day": ("POST", MANAGER_ONLY),
}
# Answering GET there would change something.
ACTS = {name for name, (method, _) in TABLE.items() if method == "POST"}
# What an act must be sent to be done at all.
SENT = {"exports:choose_receipt": {"version": "1", "reason": "Den første"}}
ROLES = ("manager", "accountant", "superadmin")


def _patterns(resolver: URLResolver, route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", here
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _patterns(pattern, here, inner)


def _company_addresses() -> dict[str, str]:
    found = dict(_patterns(get_resolver()))
    return {name: f"/{route}" for name, route in found.items() if route.startswith("s/")}


def _address(name: str, company: Company) -> str:
    values = {
        "org_no": company.org_no,
        "settlement": str(company.settlements.get().pk),
        "nr": "1000",
        "file_id": str(IntakeFile.objects.get(company=company).pk),
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: values[m[1]], _company_addresses()[name])


def _ask(client: Client, name: str, company: Company) -> int:
    address = _address(name, company)
    if name in ACTS:
        return client.post(address, SENT.get(name)).status_code
    return client.get(address).status_code


@pytest.fixture
def company(settings) -> Company:
    """A company with one of everything that an address may name."""
    settings.POWEROFFICE_SANDBOX_URL = ""  # nothing is asked over HTTP
    company = build.a_company()
    build.a_ready_export(company)
    _again(Receipt.objects.get())
    IntakeFile.objects.create(
        company=company, sha256="0" * 64, name="a.xml", size=1, received_at=build.NOW
    )
    return company


def _again(receipt: Receipt) -> None:
    """The same receipt once more, so that there is something to choose between."""
    receipt.pk, receipt.version, receipt.in_use, receipt.undecided = None, 2, False, True
    receipt.save()


def _person(role: str, company: Company) -> User:
    make = {"manager": build.a_manager, "accountant": build.an_accountant}
    return make[role](company) if role in make else build.a_superadmin()


def test_the_table_names_every_address() -> None:
    assert _company_addresses().keys() == TABLE.keys()


@pytest.mark.parametrize(("place", "role"), list(enumerate(ROLES)))
def test_each_role_gets_what_the_table_says(
    client: Client, company: Company, place: int, role: str
) -> None:
    client.force_login(_person(role, company))
    got = {name: _ask(client, name, company) for name in TABLE}
    assert got == {name: statuses[place] for name, (_, statuses) in TABLE.items()}


def test_for_a_stranger_nothing_exists(client: Client, company: Company) -> None:
    client.force_login(build.a_stranger())
    assert {name: _ask(client, name, company) for name in TABLE} == dict.fromkeys(TABLE, 404)


def test_whoever_is_not_logged_in_is_led_to_log_in(client: Client, company: Company) -> None:
    for name in TABLE:
        address = _address(name, company)
        answer = client.post(address) if name in ACTS else client.get(address)
        assert answer.status_code == 302, name
        assert answer.url.startswith("/konto/logg-inn/"), name


def test_an_act_is_not_done_by_looking(client: Client, company: Company) -> None:
    client.force_login(build.a_manager(company))
    assert {client.get(_address(name, company)).status_code for name in ACTS} == {405}


def test_one_company_s_things_do_not_exist_in_another(client: Client, company: Company) -> None:
    stranger = build.a_stranger()
    client.force_login(stranger)
    names = [name for name in TABLE if _company_addresses()[name].count("<") > 1]
    assert len(names) >= 9
    for name in names:
        own = _address(name, company).replace(company.org_no, build.OTHER_ORG_NO)
        answer = client.post(own) if name in ACTS else client.get(own)
        assert answer.status_code == 404, name
