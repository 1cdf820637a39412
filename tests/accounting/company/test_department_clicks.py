"""Departments and tills when two people, or two clicks, meet: nothing is overwritten, nothing fails."""

import pytest
from django.test import Client

from accounting.company.models import Company, Register
from accounting.company.records import link_department, place_register
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
ROOT = f"/s/{build.ORG_NO}/oppsett"
DEPARTMENTS, TILLS = f"{ROOT}/generelt/avdelinger/", f"{ROOT}/integrasjoner/kasser/"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    build.a_chart(company)
    build.a_department(company, "Sentrum")
    build.a_department(company, "Torget")
    return company


@pytest.fixture
def tills(company: Company) -> tuple[Register, Register]:
    """Two tills, both in Sentrum."""
    centre = company.departments.get(name="Sentrum")
    for till in ("1", "2"):
        build.a_settlement(
            company, cash="100.00", sales={"31": "100.00"}, register=till, department=centre
        )
    first, second = company.registers.order_by("till_id")
    return first, second


def fields(page: Page) -> dict[str, str]:
    """What the page's form sends when nothing is touched."""
    form = page.tree.xpath("//form[.//table]")[0]
    return {name: value or "" for name, value in form.form_values()}


def at(till: Register) -> str:
    till.refresh_from_db()
    assert till.department
    return till.department.name


def test_an_old_page_puts_no_till_back(client: Client, company: Company, tills) -> None:
    first, second = tills
    torget = company.departments.get(name="Torget")
    old = fields(Page(client, TILLS))
    place_register(second, torget)
    client.post(TILLS, {**old, f"row-{first.pk}": torget.pk})
    assert (at(first), at(second)) == ("Torget", "Torget")


def test_a_till_that_two_people_move_is_asked_about(
    client: Client, company: Company, tills
) -> None:
    first, _second = tills
    torget, bryggen = company.departments.get(name="Torget"), build.a_department(company, "Bryggen")
    old = fields(Page(client, TILLS))
    place_register(first, torget)
    mine = {**old, f"row-{first.pk}": str(bryggen.pk)}
    answer = client.post(TILLS, mine).content.decode()
    assert "Noen andre har endret linjen imens." in answer
    assert at(first) == "Torget"
    assert f'name="sett-{first.pk}" value="{torget.pk}"' in answer
    client.post(TILLS, {**mine, f"sett-{first.pk}": str(torget.pk)})
    assert at(first) == "Bryggen"


def test_an_old_page_unlinks_no_department(client: Client, company: Company) -> None:
    centre, torget = company.departments.order_by("name")
    old = fields(Page(client, DEPARTMENTS))
    link_department(torget, "20")
    client.post(DEPARTMENTS, {**old, f"row-{centre.pk}": "10"})
    linked = company.departments.order_by("name").values_list("remote_code", flat=True)
    assert list(linked) == ["10", "20"]


def test_archiving_a_department_with_tills_names_them_and_asks(
    client: Client, company: Company, tills
) -> None:
    centre = company.departments.get(name="Sentrum")
    address = f"{DEPARTMENTS}{centre.pk}/arkiver/"
    answer = client.post(address).content.decode()
    assert "Kassene 1, 2 bokføres fortsatt på avdelingen" in answer
    assert "Kryss av hvis kassene skal bli stående." in answer
    centre.refresh_from_db()
    assert centre.archived_at is None
    assert client.post(address, {"anyway": "on"}).url == DEPARTMENTS
    centre.refresh_from_db()
    assert centre.archived_at


def test_a_second_click_is_told_that_it_is_done(client: Client, company: Company) -> None:
    centre = company.departments.get(name="Sentrum")
    here = f"{DEPARTMENTS}{centre.pk}"
    client.post(f"{here}/arkiver/")
    again = client.post(f"{here}/arkiver/", follow=True)
    assert "Avdelingen «Sentrum» er arkivert fra før." in again.content.decode()
    client.post(f"{here}/ta-i-bruk/")
    again = client.post(f"{here}/ta-i-bruk/", follow=True)
    assert "Avdelingen «Sentrum» er i bruk fra før." in again.content.decode()
    assert company.audit.filter(subject="Sentrum", action__endswith="ed").count() == 3
