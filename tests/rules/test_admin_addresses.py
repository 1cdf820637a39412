"""Django's admin site is SuperAdmin's alone: every one of its addresses, everybody, GET and POST.

What SuperAdmin may do there is held by the tests of the admin site itself.
"""

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.test import Client, RequestFactory
from django.urls import resolve

from accounting.company.models import Company
from tests.rules.addresses import addresses
from tests.rules.people import PEOPLE, a_company_with_everything, logged_in, places_of

pytestmark = pytest.mark.django_db

LOG_IN = {"admin:login", "admin/login/"}
OPEN = LOG_IN | {"admin:logout"}  # logging out is for everybody
ADMIN = {
    name: address
    for name, address in addresses().items()
    if address.route.startswith("admin/") and name not in OPEN
}
OTHERS = [who for who in PEOPLE if who not in {"anonymous", "superadmin"}]


@pytest.fixture
def company() -> Company:
    """A company with one of everything."""
    return a_company_with_everything()


def test_there_is_an_admin_site() -> None:
    assert len(ADMIN) > 100


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_superadmin_gets_in(company: Company, who: str) -> None:
    """Each view itself is asked, with its own guard on: there are too many for whole requests."""
    user, places, ask = PEOPLE[who](company), places_of(company), RequestFactory()
    for name, address in ADMIN.items():
        path = address.filled(places)
        view = resolve(path)
        for request in (ask.get(path), ask.post(path)):
            request.user, request.session = user, SessionStore()
            request._messages = FallbackStorage(request)
            request._dont_enforce_csrf_checks = True
            answer = view.func(request, *view.args, **view.kwargs)
            assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={path}"), name


def test_the_admin_s_own_log_in_lets_nobody_else_in(client: Client, company: Company) -> None:
    places = places_of(company)
    for name in LOG_IN:
        path = addresses()[name].filled(places)
        assert client.get(path).url.startswith("/konto/logg-inn/")
    logged_in(client, PEOPLE["manager with grant"](company))
    assert client.get("/admin/login/").status_code == 403
    assert client.post("/admin/login/").status_code == 403


def test_whoever_is_not_logged_in_is_led_to_log_in(client: Client, company: Company) -> None:
    places = places_of(company)
    for name, address in ADMIN.items():
        for method in (client.get, client.post):
            answer = method(address.filled(places))
            assert (answer.status_code, answer.url[:14]) == (302, "/admin/login/?"), name


@pytest.mark.slow
def test_superadmin_reads_and_changes_nothing_but_people(client: Client, company: Company) -> None:
    logged_in(client, PEOPLE["superadmin"](company))
    places = places_of(company)
    got: dict[str, set[int]] = {}
    for name, address in ADMIN.items():
        kind = name.rsplit("_", 1)[-1] if name.startswith("admin:") else "object"
        if "user" not in name:
            got.setdefault(kind, set()).add(client.post(address.filled(places)).status_code)
    assert got["add"] == got["delete"] == {403}
    assert got["change"] <= {403, 200}
