"""From one company to another: found by name or number, on the same page, and only one's own."""

import pytest
from django.test import Client

from accounting.company.models import Company
from accounting.company.records import give_role
from accounting.company.roles import Role
from backoffice.models import User
from backoffice.switching import named_like, same_page
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db


def test_a_company_is_found_by_parts_of_its_name_or_number():
    cafe, shop = (
        Company(org_no="923456783", name="Fjordkaffe AS"),
        Company(org_no="999999999", name="Åsens Butikk"),
    )
    both = [cafe, shop]
    assert named_like(both, "") == both
    assert named_like(both, "fjord as") == [cafe]
    assert named_like(both, "åSEN") == [shop]
    assert named_like(both, "923 456") == [cafe]
    assert named_like(both, "kaffe butikk") == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("http://x/s/923456783/overforing/status/?a=1", "/s/999999999/overforing/status/"),
        ("http://x/s/923456783/oppgjor/7/", "/s/999999999/"),
        ("http://x/system/selskaper/923456783/", "/s/999999999/"),
        ("http://x/finnes-ikke/", "/s/999999999/"),
        ("", "/s/999999999/"),
    ],
)
def test_the_other_company_s_page_is_the_same_one_where_it_has_it(here, there):
    assert same_page(here, "999999999") == there


@pytest.fixture
def rolf() -> User:
    """An accountant with twelve clients; a thirteenth is somebody else's."""
    rolf = build.a_person("rolf@example.no", "Rolf R.")
    for i in range(12):
        company = Company.objects.create(
            org_no=f"{900000000 + i}", name=f"Kafé {i:02}", accounting_enabled=True
        )
        give_role(company, rolf, Role.ACCOUNTANT)
    build.a_company(name="Ikke hans AS")
    return rolf


def test_the_switcher_lists_one_s_own_companies_and_leads_to_the_same_page(
    client: Client, rolf: User
):
    client.force_login(rolf)
    here = {"HX-Current-URL": "http://testserver/s/900000003/overforing/status/"}
    page = Page(client, "/bytt/", headers=here)
    assert page.link("Kafé 07") == "/s/900000007/overforing/status/"
    assert "Ikke hans" not in page.source
    assert page.tree.xpath("//input[@type='search']")
    narrowed = Page(client, "/bytt/?q=11", headers=here)
    assert narrowed.link("Kafé 11")
    assert "Kafé 07" not in narrowed.source
    assert "Ingen selskaper heter det." in Page(client, "/bytt/?q=ikke").source


def test_all_companies_stand_in_one_table_each_with_its_state(
    client: Client, rolf: User, django_assert_max_num_queries
):
    client.force_login(rolf)
    with django_assert_max_num_queries(12):
        page = Page(client, "/")
    assert len(page.rows()) == 12
    assert "Ikke koblet til" in page.rows()[0]
    assert "Ikke hans" not in page.source
    assert [row[:7] for row in Page(client, "/?q=kaf%C3%A9+05").rows()] == ["Kafé 05"]


def test_every_page_of_a_company_has_the_switcher(client: Client, rolf: User):
    client.force_login(rolf)
    (switcher,) = Page(client, "/s/900000003/overforing/status/").tree.find_class("switcher")
    assert switcher.get("hx-get") == "/bytt/"
