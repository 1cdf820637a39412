"""Tills of different habits write the same day differently; the answer beside it is the same."""

from dataclasses import replace
from functools import cache

import pytest

from tests.integrations.pos.generator import rereading
from tests.integrations.pos.generator.plans import BUSY, NAMESPACE, SMALL, ore, tree, written

# With this seed seven days hold a euro note.
PLAN = replace(BUSY, profile="restaurant", days=7, seed=1)
USUAL, USUAL_ORACLE = written(PLAN)
SAME = [
    {"dialect": "absolute"},
    {"tips": "inside"},
    {"currency": "nok"},
    {"z": "gross"},
    {"z": "rounded"},
    {"namespace": "prefixed"},
    {"encoding": "utf-8-sig"},
    {"encoding": "iso-8859-1"},
    {"encoding": "windows-1252"},
    {"encoding": "utf-16"},
]


@pytest.mark.parametrize("habit", SAME, ids=str)
def test_a_habit_changes_the_file_and_not_the_answer(habit):
    data, oracle = written(replace(PLAN, **habit))
    assert data != USUAL
    assert oracle == USUAL_ORACLE


@pytest.mark.parametrize("habit", SAME[5:], ids=str)
def test_prefix_and_encoding_change_no_element_and_no_word(habit):
    told = [
        [(element.tag, element.text) for element in tree(written(plan)[0]).iter()]
        for plan in (SMALL, replace(SMALL, **habit))
    ]
    assert told[0] == told[1]


def test_a_prefixed_file_has_the_prefix_on_every_element():
    data = written(replace(PLAN, namespace="prefixed"))[0]
    assert b'<n1:auditfile xmlns:n1="' + NAMESPACE[1:-1].encode() in data
    assert data.count(b"<") == data.count(b"<n1:") + data.count(b"</n1:") + 1


@pytest.mark.parametrize(
    ("encoding", "begins", "declares"),
    [
        ("utf-8-sig", b"\xef\xbb\xbf<?xml", "UTF-8"),
        ("iso-8859-1", b"<?xml", "ISO-8859-1"),
        ("windows-1252", b"<?xml", "windows-1252"),
        ("utf-16", b"\xff\xfe<\x00?", "UTF-16"),
    ],
)
def test_an_encoding_is_what_the_file_says_it_is(encoding, begins, declares):
    data = written(replace(PLAN, encoding=encoding))[0]
    assert data.startswith(begins)
    words = data.decode(encoding)
    assert f'encoding="{declares}"' in words
    assert "Kassen avsluttet" in words
    assert "Øl" in words


@cache
def tipped(habit):
    """Receipts with a tip of this habit, and the tip each tells."""
    root = tree(written(replace(PLAN, tips=habit))[0])
    found = [r for r in root.iter("cashtransaction") if r.find("raise") is not None]
    return [(r, ore(r.findtext("raise/raiseAmnt"))) for r in found]


def test_the_three_ways_of_writing_a_tip_follow_their_equations():
    outside, inside, line = (tipped(habit) for habit in ("outside", "inside", "line"))
    assert len(outside) == len(inside) == len(line) > 10
    for (beside, tip), (within, _), (among, _) in zip(outside, inside, line, strict=True):
        paid = ore(beside.findtext("payment/paidAmnt"))
        assert {ore(r.findtext("payment/paidAmnt")) for r in (within, among)} == {paid}
        assert rereading.amount_in(beside) == rereading.lines_of(beside) == paid - tip
        assert rereading.amount_in(within) == paid == rereading.lines_of(within) + tip
        assert rereading.amount_in(among) == paid == rereading.lines_of(among)
        assert among.findall("ctLine")[-1].findtext("artGroupID") == "920"


def test_a_tip_is_10_20_or_50_kroner_or_makes_a_whole_50():
    told = tipped("outside")
    steps = {tip for _, tip in told if tip in (1_000, 2_000, 5_000)}
    assert steps == {1_000, 2_000, 5_000}
    for receipt, tip in told:
        assert tip in steps or (rereading.amount_in(receipt) + tip) % 5_000 == 0


def test_tips_as_a_line_become_a_group_and_nothing_else_changes():
    oracle = written(replace(PLAN, tips="line"))[1]
    assert oracle["credit_sales"] == USUAL_ORACLE["credit_sales"]
    for row, usual in zip(oracle["settlements"], USUAL_ORACLE["settlements"], strict=True):
        group = [one for one in row["sales"] if one["article_group"] == "920"]
        assert row["tips"] == "0.00"
        assert sum(ore(one["gross"]) for one in group) == ore(usual["tips"])
        assert [one for one in row["sales"] if one not in group] == usual["sales"]
        for name in ("payments", "other", "rounding", "transactions", "vat"):
            assert row[name] == usual[name]


def test_nobody_tips_in_a_shop_nor_where_tips_are_none():
    for plan in (replace(PLAN, profile="shop"), replace(PLAN, tips="none")):
        data, oracle = written(plan)
        assert b"<raise>" not in data
        assert {row["tips"] for row in oracle["settlements"]} == {"0.00"}


def test_a_euro_tender_is_in_euro_or_already_in_kroner():
    rows = {
        currency: [
            payment
            for payment in tree(written(replace(PLAN, currency=currency))[0]).iter("payment")
            if payment.findtext("curCode") == "EUR"
        ]
        for currency in ("eur", "nok")
    }
    assert len(rows["eur"]) == len(rows["nok"]) > 0
    for euro, kroner in zip(rows["eur"], rows["nok"], strict=True):
        worth = float(euro.findtext("paidAmnt")) * float(euro.findtext("exchRt"))
        assert abs(worth - float(kroner.findtext("paidAmnt"))) < 0.0051
        assert ore(euro.findtext("paidAmnt")) % 500 == 0


def test_money_out_is_negative_or_not_by_dialect_and_the_receipt_is_always_positive():
    for dialect, sign in (("signed", -1), ("absolute", 1)):
        root = tree(written(replace(PLAN, dialect=dialect, kinds="every"))[0])
        book = rereading.code_book(root, "11")
        out = [r for r in root.iter("cashtransaction")
               if book.get(r.findtext("transType")) in ("11003", "11004", "11010")]  # fmt: skip
        assert len(out) > 3
        for receipt in out:
            assert receipt.findtext("amntTp") == "C"
            amount = ore(receipt.findtext("transAmntIn"))
            assert amount > 0
            assert ore(receipt.findtext("payment/paidAmnt")) == sign * amount
