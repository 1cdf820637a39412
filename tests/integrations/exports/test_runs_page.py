"""The runs and one export: what is counted, how late a run was, and what was sent each time."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports import deciding, slots
from integrations.exports.models import ExportRun, ExportSlot
from integrations.exports.states import NotSent, Sent, Trace
from tests import build
from tests.integrations.exports.saying import REFUSED, ROOT
from tests.pages import Page

pytestmark = pytest.mark.django_db
RUNS = f"{ROOT}/overforing/kjoringer/"
SOLD = {"cash": "10.00", "sales": {"3": "10.00"}}


@pytest.fixture
def kari(company: Company, client: Client):
    kari = build.a_manager(company)
    client.force_login(kari)
    return kari


def _a_late_run(company: Company) -> ExportRun:
    """The beat was away for two nights, and came back at 06.10."""
    build.a_connection(company)
    slots.fill(datetime(2026, 11, 22, 6, 0, tzinfo=build.OSLO) + timedelta(days=2, minutes=10))
    return ExportRun.objects.get()


def test_there_is_none_yet(client: Client, company: Company, kari) -> None:
    assert "Ingen kjøringer ennå." in Page(client, RUNS).text


def test_a_run_is_one_row_with_its_counts_and_sum(client: Client, company: Company, kari) -> None:
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    for till in "123":
        build.a_settlement(company, register=till, **SOLD)
    first, second, _ = build.built(company)
    build.ended(first, Sent("1"))
    build.ended(second, REFUSED)
    (row,) = Page(client, RUNS).rows()
    assert f"#{first.run_id}" in row
    assert "✓1 overført ◔1 på vei !1 stoppet" in row
    assert row.endswith("30,00")
    page = Page(client, f"{RUNS}{first.run_id}/")
    assert "1 av 3 overført" in page.text
    assert len(page.rows()) == 3
    assert "Send den som stoppet" in page.text
    assert [r.get("width") for r in page.tree.xpath("//*[local-name()='rect']")] == ["333"] * 3


def test_a_late_run_names_the_slots_and_takes_the_blame(
    client: Client, company: Company, kari
) -> None:
    run = _a_late_run(company)
    assert "Kom for sent. Feilen lå hos oss." in Page(client, RUNS).rows()[0]
    said = Page(client, f"{RUNS}{run.pk}/").text
    assert "Overføringen 23.11.2026 kl. 05.00 startet ikke. Feilen ligger hos oss." in said
    assert "Den startet av seg selv 24.11.2026 kl. 06.10, og alt er sendt." in said
    assert "2 tidspunkter er tatt igjen i denne kjøringen." in said


def test_a_slot_that_a_person_paused_is_nobody_s_fault(
    client: Client, company: Company, kari
) -> None:
    run = _a_late_run(company)
    ExportSlot.objects.update(held=ExportSlot.PAUSED)
    said = Page(client, f"{RUNS}{run.pk}/").text
    assert "Feilen" not in said
    assert "Skulle starte: På pause" in said


@pytest.mark.parametrize("number", [2, 8])
def test_many_runs_cost_no_more_queries(
    client: Client, company: Company, kari, number: int, django_assert_num_queries
) -> None:
    connection = build.a_connection(company)
    for back in range(number):
        run = slots.ask(connection, build.NOW - timedelta(hours=back))
        ExportRun.objects.filter(pk=run.pk).update(built_at=build.NOW)
    Page(client, "/?alle=1")
    with django_assert_num_queries(11):
        assert len(Page(client, RUNS).rows()) == number


def test_an_export_shows_every_try_and_the_journal_of_each(
    client: Client, company: Company, kari
) -> None:
    export = build.ended(build.a_ready_export(company), NotSent(trace=Trace(503, "Unavailable")))
    export = build.ended(export, REFUSED, build.NOW + timedelta(hours=1))
    assert deciding.send_again(export, kari)
    export.refresh_from_db()
    export = build.ended(export, Sent("6d0c", Trace(201)), build.NOW + timedelta(hours=2))
    page = Page(client, f"{ROOT}/overforing/{export.pk}/")
    text = page.text
    assert text.index("kom ikke fram") < text.index("avvist") < text.rindex("kom fram")
    assert "HTTP 503 Unavailable" in text
    assert "Sendt på nytt, Kari N." in text
    assert "6d0c" in text
    assert "Bilag, revisjon 1" in text
    assert "sendt 3 ganger" in text


def test_an_export_of_another_company_is_not_there(client: Client, company: Company, kari) -> None:
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    theirs = build.a_ready_export(other)
    for place in (f"{theirs.pk}/", f"kjoringer/{theirs.run_id}/"):
        assert client.get(f"{ROOT}/overforing/{place}").status_code == 404
