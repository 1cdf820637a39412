"""Kontooppsett: its rows, suggestions, saving, and what is said of a wrong account."""

from dataclasses import replace

import pytest
from django.test import Client

from accounting.books.domain.codes import Role
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Payment, ReceiptKind
from accounting.books.domain.setup import Account, Kind, Rule, RuleKey
from accounting.books.queries import SetupReader
from accounting.books.records import save_setup
from accounting.company.models import Company
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"
FOOD = RuleKey(Role.SALES, "100", "", "31")
ALL_FOOD = RuleKey(Role.SALES, "", "", "31")


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


def test_what_was_sold_and_paid_has_rows_with_suggestions(client: Client, company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    page = Page(client, SETUP)
    food = next(row for row in page.rows() if row.startswith("Mat"))
    assert "Mangler konto. Forslag: 3030, mva 31" in food
    assert any(row.startswith("Kontant betalingsmåte CASH") for row in page.rows())
    assert "2 linjer mangler en konto som kan brukes." in page.text


def test_a_suggestion_is_filled_in_and_not_saved(client: Client, company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    answer = client.post(SETUP, {"use": str(FOOD)}).content.decode()
    assert f'name="konto:{FOOD}" value="3030"' in answer
    assert "Det gjelder først når du lagrer." in answer
    assert not company.setup_entries.exists()


def test_all_suggestions_are_the_wide_rows(client: Client, company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    posted = {f"konto:{FOOD}": "", f"mva:{FOOD}": "", "use": "all"}
    answer = client.post(f"{SETUP}?vis=mangler", posted).content.decode()
    assert f'name="konto:{ALL_FOOD}" value="3030"' in answer
    assert f'name="konto:{FOOD}" value=""' in answer


def test_a_saved_row_counts_and_is_logged(client: Client, company: Company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    version = company.setup_version
    client.post(SETUP, {f"konto:{FOOD}": "3030 Salg av mat", f"mva:{FOOD}": "31"})
    company.refresh_from_db()
    entry = company.setup_entries.get()
    assert (entry.account, entry.posting_vat_code, entry.own_code) == ("3030", "31", "100")
    assert company.setup_version == version + 1
    assert company.audit.get(action="setup-changed").actor.email == "kari@example.no"


def test_an_emptied_row_is_removed(client: Client, company: Company) -> None:
    save_setup(company, None, {FOOD: Rule("3030", "31")})
    client.post(SETUP, {f"konto:{FOOD}": "", f"mva:{FOOD}": "31"})
    assert not company.setup_entries.exists()


def test_saving_what_stands_there_changes_nothing(client: Client, company: Company) -> None:
    save_setup(company, None, {FOOD: Rule("3030", "31")})
    answer = client.post(SETUP, {f"konto:{FOOD}": "3030", f"mva:{FOOD}": "31"}, follow=True)
    assert "Ingenting var endret." in answer.content.decode()


def test_letters_are_refused_at_the_field_and_nothing_is_saved(
    client: Client, company: Company
) -> None:
    other = RuleKey(Role.ROUNDING)
    posted = {f"konto:{FOOD}": "mat", f"mva:{FOOD}": "31", f"konto:{other}": "7740"}
    answer = client.post(f"{SETUP}?row={FOOD}", posted).content.decode()
    assert answer.count("«mat» er ikke et kontonummer. Skriv bare sifre, som 3000.") == 2
    assert 'aria-invalid="true"' in answer
    assert 'value="7740"' in answer
    assert not company.setup_entries.exists()


def test_a_vat_code_that_is_nobody_s_is_refused(client: Client, company: Company) -> None:
    posted = {f"konto:{FOOD}": "3030", f"mva:{FOOD}": "99"}
    assert "Mva-kode 99 finnes ikke" in client.post(SETUP, posted).content.decode()
    assert not company.setup_entries.exists()


@pytest.mark.parametrize("posted", [{"konto:SALES": "3000"}, {"use": "SALES|x"}])
def test_a_row_that_no_page_has_is_refused(client: Client, company: Company, posted) -> None:
    assert client.post(SETUP, posted).status_code == 400


def test_the_chart_is_held_against_each_row(client: Client, company: Company) -> None:
    build.the_suggested_setup(company)
    build.a_chart(company, without=("3050",), a3030=Account("3030", "Mat", active=False))
    rows = " ".join(Page(client, f"{SETUP}?vis=mangler").rows())
    assert "Konto 3030 er inaktiv." in rows
    assert "Konto 3050 finnes ikke i kontoplanen." in rows
    assert "3000" not in rows


def test_a_department_has_its_own_rows_and_follows_the_default(
    client: Client, company: Company
) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"}, department=centre)
    save_setup(company, None, {ALL_FOOD: Rule("3030", "31")})
    page = Page(client, f"{SETUP}?department=Sentrum", follow=True)
    food = next(row for row in page.rows() if row.startswith("Mat"))
    assert "Følger «Annet salg med mva-kode 31»: 3030" in food

    client.post(f"{SETUP}?department=Sentrum", {f"konto:{FOOD}": "3031", f"mva:{FOOD}": "31"})

    assert company.setup_entries.get(department=centre).account == "3031"
    assert f"konto:{FOOD}" not in Page(client, SETUP).source


def test_an_unknown_department_is_not_found(client: Client, company: Company) -> None:
    assert client.get(f"{SETUP}?department=Ingen").status_code == 404


def test_a_row_that_did_not_exist_is_opened_all_the_same(client: Client, company: Company) -> None:
    page = Page(client, f"{SETUP}?row=SALES|777||31&vis=mangler")
    assert page.focused().get("name") == "konto:SALES|777||31"


@pytest.mark.parametrize("named", ["account=3030", "vat_code=31"])
def test_what_the_far_side_named_opens_the_row_that_uses_it(
    client: Client, company: Company, named: str
) -> None:
    build.the_suggested_setup(company)
    assert Page(client, f"{SETUP}?{named}").focused().get("value") == "3030"


GIFT: build.Sold = ("900", "Gavekort", "04999", "0")
GIFT_ROW = RuleKey(Role.SALES, "900", "", "0")
NEW = f"{SETUP}?vis=nytt"


def _a_day_with_everything_new(company: Company) -> None:
    points = Payment("POINTS", "Kundepoeng", "12007", Ore(5000))
    sale = build.a_receipt({"31": "100.00", GIFT: "500.00"}, {"card": "550.00"})
    sale = replace(sale, payments=(*sale.payments, points), rounding=Ore(0))
    bought = build.a_movement(
        ReceiptKind.PURCHASE, "80.00", nr=1001, own_type="BUY", standard="11003", name="Innkjøp"
    )
    banked = build.a_movement(
        ReceiptKind.PAID_OUT, "70.00", nr=1002, own_type="OUT", standard="11010", name="Til bank"
    )
    build.deliver(company, [sale, bought, banked])


def test_everything_new_from_the_till_is_asked_for_on_one_page(
    client: Client, company: Company
) -> None:
    build.the_suggested_setup(company)
    _a_day_with_everything_new(company)
    page = Page(client, NEW)
    rows = page.rows()
    assert "Nytt fra kassen (3)" in page.text
    assert [row.split(" ")[0] for row in rows] == ["Gavekort", "Kundepoeng", "Innkjøp"]
    kinds = page.tree.xpath(f"//select[@name='slag:{GIFT_ROW}']/option")
    assert [kind.text for kind in kinds] == [
        "Salg",
        "Gavekort",
        "Pant",
        "Innbetaling fra kunde",
        "Tips",
    ]
    assert "Forslag: gavekort, 2901" in rows[0]
    assert "betalingsmåte POINTS" in rows[1]
    assert "transaksjonstype BUY" in rows[2]

    keys = page.tree.xpath("//input[starts-with(@name, 'konto:')]/@name")
    accounts = dict(zip(keys, ("2901", "7330", "4300"), strict=True))
    client.post(NEW, accounts | {f"slag:{GIFT_ROW}": "gift-card"})

    saved = {(e.role, e.own_code): (e.account, e.kind) for e in company.setup_entries.all()}
    assert saved["SALES", "900"] == ("2901", "gift-card")
    assert saved["SUSPENSE", "POINTS"] == ("7330", "sale")
    assert saved["PAIDOUT", "BUY"] == ("4300", "sale")
    assert "Ingenting mangler." in Page(client, NEW).text
    built = build_journal(
        company.settlements.get().as_day(),
        SetupReader(company).for_register(company.registers.get()),
    )
    assert isinstance(built, Journal), built


def test_a_gift_card_suggestion_brings_its_kind(client: Client, company: Company) -> None:
    _a_day_with_everything_new(company)
    answer = client.post(NEW, {"use": str(GIFT_ROW)}).content.decode()
    assert f'name="konto:{GIFT_ROW}" value="2901"' in answer
    assert '<option value="gift-card" selected>' in answer


def test_gift_cards_taken_for_sales_get_the_suggestion_too(
    client: Client, company: Company
) -> None:
    save_setup(company, None, {RuleKey(Role.SALES, vat_code="0"): Rule("3900", "0")})
    _a_day_with_everything_new(company)
    row = next(row for row in Page(client, SETUP).rows() if row.startswith("Gavekort"))
    assert "Følger «Annet salg med mva-kode 0»: 3900" in row
    assert "Forslag: gavekort, 2901" in row


def test_what_a_file_does_not_explain_takes_no_general_rule(
    client: Client, company: Company
) -> None:
    build.the_suggested_setup(company)
    unknown: build.Sold = ("999", "", "", "31")
    build.a_settlement(company, card="10.00", sales={unknown: "10.00"})
    (row,) = Page(client, NEW).rows()
    assert row.startswith("999 ")
    assert "Mangler konto." in row


def test_a_kind_stays_until_another_is_chosen(client: Client, company: Company) -> None:
    save_setup(company, None, {GIFT_ROW: Rule("2901", "0", kind=Kind.GIFT_CARD)})
    page = Page(client, SETUP)
    (shown,) = page.tree.xpath(f"//select[@name='slag:{GIFT_ROW}']/option[@selected]/@value")
    assert shown == "gift-card"
    client.post(SETUP, {f"konto:{GIFT_ROW}": "2902", f"mva:{GIFT_ROW}": "0"})
    entry = company.setup_entries.get()
    assert (entry.account, entry.kind) == ("2902", "gift-card")
    client.post(SETUP, {f"konto:{GIFT_ROW}": "2902", f"slag:{GIFT_ROW}": "deposit"})
    assert company.setup_entries.get().kind == "deposit"


def test_a_kind_without_an_account_is_asked_for_one(client: Client, company: Company) -> None:
    posted = {f"konto:{GIFT_ROW}": "", f"slag:{GIFT_ROW}": "gift-card"}
    answer = client.post(SETUP, posted).content.decode()
    assert "Skriv konto for gruppen også, eller velg Salg." in answer
    assert '<option value="gift-card" selected>' in answer


def test_a_kind_that_does_not_exist_is_refused(client: Client, company: Company) -> None:
    posted = {f"konto:{GIFT_ROW}": "2901", f"slag:{GIFT_ROW}": "loan"}
    assert client.post(SETUP, posted).status_code == 400
