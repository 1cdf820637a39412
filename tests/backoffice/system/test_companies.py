"""SuperAdmin's companies: created, seen in one table, switched on and off, people invited."""

import pytest
from django.core import mail
from django.test import Client

from accounting.company.models import Company
from backoffice.models import User
from integrations.exports.models import Export
from integrations.exports.states import State
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
LIST = "/system/selskaper/"
HERE = f"{LIST}{build.ORG_NO}/"


@pytest.fixture
def support(client: Client) -> User:
    """SuperAdmin, who is logged in and has just said who they are."""
    support = build.a_superadmin()
    build.a_confirmed_login(client, support)
    return support


def test_logging_in_leads_superadmin_to_the_companies(client, support):
    assert client.get("/").url == LIST
    page = Page(client, LIST)
    assert "Ingen selskaper ennå." in page.text
    assert page.link("Opprett det første") == f"{LIST}nytt/"


def test_a_company_is_created_with_its_number_checked(client, support):
    answer = client.post(
        f"{LIST}nytt/", {"org_no": "923 456 783", "name": "Fjordkaffe AS", "enabled": "on"}
    )
    company = Company.objects.get()
    assert answer.url == HERE
    assert (company.org_no, company.accounting_enabled) == (build.ORG_NO, True)
    assert company.audit.get().actor == support


def test_a_company_can_begin_with_the_integration_off(client, support):
    client.post(f"{LIST}nytt/", {"org_no": build.ORG_NO, "name": "Fjordkaffe AS"})
    assert not Company.objects.get().accounting_enabled


@pytest.mark.parametrize(
    ("org_no", "says"),
    [
        ("", "Skriv organisasjonsnummeret."),
        ("12345678", "må ha ni sifre"),
        ("92345678x", "må ha ni sifre"),
        ("923456784", "Kontrollsifferet stemmer ikke"),
        (build.OTHER_ORG_NO, "finnes allerede"),
    ],
)
def test_what_is_wrong_with_the_number_is_said_at_the_field(client, support, org_no, says):
    build.a_company(build.OTHER_ORG_NO)
    answer = client.post(f"{LIST}nytt/", {"org_no": org_no, "name": "Fjordkaffe AS"})
    text = answer.content.decode()
    assert says in text
    assert 'href="#id_org_no"' in text
    assert Company.objects.count() == 1


def test_every_company_has_one_row(client, support):
    build.a_company(build.OTHER_ORG_NO, "Andres AS")
    stopped = build.a_ready_export(build.a_company())
    Export.objects.filter(pk=stopped.pk).update(state=State.BLOCKED)
    Company.objects.filter(org_no=build.OTHER_ORG_NO).update(accounting_enabled=False)
    fjord, andres = Page(client, LIST).rows()  # the gravest first
    assert all(said in andres for said in ("Andres AS", "Av", "Ikke koblet til"))
    assert all(said in fjord for said in ("På", "Koblet til", "!1", "23.11.2026"))


def test_the_table_asks_as_little_for_many_as_for_one(
    client, support, django_assert_max_num_queries
):
    for i in range(15):
        Company.objects.create(org_no=f"{900000000 + i}", name=f"Kafé {i:02}")
    with django_assert_max_num_queries(12):
        assert len(Page(client, LIST).rows()) == 15


def test_switching_off_stops_and_is_told(client, support):
    company = build.a_company()
    assert "Slår du av, stopper all sending med en gang." in Page(client, HERE).text
    client.post(f"{HERE}regnskapsintegrasjon/", {"on": "0"})
    company.refresh_from_db()
    assert not company.accounting_enabled
    page = Page(client, HERE)
    assert "ingenting blir sendt" in page.text
    assert any("Slo av regnskapsintegrasjonen" in row for row in page.rows())
    client.post(f"{HERE}regnskapsintegrasjon/", {"on": "1"})
    company.refresh_from_db()
    assert company.accounting_enabled


@pytest.mark.parametrize("role", ["manager", "accountant"])
def test_people_are_invited_to_a_role(client, support, role):
    company = build.a_company()
    client.post(f"{HERE}inviter/", {"email": "ny@example.no", "role": role})
    invitation = company.invitations.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        "ny@example.no",
        role,
        support,
    )
    assert [letter.to for letter in mail.outbox] == [["ny@example.no"]]
    client.post(f"{HERE}invitasjoner/{invitation.pk}/trekk-tilbake/")
    assert "Trekk tilbake" not in Page(client, HERE).text


def test_nobody_is_invited_twice_over(client, support):
    company = build.a_company()
    build.a_manager(company)
    answer = client.post(f"{HERE}inviter/", {"email": "kari@example.no", "role": "manager"})
    assert "har tilgang fra før" in answer.content.decode()


def test_a_colleague_is_invited_to_be_superadmin(client, support):
    assert "Support" in Page(client, "/system/support/").rows()[0]
    client.post("/system/support/inviter/", {"email": "kollega@example.no"})
    assert "kollega@example.no" in Page(client, "/system/support/").text
    assert client.post("/system/support/inviter/", {"email": support.email}).status_code == 200


def test_no_page_of_the_system_shows_any_part_of_a_key(client, support):
    company = build.a_company()
    build.a_connection(company)
    kari = build.a_manager(company)
    for page in (
        LIST,
        HERE,
        f"{HERE}personer/{kari.pk}/",
        "/system/tillatelser/",
        "/system/drift/",
    ):
        text = client.get(page).content.decode()
        assert not any(part in text for part in ("7a3f", "app-1234", "sub-1234")), page
