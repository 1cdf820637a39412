"""A generated file holds what a reader must cope with, and its days keep a till's rhythm."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from integrations.pos.generator.catalogue import STOCK, shelf
from integrations.pos.generator.day import opening
from integrations.pos.generator.kinds import KINDS, Desk
from integrations.pos.generator.receipt import vat_of
from integrations.pos.generator.tenders import to_krone
from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import BUSY, SMALL, ore, tree, written


@pytest.fixture(scope="module")
def root():
    return tree(written(replace(BUSY, days=30, receipts=120))[0])


def test_every_kind_of_receipt_occurs(root):
    book = rereading.code_book(root, "11")
    kinds = Counter(book.get(r.findtext("transType")) for r in root.iter("cashtransaction"))
    assert set(kinds) == {"11001", "11006", "11013", "11016", None}
    assert Counter(r.text for r in root.iter("trainingID"))["true"] > 10
    assert Counter(r.text for r in root.iter("voidTransaction"))["true"] > 5
    empty = [r for r in root.iter("cashtransaction") if r.findtext("transAmntIn") == "0.00"]
    assert {r.find("ctLine") is None for r in empty} == {True, False}


def test_exchanges_have_lines_of_both_signs(root):
    for own in ("BYTTE", "SALGRETUR"):
        mixed = [r for r in root.iter("cashtransaction") if r.findtext("transType") == own]
        assert mixed
        for receipt in mixed:
            assert {e.text for e in receipt.iterfind("ctLine/amntTp")} == {"C", "D"}


def test_every_tender_group_and_rate_occurs(root):
    assert {e.text for e in root.iter("paymentType")} >= set(rereading.code_book(root, "12"))
    assert {e.text for e in root.iter("artGroupID")} >= set(rereading.code_book(root, "04"))
    assert {e.text for e in root.iter("vatPerc")} == {"25.00", "15.00", "12.00", "0.00"}
    groups = set(rereading.code_book(root, "04").values())
    assert groups == {f"04{n:03d}" for n in (3, 4 + 2, 7, 8, 11, 12, 13, 14, 15, 17)}


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
    assert total == len(drawers) > 0


def test_a_restaurant_sells_past_midnight_and_the_day_keeps_its_date():
    _, told = written(replace(SMALL, profile="restaurant", days=14, receipts=60))
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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_yields_a_receipt_that_adds_up(kind):
    for seed in range(300):
        receipt = kind(Desk(Random(seed), tuple(one for _, one in STOCK["mixed"])))  # noqa: S311
        assert sum(line.gross for line in receipt.lines) == receipt.gross
        assert sum(line.tax for line in receipt.lines) == receipt.tax
        if receipt.counts:
            paid = sum(payment.amount for payment in receipt.payments)
            assert paid == receipt.gross + receipt.rounding


def test_vat_and_rounding_go_by_size_not_by_sign():
    assert (vat_of(1640, 1500), vat_of(-1640, 1500)) == (214, -214)  # the official example
    assert [to_krone(amount) for amount in (29540, 50, 49, -1640, -50)] == [
        29500, 100, 0, -1600, -100,
    ]  # fmt: skip
