"""Every company's health in one row each, in the same few queries however many they are."""

from datetime import date, timedelta

import pytest

from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.pages.headline import Kind, headline
from integrations.exports.pages.health import Health, health_of
from integrations.exports.states import Sent, State, Unknown
from tests import build

pytestmark = pytest.mark.django_db


def of(company: Company) -> Health:
    (health,) = health_of([company], build.NOW)
    return health


def test_a_new_company_is_not_connected():
    health = of(build.a_company())
    assert (health.kind, health.connected, health.start) == (Kind.NOT_CONNECTED, False, None)
    assert (health.stopped, health.uncertain, health.waiting, health.sent) == (0, 0, 0, 0)


def test_a_connection_without_a_first_day():
    company = build.a_company()
    build.a_connection(company, start=None)
    health = of(company)
    assert (health.kind, health.client_name) == (Kind.NO_START, "Fjordkaffe AS")


def test_what_is_sent_since_five_this_morning_is_counted():
    company = build.a_company()
    at_five = build.NOW.replace(hour=5)
    build.ended(build.a_ready_export(company), Sent("1"), at_five)
    sales = {"31": "100.00"}
    before = {"day": date(2026, 11, 20), "cash": "100.00", "sales": sales, "register": "2"}
    early = build.a_ready_export(company, **before)
    build.ended(early, Sent("2"), at_five - timedelta(minutes=1))
    health = of(company)
    assert (health.kind, health.sent, health.oldest_unsent) == (Kind.ALL_WELL, 1, None)


def test_the_oldest_day_that_is_not_over_there_and_why():
    company = build.a_company()
    for back in (3, 1, 2):
        build.a_ready_export(
            company,
            day=build.DAY - timedelta(days=back),
            register=str(back),
            cash="100.00",
            sales={"31": "100.00"},
        )
    oldest, middle, _newest = build.built(company)
    build.ended(middle, Unknown())
    Export.objects.filter(pk=oldest.pk).update(state=State.BLOCKED)
    health = of(company)
    assert health.oldest_unsent == build.DAY - timedelta(days=3)
    assert (health.stopped, health.uncertain, health.waiting) == (1, 1, 1)
    assert health.kind == Kind.STOPPED


def test_it_says_what_the_company_s_own_front_page_says():
    company = build.a_company()
    assert of(company).kind == headline(company, build.NOW).kind
    build.a_ready_export(company)
    assert of(company).kind == headline(company, build.NOW).kind == Kind.UNDERWAY
    Company.objects.update(accounting_enabled=False)
    company.refresh_from_db()
    assert of(company).kind == headline(company, build.NOW).kind == Kind.NOT_CONNECTED


@pytest.mark.parametrize("number", [1, 12])
def test_many_companies_cost_no_more_than_one(number, django_assert_num_queries):
    for i in range(number):
        company = Company.objects.create(org_no=f"{900000000 + i}", name=f"Kafé {i:02}")
        build.a_connection(company)
    with django_assert_num_queries(5):
        rows = health_of(Company.objects.order_by("name"), build.NOW)
    assert len(rows) == number


def test_no_key_is_read():
    company = build.a_company()
    build.a_connection(company)
    assert "7a3f" not in repr(of(company))
