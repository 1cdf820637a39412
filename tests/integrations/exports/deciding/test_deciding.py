"""What a person decides on a settlement's page: let a difference pass, count cash, choose a receipt."""

from dataclasses import replace

import pytest
from django.test import Client

from accounting.books.domain.day import ACKNOWLEDGEABLE
from accounting.books.domain.words import TEXTS
from accounting.books.domain.words.settlements import SETTLEMENTS
from accounting.books.domain.words.text import Severity
from accounting.books.models import Settlement
from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.pages.stops import WHY_NOT
from integrations.exports.states import Sent, State
from tests import build
from tests.integrations.exports.deciding.places import STATUS, address_of, state
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestAcknowledging:
    """A gap, or a difference in the Z report, may pass with a reason and a name."""

    @pytest.fixture
    def stopped(self, company: Company) -> Settlement:
        settlement = build.a_settlement(
            company, cash="100.00", sales={"31": "100.00"}, z_total="90.00"
        )
        build.built(company)
        return settlement

    def _post(self, client: Client, settlement: Settlement, reason: str, **more: str) -> str:
        page = Page(client, address_of(settlement))
        (stop,) = page.tree.xpath("//input[@name='stop']/@value")
        answer = client.post(
            f"{address_of(settlement)}godkjenn/",
            {"stop": stop, "reason": reason} | more,
            follow=True,
        )
        return " ".join(answer.content.decode().split())

    def test_with_a_reason_it_is_sent_by_itself(
        self, client: Client, company: Company, stopped: Settlement
    ) -> None:
        said = self._post(client, stopped, "Kassen ble nullstilt for tidlig")
        assert "Avviket er godkjent." in said
        assert "Det prøves igjen av seg selv." in said
        build.built(company)
        assert state() == State.READY
        page = Page(client, address_of(stopped))
        assert "Z-rapporten sier 90,00, men kvitteringene gir 100,00." in page.text
        assert "Godkjent av Kari N." in page.text
        assert "Kassen ble nullstilt for tidlig" in page.text
        assert "Avvik godkjent, Kari N.: Kassen ble nullstilt for tidlig" in page.text

    def test_without_a_reason_nothing_passes(
        self, client: Client, company: Company, stopped: Settlement
    ) -> None:
        assert "Skriv hvorfor avviket er i orden." in self._post(client, stopped, "  ")
        build.built(company)
        assert state() == State.BLOCKED

    def test_the_status_page_leads_to_the_very_stop(
        self, client: Client, stopped: Settlement
    ) -> None:
        address = Page(client, STATUS).link("Se oppgjøret")
        assert address == f"{address_of(stopped)}#z-total-differs"
        (place,) = Page(client, address).tree.xpath("//*[@id='z-total-differs']")
        assert "Godkjenn avviket" in place.text_content()

    def test_what_does_not_add_up_cannot_pass_and_says_why(
        self, client: Client, company: Company
    ) -> None:
        receipt = build.a_receipt({"31": "100.00"}, {"card": "90.00"})
        settlement = build.deliver(company, [replace(receipt, rounding=0)])
        build.built(company)
        page = Page(client, address_of(settlement))
        assert "Dette kan ikke godkjennes: beløpene går ikke opp" in page.text
        assert not page.tree.xpath("//input[@name='stop']")

    def test_a_stop_that_is_not_there_does_nothing(
        self, client: Client, stopped: Settlement
    ) -> None:
        assert "Ingenting ble gjort" in self._post(client, stopped, "Ja", stop="0" * 16)

    def test_after_a_new_delivery_the_old_page_decides_nothing(
        self, client: Client, company: Company, stopped: Settlement
    ) -> None:
        stop = Page(client, address_of(stopped)).tree.xpath("//input[@name='stop']/@value")[0]
        build.a_settlement(company, cash="50.00", sales={"31": "50.00"}, z_number="1")
        posted = {"stop": stop, "reason": "I orden"}
        answer = client.post(f"{address_of(stopped)}godkjenn/", posted, follow=True)
        assert "Ingenting ble gjort" in answer.content.decode()
        stopped.refresh_from_db()
        assert stopped.acknowledgements == []

    def test_every_stop_of_the_till_s_may_pass_or_says_why_not_or_is_mended_on_a_page(self) -> None:
        stops = {code for code, text in SETTLEMENTS.items() if text.severity is Severity.BLOCKED}
        mapped = {
            "transaction-type-unresolved",
            "payment-type-unresolved",
            "article-group-unresolved",
        }
        assert stops == {*ACKNOWLEDGEABLE, *WHY_NOT, *mapped, "receipt-changed"}
        assert WHY_NOT.keys() <= TEXTS.keys()


