"""Departments and tills: linking, adding, placing, and where fix links land."""

import pytest
from django.db import connection
from django.test import Client

from accounting.books.queries import SetupReader
from accounting.company.models import Company
from accounting.company.records import archive_department
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
    return company


def test_a_department_is_linked_to_one_of_theirs(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum")
    page = Page(client, f"{DEPARTMENTS}?department=Sentrum")
    field = page.focused()
    assert page.tree.xpath("//tr[@class='pointed']//select") == [field]

    client.post(DEPARTMENTS, {field.get("name"): "10"})

    centre.refresh_from_db()
    assert centre.remote_code == "10"
    assert company.audit.filter(action="department-linked").count() == 1


def test_saving_what_is_already_so_changes_nothing(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    before = company.audit.count()
    client.post(DEPARTMENTS, {f"row-{centre.pk}": "10"})
    assert company.audit.count() == before


def test_a_department_that_is_not_theirs_is_refused(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    answer = client.post(DEPARTMENTS, {f"row-{centre.pk}": "77"})
    centre.refresh_from_db()
    assert (answer.status_code, centre.remote_code) == (200, "10")


def test_links_are_saved_all_or_none(client: Client, company: Company) -> None:
    first, second = build.a_department(company, "Sentrum"), build.a_department(company, "Torget")

    def fail(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and second.pk in params and "20" in params:
            raise OSError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(OSError, match="disk"):
        client.post(DEPARTMENTS, {f"row-{first.pk}": "10", f"row-{second.pk}": "20"})
    first.refresh_from_db()
    assert first.remote_code == ""


def test_an_empty_name_is_said_the_same_way_everywhere(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum")
    for address in (f"{DEPARTMENTS}ny/", f"{DEPARTMENTS}{centre.pk}/"):
        answer = client.post(address, {"name": " "}).content.decode()
        assert "Skriv navnet." in answer
        assert "påkrevet" not in answer


def test_what_is_not_in_the_list_is_said_in_our_words(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    answer = client.post(DEPARTMENTS, {f"row-{centre.pk}": "77"}).content.decode()
    assert "Velg en avdeling fra listen." in answer
    assert "tilgjengelige valgene" not in answer


def test_a_department_is_added(client: Client, company: Company) -> None:
    client.post(f"{DEPARTMENTS}ny/", {"name": " Torget ", "remote_code": "20"})
    torget = company.departments.get()
    assert (torget.name, torget.remote_code) == ("Torget", "20")


def test_a_name_that_is_taken_is_said_at_the_field(client: Client, company: Company) -> None:
    build.a_department(company, "Torget")
    answer = client.post(f"{DEPARTMENTS}ny/", {"name": "Torget"})
    assert "Avdelingen «Torget» finnes allerede." in answer.content.decode()
    assert company.departments.count() == 1


def test_without_a_chart_the_page_says_where_to_fetch_it(client: Client) -> None:
    company = build.a_company(build.OTHER_ORG_NO)
    client.force_login(build.a_manager(company, "ola@example.no"))
    page = Page(client, DEPARTMENTS.replace(build.ORG_NO, build.OTHER_ORG_NO))
    assert page.link("Gå til PowerOffice Go").endswith("/oppsett/integrasjoner/")


def test_a_till_is_given_its_department(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, register="9")
    page = Page(client, f"{TILLS}?register=9")

    client.post(TILLS, {page.focused().get("name"): centre.pk})

    assert company.registers.get().department == centre


def test_another_company_s_department_cannot_be_chosen(client: Client, company: Company) -> None:
    build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, register="9")
    till = company.registers.get()
    theirs = build.a_department(build.a_company(build.OTHER_ORG_NO), "Andre")
    answer = client.post(TILLS, {f"row-{till.pk}": theirs.pk})
    till.refresh_from_db()
    assert (answer.status_code, till.department) == (200, None)


def test_before_the_first_file_there_are_no_tills(client: Client, company: Company) -> None:
    assert "De kommer med den første filen" in Page(client, TILLS).text


def test_a_department_is_given_another_name(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum")
    build.a_department(company, "Torget")
    place = f"{DEPARTMENTS}{centre.pk}/"
    assert "finnes allerede" in client.post(place, {"name": "Torget"}).content.decode()
    client.post(place, {"name": " Bryggen "})
    centre.refresh_from_db()
    assert centre.name == "Bryggen"
    noted = company.audit.get(action="department-renamed")
    assert (noted.before, noted.after) == ({"name": "Sentrum"}, {"name": "Bryggen"})


def test_before_archiving_the_page_says_what_points_there(client: Client, company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    build.the_suggested_setup(company, centre)
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, register="9")
    page = Page(client, f"{DEPARTMENTS}{centre.pk}/")
    assert "Én kasse : 9" in page.text or "Én kasse: 9" in page.text
    assert f"{centre.setupentry_set.count()} egne linjer i Kontooppsett" in page.text
    assert "Ett oppgjør" in page.text


def test_an_archived_department_is_not_offered_and_can_be_taken_back(
    client: Client, company: Company
) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    client.post(f"{DEPARTMENTS}{centre.pk}/arkiver/")
    centre.refresh_from_db()
    assert centre.archived_at
    assert Page(client, DEPARTMENTS).tree.xpath("//select[contains(@name, 'row-')]") == []
    answer = client.post(f"{DEPARTMENTS}ny/", {"name": "Sentrum"})
    assert "Avdelingen «Sentrum» er arkivert." in answer.content.decode()
    client.post(f"{DEPARTMENTS}{centre.pk}/ta-i-bruk/")
    centre.refresh_from_db()
    assert centre.archived_at is None


def test_what_an_archived_department_s_till_took_is_still_booked_there(company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    build.the_suggested_setup(company)
    build.a_settlement(
        company, cash="100.00", sales={"31": "100.00"}, register="9", department=centre
    )
    archive_department(centre)
    company.refresh_from_db()
    setup = SetupReader(company).for_register(company.registers.get())
    assert (setup.department, setup.department_code, setup.decided) == ("Sentrum", "10", True)


def test_a_company_says_that_it_has_no_departments(client: Client, company: Company) -> None:
    assert "Vi har ingen avdelinger" in Page(client, DEPARTMENTS).text
    client.post(f"{DEPARTMENTS}ingen/")
    assert "Alt bokføres uten avdeling." in Page(client, DEPARTMENTS).text
    build.a_department(company, "Sentrum")
    assert "har avdelinger" in client.post(f"{DEPARTMENTS}ingen/", follow=True).content.decode()


def test_a_till_seen_for_the_first_time_asks_for_its_department(
    client: Client, company: Company
) -> None:
    build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, register="9")
    page = Page(client, DEPARTMENTS)
    assert "Kasse 9 er ny og mangler avdeling." in page.text
    assert Page(client, page.link("Velg avdeling")).focused().tag == "select"
    assert "Én kasse mangler avdeling." in Page(client, TILLS).text
