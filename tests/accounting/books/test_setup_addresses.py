"""Kontooppsett's addresses and its form as somebody else may send them: made up, old, out of date."""

import pytest
from django.test import Client

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from accounting.company.records import rename_department
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"
FOOD = RuleKey(Role.SALES, vat_code="31")


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


@pytest.mark.parametrize("own", ["x" * 36, "x\0", "x" * 500])
def test_a_row_that_no_till_can_have_is_refused(client: Client, company: Company, own: str) -> None:
    posted = {f"konto:SALES|{own}||3": "3000", f"mva:SALES|{own}||3": "3"}
    assert client.post(SETUP, posted).status_code == 400
    assert not company.setup_entries.exists()


@pytest.mark.parametrize("code", ["1234567890", "3\0"])
def test_a_code_that_no_list_has_is_refused(client: Client, company: Company, code: str) -> None:
    for key in (f"SALES||{code}|3", f"SALES|||{code}"):
        posted = {f"konto:{key}": "3000", f"mva:{key}": "3"}
        assert client.post(SETUP, posted).status_code == 400, key


def test_a_department_renamed_meanwhile_is_saved_all_the_same(
    client: Client, company: Company
) -> None:
    torget = build.a_department(company, "Torget")
    page = Page(client, f"{SETUP}?avdeling={torget.pk}")
    rename_department(torget, "Torgallmenningen")
    posted = {f"konto:{FOOD}": "3030", f"mva:{FOOD}": "31"}
    answer = client.post(page.answer.wsgi_request.get_full_path(), posted)
    assert answer.url == f"{SETUP}?avdeling={torget.pk}&lagret=1"
    assert company.setup_entries.get().department == torget


def test_a_fix_link_s_name_leads_to_the_department_s_own_address(
    client: Client, company: Company
) -> None:
    torget = build.a_department(company, "Torget")
    answer = client.get(f"{SETUP}?department=Torget&row={FOOD}&vis=mangler")
    assert answer.status_code == 302
    assert answer.url == f"{SETUP}?avdeling={torget.pk}&row=SALES%7C%7C%7C31&vis=mangler"
    for wrong in ("department=Torg", "avdeling=987654", "avdeling=" + "9" * 30, "avdeling=Torget"):
        assert client.get(f"{SETUP}?{wrong}").status_code == 404, wrong


def test_the_switch_between_departments_names_them_by_number(
    client: Client, company: Company
) -> None:
    torget, centre = build.a_department(company, "Torget"), build.a_department(company, "Sentrum")
    save_setup(company, centre, {FOOD: Rule("3030", "31")})
    page = Page(client, f"{SETUP}?avdeling={torget.pk}")
    offered = page.tree.xpath("//select[@name='avdeling']/option/@value")
    assert offered == ["", str(centre.pk), str(torget.pk)]
    assert "Torget" in page.tree.xpath("//select[@name='avdeling']/option[@selected]/text()")[0]
