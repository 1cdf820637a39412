"""A settlement's page beside the journal: what the till said, money that moved, sales on credit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounting.books.domain.codes import Role
from accounting.books.domain.sales import Receipt, ReceiptKind
from accounting.books.domain.setup import Kind, Rule, RuleKey
from accounting.books.models import Settlement
from accounting.books.records import save_setup
from accounting.company.models import Company
from integrations.exports.states import Sent
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
ROOT = f"/s/{build.ORG_NO}"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    build.the_suggested_setup(company)
    return company


def _page(client: Client, settlement: Settlement, query: str = "") -> Page:
    return Page(client, f"{ROOT}/oppgjor/{settlement.pk}/{query}")


def _table(page: Page, caption: str) -> list[str]:
    (table,) = page.tree.xpath(f"//table[normalize-space(caption)='{caption}']")
    return [" ".join(row.text_content().split()) for row in table.xpath(".//tbody/tr")]


class TestAnnet:
    """What is neither sale nor tender, with its sign and what it is booked against."""

    @pytest.fixture
    def settlement(self, company: Company) -> Settlement:
        return build.deliver(
            company,
            [
                replace(
                    build.a_receipt({"31": "200.00"}, {"card": "220.00"}),
                    tip=2000,
                    rounding=0,
                    raises=(("10001", 2000),),
                ),
                build.a_movement(
                    ReceiptKind.FLOAT, "1000.00", nr=1001, own_type="FLT", standard="11007"
                ),
                build.a_movement(
                    ReceiptKind.PAID_OUT, "500.00", nr=1002, own_type="OUT", standard="11010"
                ),
                build.a_movement(
                    ReceiptKind.PAID_IN, "300.00", nr=1003, own_type="IN", standard="11011"
                ),
                build.a_credit_sale("640.00", nr=1004, customer="Havn AS", invoice_no="2041"),
            ],
            opening_float="1000.00",
        )

    def test_each_movement_says_what_it_is_booked_against(
        self, client: Client, settlement: Settlement
    ) -> None:
        assert sorted(_table(_page(client, settlement), "Annet")) == [
            "Innskudd Kontant Mangler konto. 300,00",
            "Tips 2910 20,00",
            "Uttak Kontant 1910 −500,00",
            "Vekselbeholdning Føres ikke 1 000,00",
        ]

    def test_the_drawer_holds_float_cash_in_and_cash_out(
        self, client: Client, settlement: Settlement
    ) -> None:
        said = _page(client, settlement).text
        assert "Innskudd 300,00" in said
        assert "Uttak −500,00" in said
        assert "Skal ligge i kassen 800,00" in said

    def test_credit_sales_are_kept_apart_and_lead_to_their_receipt(
        self, client: Client, settlement: Settlement
    ) -> None:
        page = _page(client, settlement)
        assert _table(page, "Kredittsalg") == ["1004 Havn AS 2041 640,00"]
        assert "De skal faktureres, og er ikke med i bilaget." in page.text
        receipt = Page(client, page.link("1004"))
        assert "Kredittsalg" in receipt.text
        assert "Fakturanr. 2041" in receipt.text

    def test_a_sent_journal_s_accounts_stay_as_they_were_sent(
        self, client: Client, company: Company
    ) -> None:
        build.a_chart(company)
        build.a_connection(company)
        out = build.a_movement(
            ReceiptKind.PAID_OUT, "50.00", nr=1001, own_type="OUT", standard="11010"
        )
        sale = build.a_receipt({"31": "200.00"}, {"cash": "200.00"})
        settlement = build.deliver(company, [sale, out])
        (export,) = build.built(company)
        build.ended(export, Sent("1"))
        company.setup_entries.update(account="9999")
        assert _table(_page(client, settlement), "Annet") == ["Uttak Kontant 1910 −50,00"]


class TestKassenSierViRegner:
    """Where a settlement is stopped, the till's figures stand beside ours."""

    def test_nothing_is_compared_where_nothing_parts(
        self, client: Client, company: Company
    ) -> None:
        settlement = build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
        assert "Kassen sier" not in _page(client, settlement).text

    def test_the_total_vat_and_payments_stand_side_by_side(
        self, client: Client, company: Company
    ) -> None:
        settlement = build.a_settlement(
            company, cash="100.00", sales={"31": "100.00"}, z_total="90.00"
        )
        page = _page(client, settlement)
        assert _table(page, "Z-rapporten og summen av kvitteringene") == [
            "Salg i alt 90,00 100,00 −10,00 ! stemmer ikke",
            "Mva, kode 31 13,04 13,04 0,00",
            "Kontant 100,00 100,00 0,00",
        ]
        assert "Hver kvittering går opp for seg." in page.text

    def test_a_receipt_that_does_not_add_up_is_named_and_can_be_read(
        self, client: Client, company: Company
    ) -> None:
        good = build.a_receipt({"31": "50.00"}, {"card": "50.00"})
        bad = replace(build.a_receipt({"31": "100.00"}, {"card": "90.00"}, nr=1001), rounding=0)
        page = _page(client, build.deliver(company, [good, bad]))
        (row,) = _table(page, "Én kvittering stopper oppgjøret")
        assert row.startswith("1001 23.11.2026 kl. 12.00 100,00 100,00 90,00 ")
        assert row.endswith("Kvittering 1001 er betalt med 90,00, men skulle vært 100,00.")
        receipt = Page(client, page.link("1001"))
        assert "!Kvittering 1001 er betalt med 90,00, men skulle vært 100,00." in receipt.text
        assert _table(receipt, "Varelinjer") == ["Mat 31 100,00"]
        assert _table(receipt, "Betaling") == ["Bankkort 90,00"]

    def test_a_gap_alone_shows_the_totals_and_reads_no_receipt(
        self, client: Client, company: Company
    ) -> None:
        numbers = (1000, 1001, 1004)
        settlement = build.deliver(
            company, [build.a_receipt({"31": "50.00"}, {"card": "50.00"}, nr=nr) for nr in numbers]
        )
        settlement.register.receipts.update(details="never read")
        page = _page(client, settlement)
        assert _table(page, "Z-rapporten og summen av kvitteringene") == [
            "Salg i alt 150,00 150,00 0,00"
        ]
        assert "Hver kvittering går opp for seg." in page.text

    def test_what_has_no_account_lists_its_receipts_until_it_has(
        self, client: Client, company: Company
    ) -> None:
        sale = build.a_receipt({"31": "50.00"}, {"card": "50.00"})
        bought = build.a_movement(
            ReceiptKind.PURCHASE, "80.00", nr=1001, own_type="BUY", standard="11003", name="Melk"
        )
        settlement = build.deliver(company, [sale, bought])
        page = _page(client, settlement)
        assert "Kvitteringer som må avklares" in page.text
        assert "Kassen sier, vi regner" not in page.text
        (row,) = _table(page, "Én kvittering må avklares")
        assert row.startswith("1001 ")
        assert row.endswith("Kvittering 1001 har typen «Melk». Den har ingen konto ennå.")
        save_setup(company, None, {RuleKey(Role.PAIDOUT, "BUY"): Rule("1909", "0")})
        assert "Kvitteringer som må avklares" not in _page(client, settlement).text

    def test_a_group_set_up_as_gift_cards_is_not_remarked_upon_any_more(
        self, client: Client, company: Company
    ) -> None:
        settlement = build.deliver(
            company,
            [build.a_receipt({("900", "Gavekort", "04999", "0"): "500.00"}, {"card": "500.00"})],
        )
        said = "«Gavekort» ser ut som gavekort."
        assert said in _page(client, settlement).text
        key = RuleKey(Role.SALES, "900", vat_code="0")
        save_setup(company, None, {key: Rule("2901", "", kind=Kind.GIFT_CARD)})
        assert said not in _page(client, settlement).text

    def test_fifty_are_shown_and_a_link_shows_all(self, client: Client, company: Company) -> None:
        settlement = build.deliver(company, _unpaid(52))
        caption = "52 kvitteringer stopper oppgjøret"
        page = _page(client, settlement)
        assert len(_table(page, caption)) == 50
        assert "2 kvitteringer til er ikke vist." in page.text
        assert page.link("Vis alle 52") == "?kvitteringer=alle#sammenligning"
        assert len(_table(_page(client, settlement, "?kvitteringer=alle"), caption)) == 52

    def test_of_very_many_no_more_is_shown_than_anybody_reads(
        self, client: Client, company: Company, django_assert_num_queries
    ) -> None:
        few = build.deliver(company, _unpaid(3), register="2")
        many = build.deliver(company, _unpaid(503))
        caption = "503 kvitteringer stopper oppgjøret"
        page = _page(client, many)
        assert page.link("Vis de første 500") == "?kvitteringer=alle#sammenligning"
        with CaptureQueriesContext(connection) as read:
            page = _page(client, many, "?kvitteringer=alle")
        assert len(_table(page, caption)) == 500
        assert "3 kvitteringer til er ikke vist." in page.text
        with django_assert_num_queries(len(read)):
            _page(client, few)
        assert len(read) < 25


def _unpaid(number: int) -> list[Receipt]:
    """Receipts that were paid ten kroner too little each."""
    noon = build.NOW - timedelta(hours=20)
    return [
        replace(
            build.a_receipt(
                {"31": "100.00"}, {"card": "90.00"}, nr=1000 + n, at=noon + timedelta(seconds=n)
            ),
            rounding=0,
        )
        for n in range(number)
    ]


def test_a_receipt_page_speaks_english(client: Client, company: Company) -> None:
    company.memberships.get().user.__class__.objects.update(language="en")
    settlement = build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    page = Page(client, f"{ROOT}/oppgjor/{settlement.pk}/kvittering/1000/")
    assert "Receipt 1000" in page.text
    assert "Kvittering" not in page.text
