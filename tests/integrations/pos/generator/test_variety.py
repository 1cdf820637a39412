"""A generated file holds what a reader must cope with, and its days keep a till's rhythm."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from integrations.pos.generator.catalogue import STOCK, shelf
from integrations.pos.generator.customers import CUSTOMERS, PARTIES
from integrations.pos.generator.day import opening
from integrations.pos.generator.desk import Desk
from integrations.pos.generator.mix import MIXES
from integrations.pos.generator.receipt import vat_of
from integrations.pos.generator.tenders import to_krone
from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import BUSY, SMALL, ore, tree, written


@pytest.fixture(scope="module")
def root():
    return tree(written(replace(BUSY, days=30, receipts=120))[0])


@pytest.mark.slow
def test_every_kind_of_receipt_occurs(root):
    book = rereading.code_book(root, "11")
    kinds = Counter(book.get(r.findtext("transType")) for r in root.iter("cashtransaction"))
    stopping = {"11003", "11004", "11012"}
    assert set(kinds) == {f"110{n:02d}" for n in range(1, 18)} - stopping | {None}
    assert Counter(r.text for r in root.iter("trainingID"))["true"] > 10
    assert Counter(r.text for r in root.iter("voidTransaction"))["true"] > 5
    empty = [r for r in root.iter("cashtransaction") if r.findtext("transAmntIn") == "0.00"]
    assert {r.find("ctLine") is None for r in empty} == {True, False}


def test_what_stops_a_settlement_comes_only_when_every_kind_is_asked_for(root):
    stopping = {"11003", "11004", "11012", "11999"}
    every = tree(written(replace(BUSY, days=10, receipts=120, kinds="every"))[0])
    for file, expected in ((root, set()), (every, stopping)):
        book = rereading.code_book(file, "11")
        used = {book.get(r.findtext("transType")) for r in file.iter("cashtransaction")}
        assert used & stopping == expected
        points = any(e.text == "POENG" for e in file.iter("paymentType"))
        assert points is bool(expected)


def test_credit_sales_come_in_every_form(root):
    books = rereading.Books.of(root)
    on_account = [r for r in root.iter("cashtransaction") if rereading.nature(r, books) == "credit"]
    forms = {
        (
            books.types.get(r.findtext("transType") or ""),
            r.find("invoiceID") is not None,
            tuple(books.tenders[p.findtext("paymentType")] for p in r.iterfind("payment")),
        )
        for r in on_account
    }
    assert {("11002", True, ("12006",)), ("11002", False, ("12006",)), ("11002", True, ()),
            ("11015", False, ("12002", "12006")), ("11015", False, ("12001", "12006")),
            ("11017", False, ("12006",)), (None, False, ("12006",)),
            (None, True, ())} == forms  # fmt: skip
    signs = {
        rereading.amount_in(r) > 0 for r in on_account if r.findtext("transType") == "KREDITTRETUR"
    }
    assert signs == {True, False}
    deliveries = {e.findtext("transID") for e in root.iter("event")
                  if e.findtext("eventType") == "UTLEVERING"}  # fmt: skip
    assert deliveries == {r.findtext("transID") for r in on_account}
    assert 0.02 < len(on_account) / len(list(root.iter("cashtransaction"))) < 0.04


def test_customers_have_an_organisation_number_that_adds_up_or_none():
    for party in PARTIES:
        if party.org_no:
            replace(BUSY, org_no=party.org_no)  # raises Refused where MOD11 does not
    assert {bool(party.org_no) for party in CUSTOMERS} == {True, False}


def test_customers_pay_with_and_without_an_amount(root):
    books = rereading.Books.of(root)
    paying = [r for r in root.iter("cashtransaction")
              if rereading.nature(r, books) == "customer-payment"]  # fmt: skip
    forms = {(r.findtext("transAmntIn") == "0.00", r.find("ctLine") is None) for r in paying}
    assert forms == {(True, True), (False, False)}
    assert {r.find("invoiceID") is None for r in paying} == {True, False}
    assert all(r.findtext("custSupID") for r in paying)


def test_exchanges_have_lines_of_both_signs(root):
    for own in ("BYTTE", "SALGRETUR"):
        mixed = [r for r in root.iter("cashtransaction") if r.findtext("transType") == own]
        assert mixed
        for receipt in mixed:
            assert {e.text for e in receipt.iterfind("ctLine/amntTp")} == {"C", "D"}


def test_every_tender_group_and_rate_occurs(root):
    unused = {"POENG", "920", "940"}  # points and used goods stop a settlement; tips are no line
    tenders, groups = (set(rereading.code_book(root, one)) for one in ("12", "04"))
    assert {e.text for e in root.iter("paymentType")} >= tenders - unused
    assert {e.text for e in root.iter("artGroupID")} >= groups - unused
    assert {e.text for e in root.iter("vatPerc")} == {"25.00", "15.00", "12.00", "0.00"}
    groups = set(rereading.code_book(root, "04").values())
    assert groups == {f"04{n:03d}" for n in (3, 6, 7, 8, 11, 12, 13, 14, 15, 17, 999)}


def test_cash_is_sometimes_a_note_and_change_and_a_gift_card_is_split_with_a_card(root):
    rows = {
        tuple((p.findtext("paymentType"), ore(p.findtext("paidAmnt")) > 0) for p in r)
        for r in ([*r.iterfind("payment")] for r in root.iter("cashtransaction"))
    }
    assert (("KONTANT", True), ("KONTANT", False)) in rows
    assert (("GAVEKORT", True), ("BANKKORT", True)) in rows
    assert (("TILGODE", False),) in rows


def test_a_line_discount_is_inside_the_amount_already(root):
    reduced = [line for line in root.iter("ctLine") if line.find("discount") is not None]
    assert reduced
    for line in reduced:
        full = ore(line.findtext("ppu")) * int(line.findtext("qnt"))
        assert ore(line.findtext("lineAmntIn")) == full - ore(line.findtext("discount/dscAmnt"))


def test_x_reports_copies_price_inquiries_and_empty_drawers_stand_among_the_events(root):
    book = rereading.code_book(root, "13")
    kinds = Counter(book[e.findtext("eventType")] for e in root.iter("event"))
    assert min(kinds[f"130{n:02d}"] for n in (5, 8, 9, 12, 13, 14, 17, 22, 28)) > 0
    drawers = [e for e in root.iter("event") if e.findtext("eventType") == "NULLINNSLAG"]
    counted = [z for z in root.iter("eventReport") if z.findtext("reportType") == "Z report"]
    total = sum(int(z.findtext("reportOpenCashBoxNum")) for z in counted)
    told = written(replace(BUSY, days=30, receipts=120))[1]
    # What comes after the last Z is in no report.
    assert (total == len(drawers)) is (told["open"] == [])
    assert 0 < total <= len(drawers)


def test_a_restaurant_sells_past_midnight_and_the_day_keeps_its_date():
    _, told = written(replace(SMALL, profile="restaurant", days=14, receipts=60, kinds="basic"))
    for row in told["settlements"]:
        closed = datetime.fromisoformat(row["closed_at"])
        if closed.time().isoformat() == "03:00:00":
            assert row["business_date"] == (closed - timedelta(days=1)).date().isoformat()


def test_now_and_then_a_day_has_two_z_or_none_or_one_without_sales():
    _, told = written(replace(BUSY, days=400, receipts=3))
    days = Counter(row["business_date"] for row in told["settlements"])
    assert set(days.values()) == {1, 2}
    assert len(days) < 400
    assert any(row["sales"] == [] for row in told["settlements"])


def test_a_shop_is_closed_on_sundays_and_keeps_the_mean_all_the_same():
    random = Random(1)  # noqa: S311
    first = date(2026, 1, 1)
    year = [opening(first + timedelta(days=n), 100, "shop", random) for n in range(364)]
    assert all(one is None for one in year[3::7])
    assert 95 < sum(len(one.times) for one in year if one) / 364 < 105


def test_nothing_is_sold_in_the_hour_that_summer_time_skips():
    saturday = date(2026, 3, 28)
    for seed in range(200):
        hours = opening(saturday, 300, "restaurant", Random(seed))  # noqa: S311
        assert hours is None or not hours.times or hours.times[-1] < 26 * 3600


def test_before_twelve_percent_came_nothing_is_sold_at_it():
    assert any(one.vat.standard == "33" for one in shelf("mixed", date(2021, 10, 1)))
    assert all(one.vat.standard != "33" for one in shelf("mixed", date(2021, 9, 30)))


@pytest.mark.parametrize(
    "kind", [kind for _, kind in MIXES["every"]], ids=lambda kind: kind.__name__
)
def test_a_kind_yields_a_receipt_that_adds_up(kind):
    for seed in range(100):
        goods = tuple(one for _, one in STOCK["mixed"])
        receipt = kind(Desk(Random(seed), goods, tipping=True))  # noqa: S311
        assert sum(line.tax for line in receipt.lines) == receipt.tax
        if receipt.lines:
            assert sum(line.gross for line in receipt.lines) == receipt.gross
        if receipt.counts or (receipt.lines and receipt.payments and not receipt.void):
            paid = sum(payment.amount for payment in receipt.payments)
            assert paid == receipt.gross + receipt.rounding + receipt.tip


def test_vat_and_rounding_go_by_size_not_by_sign():
    assert (vat_of(1640, 1500), vat_of(-1640, 1500)) == (214, -214)  # the official example
    assert [to_krone(amount) for amount in (29540, 50, 49, -1640, -50)] == [
        29500, 100, 0, -1600, -100,
    ]  # fmt: skip
