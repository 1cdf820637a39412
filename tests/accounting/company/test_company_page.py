"""Selskap: what is known of the company, who switched integration, and where the rest stands."""

import pytest
from django.test import Client

from accounting.company.models import Company
from accounting.company.records import switch_accounting
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
HERE = f"/s/{build.ORG_NO}/oppsett/generelt/selskap/"


@pytest.fixture
def company() -> Company:
    return build.a_company()


def test_a_member_reads_what_is_known_and_who_can_change_it(client: Client, company: Company):
    client.force_login(build.an_accountant(company))
    page = Page(client, HERE)
    assert company.name in page.text
    assert "923 456 783" in page.text
    assert "kl. 05.00" in page.text
    assert "Da må SuperAdmin hos leverandøren endre det." in page.text
    assert page.link("Hvem som har tilgang").endswith("/oppsett/tilganger/")


def test_who_switched_integration_last_is_named(client: Client, company: Company):
    switch_accounting(company, on=False, actor=build.a_superadmin())
    client.force_login(build.a_manager(company))
    text = " ".join(Page(client, HERE).text.split())
    assert "Av siden" in text
    assert ", av Support" in text


def test_superadmin_is_led_to_where_it_is_changed(client: Client, company: Company):
    client.force_login(build.a_superadmin())
    assert Page(client, HERE).link("Gå til selskapet i System") == (
        f"/system/selskaper/{company.org_no}/"
    )
