"""«Kom i gang» on the overview, and the preview that sends nothing."""

from datetime import date

import pytest
from django.test import Client

from accounting.company import grants
from accounting.company.models import Company
from accounting.company.roles import Right
from backoffice.models import User
from integrations.exports.models import Export
from integrations.exports.records import set_export_start
from integrations.exports.states import Sent
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
ROOT = f"/s/{build.ORG_NO}"
OVERVIEW, PREVIEW = f"{ROOT}/oversikt/", f"{ROOT}/kom-i-gang/proveoppgjor/"
DAY = {"cash": "295.00", "card": "218.80", "sales": {"31": "102.80", "3": "411.40"}}


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def kari(client: Client, company: Company) -> User:
    kari = build.a_manager(company)
    client.force_login(kari)
    return kari


def _grant(company: Company, person: User, client: Client) -> None:
    """Support grants the right, and the person logs in anew with the second factor."""
    if not person.grants.exists():
        grants.grant(company, person, Right.POWEROFFICE, actor=build.a_superadmin())
    build.with_second_factor(person)
    client.force_login(User.objects.get(pk=person.pk))


def _everything_but_the_preview(company: Company, person: User, client: Client) -> None:
    _grant(company, person, client)
    build.the_suggested_setup(company)
    build.a_chart(company)
    centre = build.a_department(company, "Sentrum", "10")
    build.a_connection(company, start=None)
    set_export_start(company, "poweroffice", date(2026, 11, 1), actor=person)
    build.a_settlement(company, department=centre, **DAY)


def test_the_first_day_the_overview_says_what_is_left(
    client: Client, company: Company, kari: User
) -> None:
    page = Page(client, OVERVIEW)
    assert "Kom i gang, 0 av 6 gjort" in page.text
    assert page.link("Be om tillatelse").startswith(f"{ROOT}/oppsett/")
    assert page.link("Gå til avdelinger") == f"{ROOT}/oppsett/generelt/avdelinger/"
    assert page.link("Importer fil").endswith("/oppgjor/import/")


def test_superadmin_is_led_to_where_the_right_is_granted(client: Client, company: Company) -> None:
    client.force_login(build.a_superadmin())
    page = Page(client, OVERVIEW)
    assert page.link("Gi tillatelse") == f"/system/selskaper/{company.org_no}/#people"
    assert "Koble til PowerOffice Go" not in page.text


def test_the_accountant_reads_who_does_what(client: Client, company: Company) -> None:
    client.force_login(build.an_accountant(company))
    text = Page(client, OVERVIEW).text
    assert "SuperAdmin hos leverandøren gjør dette." in text
    assert "Daglig leder med tillatelse gjør dette." in text
    assert "Be om tillatelse" not in text


def test_step_by_step_until_only_the_preview_is_left(
    client: Client, company: Company, kari: User
) -> None:
    _everything_but_the_preview(company, kari, client)
    page = Page(client, OVERVIEW)
    assert "Kom i gang, 5 av 6 gjort" in page.text
    assert "Kari N. kan legge inn nøkler." in page.text
    assert "Koblet til «Fjordkaffe AS»." in page.text
    assert "Hver dag kl. 05.00, fra og med 01.11.2026." in page.text
    assert page.link("Se prøveoppgjøret") == PREVIEW


def test_buttons_lead_to_the_very_part_of_the_page(
    client: Client, company: Company, kari: User
) -> None:
    build.a_connection(company, start=None)
    before = Page(client, OVERVIEW)
    assert before.link("Importer den først").endswith("/oppgjor/import/")
    assert before.link("Gå til Kontooppsett") == f"{ROOT}/oppsett/generelt/kontooppsett/"
    build.a_settlement(company, **DAY)
    after = Page(client, OVERVIEW)
    assert "Importer den først" not in after.text
    assert after.link("Gå til Kontooppsett").endswith("/kontooppsett/?vis=mangler")


def test_a_file_that_waits_to_be_read_is_not_asked_for(
    client: Client, company: Company, kari: User
) -> None:
    company.intake_files.create(name="kasse.xml", sha256="0" * 64, size=1, received_at=build.NOW)
    text = Page(client, OVERVIEW).text
    assert "Filen leses." in text
    assert "Importer den først" not in text


def test_the_preview_shows_the_journal_and_sends_nothing(
    client: Client, company: Company, kari: User
) -> None:
    _everything_but_the_preview(company, kari, client)
    page = Page(client, PREVIEW)
    assert "Ingenting er sendt." in page.text
    assert "514,20" in page.text
    client.post(PREVIEW)
    assert not Export.objects.exists()
    assert company.audit.get(action="preview-seen").actor == kari
    said = Page(client, OVERVIEW).text
    assert "Alt er klart. Oppgjørene overføres nå av seg selv." in said
    assert "Kom i gang" not in said
    assert "Ingenting er overført ennå. Oppgjør fra og med 01.11.2026 overføres" in said
    assert "Neste overføring: " in said
    elsewhere = f"{ROOT}/oppsett/generelt/avdelinger/"
    assert "Kom i gang" not in Page(client, elsewhere).text


def test_a_settlement_that_cannot_be_built_is_not_seen(
    client: Client, company: Company, kari: User
) -> None:
    build.a_settlement(company, **DAY)
    page = Page(client, PREVIEW)
    assert "Jeg har sett gjennom bilaget" not in page.text
    assert "Velg konto" in page.text
    assert page.text.count("Bilaget kan ikke vises ennå.") == 1
    client.post(PREVIEW)
    assert not company.audit.filter(action="preview-seen").exists()


def test_one_that_can_be_built_is_shown_before_a_newer_one_that_cannot(
    client: Client, company: Company, kari: User
) -> None:
    _everything_but_the_preview(company, kari, client)
    centre = company.departments.get()
    newer = {"day": build.NOW.date(), "department": centre, "z_total": "9.00"}
    build.a_settlement(company, **DAY, **newer)
    assert "23.11.2026" in Page(client, PREVIEW).text


def test_without_a_settlement_a_file_is_asked_for(
    client: Client, company: Company, kari: User
) -> None:
    page = Page(client, PREVIEW)
    assert page.link("Importer fil").endswith("/oppgjor/import/")


def test_what_is_stopped_is_said_above_the_list(
    client: Client, company: Company, kari: User
) -> None:
    build.a_connection(company)
    build.a_settlement(company, **DAY)
    build.built(company)
    text = Page(client, OVERVIEW).text
    assert text.index("Ett oppgjør er stoppet.") < text.index("Kom i gang, 2 av 6 gjort")


def test_once_something_has_arrived_the_list_is_gone_for_good(
    client: Client, company: Company, kari: User
) -> None:
    build.ended(build.a_ready_export(company), Sent("1"))
    assert "Kom i gang" not in Page(client, OVERVIEW).text


def test_the_overview_says_which_tills_wait(client: Client, company: Company, kari: User) -> None:
    build.ended(build.a_ready_export(company), Sent("1"))
    build.a_department(company, "Sentrum", "10")
    build.a_department(company, "Torget", "20")
    page = Page(client, OVERVIEW)
    assert "Kasse 1 er ny og mangler avdeling." in page.text
    assert Page(client, page.link("Velg avdeling")).focused().tag == "select"


@pytest.mark.parametrize("number", [1, 30])
def test_more_settlements_cost_no_more_queries(
    client: Client, company: Company, kari: User, number: int, django_assert_max_num_queries
) -> None:
    for back in range(number):
        build.a_settlement(company, **DAY, z_number=str(back + 1))
    with django_assert_max_num_queries(60):
        client.get(OVERVIEW)
