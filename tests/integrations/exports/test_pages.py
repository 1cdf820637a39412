"""The pages that say where everything is: what they say in each state, and what a person may do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports.states import NotSent, Sent, Unknown
from tests import build
from tests.integrations.exports.saying import LIST, REFUSED, ROOT, STATUS, settlement_page
from tests.pages import Page

pytestmark = pytest.mark.django_db
OVERVIEW = f"{ROOT}/oversikt/"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


class TestOverview:
    """«Er alt overført?» is answered first."""

    def test_nothing_is_connected_any_more(self, client: Client, company: Company) -> None:
        build.ended(build.a_ready_export(company), Sent("1"))
        company.connections.all().delete()
        page = Page(client, OVERVIEW)
        assert "Ingenting er overført: PowerOffice Go er ikke koblet til." in page.text
        assert page.link("Koble til PowerOffice Go") == f"{ROOT}/oppsett/integrasjoner/"

    def test_all_is_well(self, client: Client, company: Company) -> None:
        build.ended(build.a_ready_export(company), Sent("1"))
        assert "✓ Alt er overført til og med 23.11.2026." in Page(client, OVERVIEW).text

    def test_what_is_stopped_comes_first(self, client: Client, company: Company) -> None:
        build.ended(build.a_ready_export(company), Sent("1"))
        for register in ("2", "3"):
            build.ended(
                build.a_ready_export(company, cash="9.00", sales={"3": "9.00"}, register=register),
                REFUSED,
            )
        page = Page(client, OVERVIEW)
        said = "! 2 oppgjør er stoppet. Alt annet til og med 23.11.2026 er overført."
        assert said in page.text
        assert page.link("Se hva som må rettes") == STATUS

    def test_a_doubt_is_said_as_a_doubt(self, client: Client, company: Company) -> None:
        build.ended(build.a_ready_export(company), Unknown())
        said = Page(client, OVERVIEW).text
        assert "? Ett oppgjør avklares." in said
        assert "er overført" not in said


class TestList:
    """Every settlement, with where it stands."""

    def test_each_says_where_it_stands(self, client: Client, company: Company) -> None:
        build.a_settlement(company, day=date(2026, 11, 20), cash="5.00", sales={"3": "5.00"})
        assert "Ikke koblet til" in Page(client, LIST).rows()[0]
        build.a_connection(company, start=None)
        assert "Startdato mangler" in Page(client, LIST).rows()[0]
        build.a_connection(company, start=date(2026, 11, 21))
        build.a_settlement(company, day=date(2026, 11, 21), cash="5.00", sales={"3": "5.00"})
        build.a_settlement(company, day=date(2026, 11, 22))
        said = [row.split(" ", 1)[1] for row in Page(client, LIST).rows()]
        assert ["Ingen bevegelse" in said[0], "Klar" in said[1], "Før startdatoen" in said[2]] == [
            True,
            True,
            True,
        ]

    def test_other_content_after_the_transfer_is_not_called_transferred(
        self, client: Client, company: Company
    ) -> None:
        build.ended(build.a_ready_export(company), Sent("1"))
        build.a_settlement(company, cash="20.00", sales={"3": "20.00"}, z_number="1")
        assert "Endret etter overføring" in Page(client, LIST).rows()[0]

    def test_the_filter_counts_what_it_shows(self, client: Client, company: Company) -> None:
        centre = build.a_department(company, "Sentrum")
        for back in (3, 2, 1, 0):
            build.a_settlement(
                company,
                day=build.DAY - timedelta(days=back),
                cash="10.00",
                sales={"3": "10.00"},
                department=centre,
            )
        page = Page(client, f"{LIST}?fra=2026-11-21&til=2026-11-22&avdeling={centre.pk}")
        assert len(page.rows()) == 2
        assert "2 oppgjør, 20,00 kr i omsetning." in page.text
        assert Page(client, f"{LIST}?status=POSTED").rows() == []

    @pytest.mark.usefixtures("company")
    def test_a_date_that_is_none_is_said_at_the_field(self, client: Client) -> None:
        page = Page(client, f"{LIST}?fra=40.40.2026")
        assert page.tree.find_class("invalid-feedback")

    @pytest.mark.parametrize("number", [10, 60])
    def test_many_rows_cost_no_more_queries(
        self, client: Client, company: Company, number: int, django_assert_num_queries
    ) -> None:
        build.a_connection(company)
        centre = build.a_department(company, "Sentrum")
        for back in range(number):
            build.a_settlement(
                company,
                day=build.DAY - timedelta(days=number - back),
                cash="10.00",
                sales={"3": "10.00"},
                department=centre,
            )
        Page(client, "/?alle=1")  # a session's first page writes down when it began
        with django_assert_num_queries(11):
            page = Page(client, LIST)
        assert len(page.rows()) == min(number, 50)
        assert ("Neste" in page.text) == (number > 50)


class TestStatus:
    """One cause is one row, with the way out."""

    def test_nothing_must_be_mended(self, client: Client, company: Company) -> None:
        build.a_connection(company)
        assert "Ingenting må rettes. Neste overføring: " in Page(client, STATUS).text

    def test_one_cause_is_one_row_however_many_wait(self, client: Client, company: Company) -> None:
        build.a_connection(company)
        for register in ("1", "2", "3", "4"):
            build.a_settlement(company, cash="10.00", sales={"3": "10.00"}, register=register)
        build.built(company)
        page = Page(client, STATUS)
        assert "Må rettes av deg (2)" in page.text
        assert page.text.count("4 oppgjør:") == 2
        assert page.link("Velg konto for Øl").startswith(f"{ROOT}/oppsett/generelt/kontooppsett/?")

    def test_one_cause_in_the_tills_content_is_one_row_and_leads_to_the_oldest(
        self, client: Client, company: Company
    ) -> None:
        build.the_suggested_setup(company)
        build.a_connection(company)
        day = {"card": "10.00", "sales": {"3": "10.00"}, "z_number": "1", "z_total": "9.00"}
        oldest, _ = [build.a_settlement(company, register=till, **day) for till in "12"]
        build.built(company)
        page = Page(client, STATUS)
        assert "Må rettes av deg (1)" in page.text
        assert "2 oppgjør:" in page.text
        assert page.link("Se oppgjøret") == f"{LIST}{oldest.pk}/#z-total-differs"

    def test_one_kind_of_fault_on_many_receipts_of_a_day_is_one_row(
        self, client: Client, company: Company
    ) -> None:
        build.the_suggested_setup(company)
        build.a_connection(company)
        receipts = [
            replace(build.a_receipt({"3": "10.00"}, {"card": "9.00"}, nr=n), rounding=0)
            for n in (1, 2, 3)
        ]
        build.deliver(company, receipts)
        build.built(company)
        page = Page(client, STATUS)
        assert "Må rettes av deg (1)" in page.text
        assert "Kvittering 1 er betalt med 9,00, men skulle vært 10,00. 2 til av samme slag." in (
            page.text
        )

    def test_several_new_things_are_asked_for_on_one_page(
        self, client: Client, company: Company
    ) -> None:
        build.a_connection(company)
        build.a_settlement(company, cash="10.00", sales={"3": "10.00"})
        build.built(company)
        address = Page(client, STATUS).link("Velg konto for alt nytt på én side")
        assert "Nytt fra kassen (2)" in Page(client, address).text

    def test_what_leads_nowhere_leads_to_the_settlement(
        self, client: Client, company: Company
    ) -> None:
        export = build.ended(build.a_ready_export(company), REFUSED)
        assert (
            Page(client, STATUS).link("Se oppgjøret")
            == f"{settlement_page(export)}#refused-by-provider"
        )

    def test_doubts_and_tries_of_our_own_are_told_with_their_time(
        self, client: Client, company: Company
    ) -> None:
        build.ended(build.a_ready_export(company), Unknown())
        again = build.a_ready_export(company, cash="9.00", sales={"3": "9.00"}, register="2")
        build.ended(again, NotSent())
        said = Page(client, STATUS).text
        assert "Avklares (1)" in said
        assert "Svar senest 24.11.2026 kl. 08.18." in said
        assert "Vi prøver igjen selv (1)" in said

    def test_htmx_gets_what_moves_alone_and_hears_when_the_list_is_another(
        self, client: Client, company: Company
    ) -> None:
        export = build.ended(build.a_ready_export(company), Unknown())
        page = Page(client, STATUS)
        (moving,) = page.tree.xpath("//*[@id='moving']")
        part = client.get(moving.get("hx-get"), headers={"HX-Request": "true"}).content.decode()
        assert "Avklares (1)" in part
        assert "<html" not in part
        assert "Listen har endret seg." not in part
        refused = build.a_ready_export(company, cash="9.00", sales={"3": "9.00"}, register="2")
        build.ended(refused, REFUSED)
        part = client.get(moving.get("hx-get"), headers={"HX-Request": "true"}).content.decode()
        assert "Listen har endret seg." in part
        export.state, export.remote_id = "SENT", "1"
        export.save()
        part = client.get(moving.get("hx-get"), headers={"HX-Request": "true"}).content.decode()
        assert "hx-get" not in part  # nothing moves: nobody asks any more


def test_the_connection_s_address_leads_to_the_provider_s_page(
    client: Client, company: Company
) -> None:
    answer = client.get(f"{ROOT}/oppsett/integrasjoner/")
    assert answer.url == f"{ROOT}/oppsett/integrasjoner/poweroffice/"


def test_every_page_speaks_english(client: Client, company: Company) -> None:
    company.memberships.get().user.__class__.objects.update(language="en")
    export = build.ended(build.a_ready_export(company), REFUSED)
    assert "One settlement is stopped." in Page(client, OVERVIEW).text
    assert "In balance" in Page(client, settlement_page(export)).text
    assert "PowerOffice Go said no" in Page(client, STATUS).text