class TestCounting:
    """Counted cash is typed as it is shown, and the difference is booked."""

    @pytest.fixture
    def settlement(self, company: Company) -> Settlement:
        receipt = build.a_receipt({"31": "250.00"}, {"cash": "250.00"})
        settlement = build.deliver(company, [receipt], opening_float="1000.00")
        build.built(company)
        return settlement

    def _count(self, client: Client, settlement: Settlement, typed: str) -> str:
        address = f"{address_of(settlement)}kontanter/"
        return client.post(address, {"counted": typed}, follow=True).content.decode()

    def test_the_expected_amount_says_where_it_comes_from(
        self, client: Client, settlement: Settlement
    ) -> None:
        said = Page(client, address_of(settlement)).text
        assert "Vekselbeholdning 1 000,00" in said
        assert "Betalt kontant 250,00" in said
        assert "Skal ligge i kassen 1 250,00" in said

    def test_a_shortage_is_shown_as_it_will_be_booked_and_is_booked_so(
        self, client: Client, company: Company, settlement: Settlement
    ) -> None:
        assert "Talte kontanter er lagret." in self._count(client, settlement, "1 240,50")
        page = Page(client, address_of(settlement))
        assert "Kassedifferanse føres på 1909 −9,50" in page.text
        assert any(row.startswith("1909") and "9,50" in row for row in page.rows())
        (export,) = build.built(company)
        journal = export.snapshot.as_journal()
        assert {(x.account, x.amount) for x in journal.lines if "talt" in x.text} == {
            ("1900", -950),
            ("1909", 950),
        }
        assert "Kontanter talt, 1 240,50, Kari N." in Page(client, address_of(settlement)).text

    def test_what_the_field_shows_is_what_it_takes(
        self, client: Client, settlement: Settlement
    ) -> None:
        self._count(client, settlement, "1 240,50")
        (shown,) = Page(client, address_of(settlement)).tree.xpath(
            "//input[@name='counted']/@value"
        )
        assert shown == "1\N{NO-BREAK SPACE}240,50"
        self._count(client, settlement, shown)
        settlement.refresh_from_db()
        assert settlement.counted_cash == 124050

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("1.240,50", "Tallet 1.240,50 ble ikke forstått. Skriv 1\N{NO-BREAK SPACE}240,50."),
            ("-1", "Talte kontanter kan ikke være mindre enn null."),
        ],
    )
    def test_what_is_no_count_is_said_at_the_field(
        self, client: Client, settlement: Settlement, typed: str, said: str
    ) -> None:
        answer = self._count(client, settlement, typed)
        assert said in answer
        assert f'value="{typed}"' in answer
        settlement.refresh_from_db()
        assert settlement.counted_cash is None

    def test_an_empty_field_takes_the_count_back(
        self, client: Client, settlement: Settlement
    ) -> None:
        self._count(client, settlement, "1,00")
        assert "Tellingen er fjernet." in self._count(client, settlement, "")
        settlement.refresh_from_db()
        assert settlement.counted_cash is None

    def test_what_is_sent_is_not_counted_any_more(
        self, client: Client, settlement: Settlement
    ) -> None:
        build.ended(Export.objects.get(), Sent("1"))
        assert not Page(client, address_of(settlement)).tree.xpath("//input[@name='counted']")
        assert "Ingenting ble gjort" in self._count(client, settlement, "1,00")
        settlement.refresh_from_db()
        assert settlement.counted_cash is None
