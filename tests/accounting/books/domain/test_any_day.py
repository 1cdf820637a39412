"""Property: any day a till delivers becomes a balanced journal, or it is said what stands in the way."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.books.domain import stored
from accounting.books.domain.behind import behind, part_of
from accounting.books.domain.codes import Role
from accounting.books.domain.evidence import normalised
from accounting.books.domain.issues import sentence
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey, Setup
from accounting.books.domain.totals import settle
from tests.accounting.books.domain.values import (
    BEER,
    CHART,
    FOOD,
    OPENING,
    RULES,
    a_line,
    a_payment,
    a_receipt,
    a_z,
)

WHATS = st.sampled_from(
    [FOOD, BEER, ("5", "", "", "33"), ("6", "Nytt", "04999", "0"), ("", "", "", "")]
)
AMOUNTS = st.integers(-50_000, 50_000)


@st.composite
def receipts(draw, nr):
    """A receipt of any kind, right or wrong."""
    lines = [
        a_line(draw(AMOUNTS), draw(WHATS), rate=draw(st.sampled_from([None, 0, 1500, 2500])))
        for _ in range(draw(st.integers(0, 3)))
    ]
    gross = sum(line.gross for line in lines)
    rounding = draw(st.sampled_from([None, 0, 0, 0, 40, -60]))
    standard = draw(st.sampled_from(["12001", "12002", "12002", "12005", "12999", ""]))
    paid = a_payment(gross + (rounding or 0), standard)
    changes = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "gross": AMOUNTS,
                "kind": st.sampled_from(list(ReceiptKind)),
                "raises": st.just((("10001", 500),)),
                "notes": st.just(("book-date-empty",)),
                "payments": st.just(()),
            },
        )
    )
    whole = a_receipt(nr, lines, [paid], rounding=rounding)
    return replace(whole, **changes) if draw(st.integers(0, 3)) == 0 else whole


def _every_line_is_explained(journal, day, setup, receipts):
    """The receipts behind a line, with what a person counted, make it to the øre."""
    for number, line in enumerate(journal.lines):
        found = behind(journal, day, setup, number)
        assert found is not None
        counted = sum(p.posting.amount for p in found.placed if p.posting.counted)
        parts = sum(part_of(receipt, found.sources) for receipt in receipts)
        assert parts + counted == line.amount


MOVED = ("11003", "11004", "11005", "11007", "11008", "11010", "11011", "11012", "11999", "")
OF_ROLES = {RuleKey(role): (Rule("1999", ""),) for role in Role if role is not Role.SALES}
OF_GROUPS = {
    RuleKey(Role.SALES, own, "", code): (Rule("2901", vat, kind=kind),)
    for kind, (own, code, vat) in zip(
        Kind, [("100", "31", "31"), ("300", "3", "0"), ("5", "33", ""), ("6", "0", "0"), ("", "", "")],
        strict=True,
    )
}  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_any_day_gives_a_balanced_journal_or_issues(data):
    """Over all kinds of receipts and of groups, with rules missing, counted cash and a wrong Z."""
    count = data.draw(st.integers(0, 6))
    day_receipts = [
        normalised(
            replace(data.draw(receipts(nr)), standard_type=data.draw(st.sampled_from(MOVED)))
        )
        for nr in range(1, count + 1)
    ]
    honest = [r for r in day_receipts if r.kind is ReceiptKind.SALE]
    z = a_z(honest)
    if data.draw(st.booleans()):
        z = replace(z, total=data.draw(AMOUNTS), opening_float=data.draw(AMOUNTS))
    every = {**RULES, **OF_ROLES, **(OF_GROUPS if data.draw(st.booleans()) else {})}
    rules = {key: rule for key, rule in every.items() if data.draw(st.integers(0, 19))}
    chart = CHART if data.draw(st.booleans()) else Chart()
    day = settle(z, day_receipts, "1", OPENING)
    stops = day.stops if data.draw(st.booleans()) else ()
    counted = data.draw(st.none() | st.integers(0, 10**6))
    decided = replace(day, acknowledged=frozenset(stops), counted_cash=counted)
    built = build_journal(decided, Setup(default=rules, chart=chart))
    if isinstance(built, Journal):
        assert sum(line.amount for line in built.lines) == 0
        assert built.debit >= 0
        assert stored.journal_from(stored.journal_text(built)) == built
        _every_line_is_explained(built, decided, Setup(default=rules), day_receipts)
    else:
        assert built
        for issue in built:
            assert sentence(issue, "nb")
            assert sentence(issue, "en")
    assert stored.day_from(stored.day_text(day)) == day
