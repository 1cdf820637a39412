"""Names and organisation numbers as people type them, at the form, in the records and side by side."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from accounting.company import records
from accounting.company.models import Company
from accounting.company.names import folded, tidy
from accounting.company.records import Refused
from tests import build

DEPARTMENTS = f"/s/{build.ORG_NO}/oppsett/generelt/avdelinger/"
UNSEEN = ["\u200b", "Torg\u200bet", "\u202etegroT", "Tor\x00get", "Tor\x07get", "\ufeffTorget"]
SAME = ["Torget", "TORGET", "torget", " Torget ", "Torget\u00a0"]


@pytest.fixture
def company(db: None) -> Company:
    return build.a_company()


@pytest.mark.parametrize("name", [*UNSEEN, "–", "x" * 101])
def test_a_name_that_nobody_can_read_is_no_department_s(company: Company, name: str) -> None:
    centre = build.a_department(company, "Sentrum")
    with pytest.raises(Refused, match="Navnet"):
        records.add_department(company, name)
    with pytest.raises(Refused, match="Navnet"):
        records.rename_department(centre, name)
    assert [department.name for department in company.departments.all()] == ["Sentrum"]


@pytest.mark.parametrize("name", [*UNSEEN, "–", "x" * 201])
def test_a_name_that_nobody_can_read_is_no_company_s(db: None, name: str) -> None:
    with pytest.raises(Refused, match="Navnet"):
        records.create_company(build.ORG_NO, name)
    assert not Company.objects.exists()


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_wrong_with_a_name_is_said_at_its_field(
    client: Client, company: Company, name: str
) -> None:
    client.force_login(build.a_manager(company))
    answer = client.post(f"{DEPARTMENTS}ny/", {"name": name}).content.decode()
    assert 'href="#id_name"' in answer
    assert not company.departments.exists()


@pytest.mark.parametrize("name", SAME)
def test_two_departments_read_as_one_are_refused(company: Company, name: str) -> None:
    build.a_department(company, "Torget")
    centre = build.a_department(company, "Sentrum")
    with pytest.raises(Refused, match="«Torget» finnes allerede"):
        records.add_department(company, name)
    with pytest.raises(Refused, match="«Torget» finnes allerede"):
        records.rename_department(centre, name)
    assert company.departments.count() == 2


def test_letters_composed_and_apart_are_the_same_name(company: Company) -> None:
    records.add_department(company, "A\u030asane")
    assert company.departments.get().name == "\u00c5sane"
    with pytest.raises(Refused, match="finnes allerede"):
        records.add_department(company, "\u00e5sane")
    assert tidy(" Torget \u00a0 nord ") == "Torget nord"
    assert folded("STRASSE") == folded("Straße")


def test_a_department_may_change_the_size_of_its_own_letters(company: Company) -> None:
    torget = build.a_department(company, "torget")
    records.rename_department(torget, "Torget")
    assert company.departments.get().name == "Torget"


def test_another_company_may_have_the_name(company: Company) -> None:
    build.a_department(company, "Torget")
    assert records.add_department(build.a_company(build.OTHER_ORG_NO), "Torget").name == "Torget"


@pytest.mark.parametrize(
    "typed", ["NO 923 456 783 MVA", "923456783MVA", "no923456783mva", " 923 456 783 "]
)
def test_a_vat_number_is_the_organisation_number_too(client: Client, db: None, typed: str) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    client.post("/system/selskaper/nytt/", {"org_no": typed, "name": "Fjordkaffe AS"})
    assert Company.objects.get().org_no == "923456783"


def test_nine_noughts_are_no_organisation_number(client: Client, db: None) -> None:
    with pytest.raises(Refused):
        records.create_company("000000000", "Fjordkaffe AS")
    build.a_confirmed_login(client, build.a_superadmin())
    typed = {"org_no": "000000000", "name": "Fjordkaffe AS"}
    answer = client.post("/system/selskaper/nytt/", typed).content.decode()
    assert 'href="#id_org_no"' in answer
    assert not Company.objects.exists()


@pytest.mark.parametrize("name", UNSEEN)
def test_a_company_s_name_is_checked_at_its_field(client: Client, db: None, name: str) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    typed = {"org_no": build.ORG_NO, "name": name}
    answer = client.post("/system/selskaper/nytt/", typed).content.decode()
    assert 'href="#id_name"' in answer
    assert not Company.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_departments_renamed_alike_at_once_one_is() -> None:
    company = build.a_company()
    centre, torget = build.a_department(company, "Sentrum"), build.a_department(company, "Torget")
    ended: list[str] = []

    def rename() -> None:
        try:
            records.rename_department(torget, "Bryggen")
        except Exception as problem:  # noqa: BLE001  # the test is about which
            ended.append(type(problem).__name__)
        finally:
            connection.close()

    other = threading.Thread(target=rename)
    with transaction.atomic():
        records.rename_department(centre, "Bryggen")
        other.start()
        other.join(0.5)  # it has come as far as it can: the first is not committed yet
    other.join()
    assert ended == [Refused.__name__]
    assert company.departments.filter(name="Bryggen").count() == 1


def test_a_name_taken_since_the_page_was_drawn_is_said_at_the_field(
    client: Client, company: Company
) -> None:
    client.force_login(build.a_manager(company))
    centre = build.a_department(company, "Sentrum")
    build.a_department(company, "Torget")
    answer = client.post(f"{DEPARTMENTS}{centre.pk}/", {"name": "TORGET"})
    assert answer.status_code == 200
    assert "Avdelingen «Torget» finnes allerede." in answer.content.decode()
    assert 'href="#id_name"' in answer.content.decode()
