"""One settlement's page: what is or was sent, beside what the till said, and what a person may do."""

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.states import NotSent, Sent, State, Unknown
from tests import build
from tests.integrations.exports.saying import LIST, REFUSED, settlement_page
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


def test_the_official_example_in_full(client: Client, company: Company) -> None:
    build.the_suggested_setup(company)
    settlement = build.the_official_example(company)
    page = Page(client, f"{LIST}{settlement.pk}/")
    assert "Dagsoppgjør Kasse 11.222-33.44.567 01.01.2020 · Z 1" in page.text
    lines = [" ".join(row.split()) for row in page.rows()[:6]]
    assert lines == [
        "1900 Kontant – – 295,00",
        "1901 Bankkort – – 218,80",
        "3030 Mat 15 % – 31 102,80",
        "3000 Tobakk 25 % – 3 232,00",
        "3000 Øl 25 % – 3 179,40",
        "7740 Øreavrunding – – 0,40",
    ]
    assert "Sum ✓ I balanse 514,20 514,20" in page.text
    assert "31 (15 %) 102,80 13,42 13,41 0,01 avrunding, normalt" in page.text


def test_what_was_sent_stays_as_it_was_sent(client: Client, company: Company) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    company.setup_entries.update(account="9999")
    page = Page(client, settlement_page(export))
    assert "Bilag som ble sendt" in page.text
    assert "9999" not in page.text
    assert "Sendt: kom fram" in page.text


def test_a_draft_is_said_to_lie_in_bilagsforing(client: Client, company: Company) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    assert "Utkastet ligger i Bilagsføring i PowerOffice Go" in _read(client, export)


def test_what_is_being_found_out_says_when_and_asks_for_patience(
    client: Client, company: Company
) -> None:
    said = _read(client, build.ended(build.a_ready_export(company), Unknown()))
    assert "Bilag vi prøvde å sende" in said
    assert "Ikke før det manuelt imens. Neste kontroll 24.11.2026 kl. 08.16." in said


def test_what_is_tried_again_says_when(client: Client, company: Company) -> None:
    said = _read(client, build.ended(build.a_ready_export(company), NotSent()))
    assert "PowerOffice Go svarte ikke. Du trenger ikke gjøre noe. Neste forsøk 24.11.2026" in said


def _read(client: Client, export: Export) -> str:
    return Page(client, settlement_page(export)).text


def test_a_refusal_is_told_and_can_be_sent_again(client: Client, company: Company) -> None:
    export = build.ended(build.a_ready_export(company), REFUSED)
    page = Page(client, settlement_page(export))
    assert "PowerOffice Go sa nei: «Validation failed: Period is locked»" in page.text
    assert "HTTP 400 Locked" in page.text
    client.post(f"{settlement_page(export)}send/")
    export.refresh_from_db()
    assert export.state == State.READY
    assert "Sendt på nytt, Kari N." in Page(client, settlement_page(export)).text


def test_it_is_left_out_with_a_reason_and_a_name(client: Client, company: Company) -> None:
    export = build.ended(build.a_ready_export(company), REFUSED)
    without = client.post(f"{settlement_page(export)}utelat/", {"reason": " "}).content.decode()
    assert "Skriv hvorfor oppgjøret ikke skal overføres." in without
    client.post(f"{settlement_page(export)}utelat/", {"reason": "Ført manuelt"})
    page = Page(client, settlement_page(export))
    assert "Utelatt, Kari N.: Ført manuelt" in page.text
    assert "Bilag som ikke blir sendt" in page.text


def test_what_nobody_could_tell_is_looked_for_again(client: Client, company: Company) -> None:
    export = build.ended(build.a_ready_export(company), Unknown())
    Export.objects.filter(pk=export.pk).update(state=State.HELD)
    said = Page(client, settlement_page(export)).text
    assert "Finnes det, knytter vi utkastet til oppgjøret." in said
    client.post(f"{settlement_page(export)}kontroller/")
    export.refresh_from_db()
    assert export.state == State.UNCERTAIN


@pytest.mark.parametrize("act", ["send", "kontroller"])
def test_what_has_moved_meanwhile_is_left_alone(client: Client, company: Company, act: str) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    answer = client.post(f"{settlement_page(export)}{act}/", follow=True)
    assert "Ingenting ble gjort" in answer.content.decode()
    export.refresh_from_db()
    assert export.state == State.SENT


def test_a_revision_leads_to_the_one_before(client: Client, company: Company) -> None:
    sent = build.ended(build.a_ready_export(company), Sent("1"))
    newer = build.a_settlement(company, cash="20.00", sales={"3": "20.00"}, z_number="1")
    page = Page(client, f"{LIST}{newer.pk}/")
    assert "1 salg i Z 1 kom inn etter at dagen var sendt (20,00)." in page.text
    assert page.link("Se den forrige") == settlement_page(sent)
    assert Page(client, settlement_page(sent)).link("Se den nyeste") == f"{LIST}{newer.pk}/"


def test_a_day_without_movement_has_no_voucher(client: Client, company: Company) -> None:
    settlement = build.a_settlement(company)
    assert "det blir ikke noe bilag" in Page(client, f"{LIST}{settlement.pk}/").text
