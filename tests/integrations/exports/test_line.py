"""«Hvorfor dette tallet?»: from a journal line to the rule, to the receipts, to one receipt, and back."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounting.books import records as books
from accounting.books.decisions import choose_receipt, count_cash
from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.company import records as company_records
from accounting.company.models import Company
from integrations.exports.states import Sent
from tests import build
from tests.integrations.exports.saying import LIST, settlement_page
from tests.pages import Page

pytestmark = pytest.mark.django_db
FOOD = RuleKey(Role.SALES, build.GROUPS["31"][0], "", "31")


@pytest.fixture(autouse=True)
def _the_morning_after():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


def line_of(client: Client, settlement: int, text: str) -> Page:
    return Page(client, Page(client, f"{LIST}{settlement}/").link(text))


def test_from_a_line_to_its_rule_to_its_receipts_and_back(client: Client, company: Company) -> None:
    build.the_suggested_setup(company)
    settlement = build.the_official_example(company)
    page = line_of(client, settlement.pk, "Mat 15 %")
    assert "Hvorfor dette tallet? 3030 Mat 15 %" in page.text
    assert "Kredit 102,80" in page.text
    assert "Mat 15 % → 3030, mva 31 Felles for selskapet." in page.text
    assert [row.split()[0] for row in page.rows()] == ["1000", "1002", "1003"]
    assert "Sum ✓ lik linjen 102,80" in page.text
    receipt = Page(client, page.link("1002"))
    assert "Kvittering 1002" in receipt.text
    assert receipt.link("Tilbake til linjen").endswith(f"/oppgjor/{settlement.pk}/linje/3/")
    back = page.link("Dagsoppgjør")
    assert back == f"{LIST}{settlement.pk}/#linje-3"
    assert Page(client, back).tree.get_element_by_id("linje-3") is not None


def test_who_saved_the_rule_and_when_is_told(client: Client, company: Company) -> None:
    build.the_suggested_setup(company)
    build.a_chart(company)
    kari = company.memberships.get().user
    books.save_setup(company, None, {FOOD: Rule("3000", "31")}, actor=kari)
    settlement = build.a_settlement(company, cash="10.00", sales={"31": "10.00"})
    page = line_of(client, settlement.pk, "Mat 15 %")
    assert "Lagret av Kari N. 24.11.2026 kl. 08.00." in page.text
    row = Page(client, page.link("Se linjen i Kontooppsett"))
    assert "Kontooppsett" in row.text


def test_a_sent_line_is_explained_by_the_setup_as_it_was(client: Client, company: Company) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    kari = company.memberships.get().user
    with time_machine.travel(build.NOW + timedelta(hours=2), tick=False):
        books.save_setup(company, None, {FOOD: Rule("3000", "31")}, actor=kari)
        page = line_of(client, export.settlement_id, "Mat 15 %")
    assert "Mat 15 % → 3030, mva 31" in page.text
    assert "Oppsettet er endret siden: i dag gjelder 3000, mva 31." in page.text
    assert f"versjon {export.snapshot.setup_version}," in page.text


def test_a_department_renamed_and_a_till_moved_since_change_nothing_of_what_was(
    client: Client, company: Company
) -> None:
    centre = build.a_department(company, "Sentrum")
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    books.save_setup(
        company,
        centre,
        {FOOD: Rule("3030", "31"), RuleKey(Role.CASH, standard="12001"): Rule("1910", "0")},
    )
    build.a_settlement(company, cash="10.00", sales={"31": "10.00"}, department=centre)
    export = build.ended(build.built(company)[0], Sent("1"))
    with time_machine.travel(build.NOW + timedelta(hours=2), tick=False):
        company_records.rename_department(centre, "Storgata")
        centre.refresh_from_db()
        books.save_setup(company, centre, {FOOD: None})
        other = build.a_department(company, "Torget")
        company_records.place_register(company.registers.get(), other)
        page = line_of(client, export.settlement_id, "Mat 15 %")
    assert "Mat 15 % → 3030, mva 31 Egen linje for Sentrum." in page.text
    assert "lik linjen" in page.text


def test_what_a_person_counted_is_told_as_that(client: Client, company: Company) -> None:
    build.the_suggested_setup(company)
    settlement = build.a_settlement(company, cash="10.00", sales={"31": "10.00"})
    count_cash(settlement, 900, company.memberships.get().user)
    page = line_of(client, settlement.pk, "Kassedifferanse talt")
    assert "Beløpet er talt av en person. Ingen kvittering har det." in page.text


def test_other_receipts_since_are_told_with_what_they_lack(
    client: Client, company: Company
) -> None:
    export = build.ended(build.a_ready_export(company), Sent("1"))
    receipt = company.registers.get().receipts.get()
    build.delivered_again(
        company, build.a_receipt({"31": "2.80"}, {"cash": "2.80"}, nr=receipt.position)
    )
    newer = company.registers.get().receipts.get(version=2)
    choose_receipt(newer, "Den siste", company.memberships.get().user)
    page = line_of(client, export.settlement_id, "Mat 15 %")
    assert "De gir 100,00 mindre enn linjen." in page.text


def test_a_line_that_is_not_there_has_no_page(client: Client, company: Company) -> None:
    export = build.a_ready_export(company)
    for number in (0, 99):
        assert client.get(f"{settlement_page(export)}linje/{number}/").status_code == 404


@pytest.mark.parametrize("receipts", [3, 130])
def test_many_receipts_come_a_page_at_a_time_and_cost_no_more_queries(
    client: Client, company: Company, receipts: int, django_assert_max_num_queries
) -> None:
    build.the_suggested_setup(company)
    sold = [build.a_receipt({"31": "1.00"}, {"card": "1.00"}, nr=n) for n in range(1, receipts + 1)]
    settlement = build.deliver(company, sold)
    Page(client, "/?alle=1")  # a session's first page writes down when it began
    with django_assert_max_num_queries(40):
        page = Page(client, f"{LIST}{settlement.pk}/linje/2/")
    assert len(page.rows()) == min(receipts, 50)
    assert f"{receipts} kvitteringer" in page.text
    assert f"lik linjen {receipts},00" in page.text
