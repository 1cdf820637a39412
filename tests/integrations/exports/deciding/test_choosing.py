"""A receipt that came twice: its page asks a person which version counts, and why."""

from datetime import timedelta

import pytest
from django.test import Client

from accounting.books.models import Settlement
from accounting.company.models import Company
from integrations.exports.states import State
from tests import build
from tests.integrations.exports.deciding.places import STATUS, address_of, state
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestChoosing:
    """A receipt that came twice with other content asks which one counts."""

    @pytest.fixture
    def settlement(self, company: Company) -> Settlement:
        first = build.a_receipt({"31": "100.00"}, {"card": "100.00"})
        again = build.a_receipt({"31": "120.00"}, {"card": "120.00"})
        build.deliver(company, [first])
        settlement = build.delivered_again(company, again)
        build.built(company)
        return settlement

    def test_both_versions_stand_side_by_side_with_the_differences_marked(
        self, client: Client, settlement: Settlement
    ) -> None:
        address = Page(client, STATUS).link("Se oppgjøret")
        assert address == f"{address_of(settlement)}#receipt-changed"
        page = Page(client, Page(client, address).link("Velg hvilken kvittering 1000 som gjelder"))
        assert "Levert først ✓Regnes med nå" in page.text
        assert "Levert på nytt" in page.text
        marked = [row.text_content() for row in page.tree.find_class("differs")]
        assert len(marked) == 8  # line, sum, VAT and tender, twice
        assert all("Forskjell" in row or "Herav" in row for row in marked)

    @pytest.mark.parametrize(("version", "gross"), [("1", 10000), ("2", 12000)])
    def test_the_chosen_one_counts_and_nothing_is_asked_any_more(
        self, client: Client, company: Company, settlement: Settlement, version: str, gross: int
    ) -> None:
        address = f"{address_of(settlement)}kvittering/1000/"
        chosen = {"version": version, "reason": "Bekreftet av kassereren"}
        answer = client.post(f"{address}velg/", chosen, follow=True)
        assert "Kvittering 1000 er valgt." in answer.content.decode()
        newest = company.settlements.get(current=True)
        amount = f"{gross // 100},00"
        said = f"Kvittering 1000 på {amount} valgt, Kari N.: Bekreftet av kassereren"
        assert said in Page(client, address_of(newest)).text
        assert newest.gross == gross
        assert "receipt-changed" not in [issue.code for issue in newest.as_day().stops]
        assert (
            "Velg den som gjelder" not in Page(client, f"{address_of(newest)}kvittering/1000/").text
        )

    def test_the_right_choice_goes_on_by_itself(
        self, client: Client, company: Company, settlement: Settlement
    ) -> None:
        chosen = {"version": "1", "reason": "Bekreftet av kassereren"}
        client.post(f"{address_of(settlement)}kvittering/1000/velg/", chosen)
        build.built(company)
        assert state() == State.READY

    @pytest.mark.parametrize("version", ["3", "x", ""])
    def test_without_one_of_the_versions_nothing_is_chosen(
        self, client: Client, settlement: Settlement, version: str
    ) -> None:
        address = f"{address_of(settlement)}kvittering/1000/velg/"
        answer = client.post(address, {"version": version, "reason": "Den siste"}).content.decode()
        assert "Velg kvitteringen som gjelder." in answer
        assert 'href="#id_version_0"' in answer
        assert settlement.register.receipts.filter(undecided=True).exists()

    def test_without_a_reason_nothing_is_chosen(
        self, client: Client, settlement: Settlement
    ) -> None:
        address = f"{address_of(settlement)}kvittering/1000/velg/"
        answer = client.post(address, {"version": "2", "reason": "  "}).content.decode()
        assert "Skriv hvorfor kvitteringen gjelder." in answer
        assert settlement.register.receipts.filter(undecided=True).exists()

    def test_a_receipt_that_came_once_asks_nothing(self, client: Client, company: Company) -> None:
        once = build.a_settlement(company, cash="5.00", sales={"3": "5.00"}, register="2")
        address = f"{address_of(once)}kvittering/1000/"
        assert "Velg kvittering" not in Page(client, address).text
        assert client.post(f"{address}velg/", {"version": "1"}).status_code == 404

    def test_a_receipt_of_another_settlement_is_not_found(
        self, client: Client, company: Company, settlement: Settlement
    ) -> None:
        later = build.DAY + timedelta(days=1)
        build.a_settlement(company, cash="5.00", sales={"3": "5.00"}, day=later, z_number="2")
        assert client.get(f"{address_of(settlement)}kvittering/1001/").status_code == 404
