"""The first page: one true sentence in every state, and below it what it stands on."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounting.company.models import Company
from integrations.exports import records, slots
from integrations.exports.models import Export
from integrations.exports.pages.overview import overview
from integrations.exports.states import Sent, State
from tests import build
from tests.integrations.exports.saying import ROOT
from tests.pages import Page

pytestmark = pytest.mark.django_db
OVERVIEW = f"{ROOT}/oversikt/"
SALE = {"cash": "100.00", "sales": {"3": "100.00"}}


@pytest.fixture(autouse=True)
def _the_morning_after():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


def put(export: Export, **columns: object) -> None:
    Export.objects.filter(pk=export.pk).update(**columns)


def test_what_was_deleted_over_there_is_said_as_that(client: Client, company: Company) -> None:
    put(build.ended(build.a_ready_export(company), Sent("1")), state=State.REMOVED)
    assert "! Ett bilag er slettet i PowerOffice Go." in Page(client, OVERVIEW).text


def test_what_waits_for_an_answer_is_said_as_that(client: Client, company: Company) -> None:
    put(build.a_ready_export(company), state=State.HELD)
    assert "! Ett oppgjør venter på svar fra deg." in Page(client, OVERVIEW).text


def test_a_pause_is_said_with_its_reason_and_what_waits(client: Client, company: Company) -> None:
    build.a_ready_export(company)
    kari = company.memberships.get().user
    records.pause(company.connections.get(), "Varetelling", actor=kari)
    said = Page(client, OVERVIEW).text
    assert "! Overføringen er satt på pause. Ett oppgjør venter." in said
    assert "Begrunnelse: Varetelling" in said
    assert "Neste overføring" not in said


def test_a_slot_that_nobody_filled_is_our_fault_while_something_waits_for_it(
    client: Client, company: Company
) -> None:
    build.a_ready_export(company, day=build.DAY - timedelta(days=3), **SALE)
    Export.objects.update(state=State.SENT, remote_id="1")
    build.a_settlement(company, **SALE)
    said = "Overføringen 24.11.2026 kl. 05.00 har ikke startet. Feilen ligger hos oss."
    assert said in Page(client, OVERVIEW).text
    slots.fill(build.NOW)
    assert said not in Page(client, OVERVIEW).text


def test_what_never_came_is_not_called_transferred(client: Client, company: Company) -> None:
    for number, back in (("1", 3), ("3", 0)):
        day = build.DAY - timedelta(days=back)
        build.a_ready_export(company, z_number=number, day=day, **SALE)
    for number, export in enumerate(Export.objects.all()):
        put(export, state=State.SENT, remote_id=str(number))
    page = Page(client, OVERVIEW)
    assert "Alt kassene har levert til og med 23.11.2026, er overført." in page.text
    assert "Ett oppgjør mangler." in page.text
    assert "Alt er overført" not in page.text
    day = Page(client, page.link("Undersøk dagen"))
    assert "Z 2 mangler for selskapet, kasse 1." in day.text


def test_the_look_over_there_says_only_what_was_read(client: Client, company: Company) -> None:
    first = build.ended(build.a_ready_export(company, register="1", **SALE), Sent("1"))
    second = build.ended(build.a_ready_export(company, register="2", **SALE), Sent("2"))
    put(first, run=second.run)
    assert "Ikke kontrollert ennå." in Page(client, OVERVIEW).text
    put(first, read_at=build.NOW)
    assert "1 av 2 finnes og stemmer. Resten kontrolleres" in Page(client, OVERVIEW).text
    put(second, read_at=build.NOW)
    page = Page(client, OVERVIEW)
    assert "✓Alle 2 finnes, summene stemmer 24.11.2026 kl. 08.00" in page.text
    assert "2 utkast er ikke bokført. Det eldste er fra 23.11.2026, 1 dag siden." in page.text
    assert "2 av 2 overført · 200,00 kr" in page.text
    assert page.link("Se kjøringen") == f"{ROOT}/overforing/kjoringer/{second.run_id}/"
    issue = {"code": "draft-edited", "subject": "", "facts": [], "fix": None}
    put(second, issues=[issue])
    found = overview(company, build.NOW)
    assert found.checked
    assert (found.checked.differ, found.checked.agree) == (1, 1)


def test_the_turnover_is_told_per_department_with_what_is_not_sent(
    client: Client, company: Company
) -> None:
    centre = build.a_department(company, "Sentrum")
    build.ended(build.a_ready_export(company, department=centre, register="1", **SALE), Sent("1"))
    build.a_settlement(company, department=centre, register="2", cash="40.00", sales={"3": "40.00"})
    found = overview(company, build.NOW)
    (told,) = found.turnover
    assert (told.unit.name, told.gross, told.waiting) == ("Sentrum", 14_000, 4_000)
    page = Page(client, OVERVIEW)
    assert "Sentrum 140,00 · 40,00 ikke overført" in page.text
    assert "23.11.2026 140,00 40,00" in page.rows()


@pytest.mark.parametrize("departments", [1, 10])
def test_more_departments_and_days_cost_no_more_queries(
    company: Company, departments: int, django_assert_num_queries
) -> None:
    build.a_connection(company)
    for number in range(departments):
        department = build.a_department(company, f"Avdeling {number}")
        for back in (0, 1, 8):
            day = build.DAY - timedelta(days=8 - back)
            build.a_settlement(
                company, department=department, register=str(number), day=day, **SALE
            )
    with django_assert_num_queries(23):
        overview(company, build.NOW)
