"""What an accountant would ask about is noted, in words for a shop manager, and never stops anything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounting.books.domain.issues import sentence
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.sanity import sanity_issues
from accounting.books.domain.setup import Rule, RuleKey, Setup
from accounting.books.suggestions import SUGGESTED
from tests.accounting.books.domain.values import (
    BEER,
    DAY,
    FOOD,
    a_day,
    a_line,
    a_payment,
    a_receipt,
    a_z,
    codes,
)

WINE = ("310", "Vin", "04008", "3")
TOBACCO_AT_15 = ("200", "Tobakk", "04013", "31")
SERVED = ("110", "Mat servert", "04006", "3")
PLAIN = ("900", "Annet", "04999", "0")
GIFT = ("900", "Gavekort", "04999", "7")
EVERY_CODE = Setup(
    default={
        **{key: (rule,) for key, rule in SUGGESTED.items()},
        **{RuleKey(key.role): (rule,) for key, rule in SUGGESTED.items() if key.standard},
        **{RuleKey("SALES", "", "", code): (Rule("3900", code),) for code in ("0", "7")},
    }
)


def sold(*what, cash=False):
    """One receipt of these, 100.00 each."""
    lines = [a_line(10_000, each) for each in what]
    return a_receipt(
        1, lines, [a_payment(sum(x.gross for x in lines), "12001" if cash else "12002")]
    )


def card_day(gross):
    return a_day(a_receipt(1, [a_line(gross)], [a_payment(gross, "12002")]))


def tipped(tip):
    """A hundred kroner of food and a tip."""
    receipt = a_receipt(
        1, [a_line(10_000)], [a_payment(10_000 + tip)], raises=(("10001", tip),), tip=tip
    )
    return a_day(receipt)


def invoiced():
    return a_receipt(2, kind=ReceiptKind.CREDIT_SALE, payments=())


ODD = {
    "served food at 15 %": (a_day(sold(FOOD, WINE)), "served-food-at-middle-rate"),
    "beer at 15 %": (a_day(sold(("300", "Øl", "04007", "31"))), "never-middle-rate"),
    "tobacco at 15 %": (a_day(sold(TOBACCO_AT_15)), "never-middle-rate"),
    "revenue on code 0": (a_day(sold(PLAIN)), "sales-without-vat-code"),
    "gift card booked as income": (a_day(sold(GIFT)), "gift-card-group"),
    "a tip share far above normal": (tipped(1501), "tips-high"),
    "a day with no cash sales": (card_day(100_000), "no-cash-sales"),
    "credit sales kept apart": (
        a_day(sold(FOOD), invoiced(), z=a_z([sold(FOOD)])),
        "credit-sales-apart",
    ),
    "rounding derived": (
        a_day(a_receipt(1, [a_line(11540)], [a_payment(11500, "12001")], rounding=None)),
        "rounding-derived",
    ),
    "a Z left out": (a_day(sold(FOOD), previous="0", z=a_z([sold(FOOD)], "2")), "z-gap"),
    "many printouts": (
        a_day(replace(sold(FOOD), notes=("receipt-num-large",))),
        "receipt-num-large",
    ),
    "a business date after the file's own date": (
        a_day(sold(FOOD), z=a_z([sold(FOOD)], file_day=DAY - timedelta(1))),
        "date-after-file",
    ),
    "an empty bookDate": (
        a_day(replace(sold(FOOD), notes=("book-date-empty",))),
        "book-date-empty",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_it_is_noted_and_stops_nothing(name):
    day, code = ODD[name]
    assert code in codes(day.findings)
    assert day.stops == ()
    assert isinstance(build_journal(day, EVERY_CODE), Journal)


@pytest.mark.parametrize("name", ODD)
def test_it_is_told_in_both_languages(name):
    day, _ = ODD[name]
    for finding in day.findings:
        for language in ("nb", "en"):
            assert sentence(finding, language).endswith(".")
            assert "{" not in sentence(finding, language)


@pytest.mark.parametrize(
    "day",
    [
        a_day(sold(FOOD, BEER)),  # a grocer sells beer, and food at 15 %
        a_day(sold(FOOD, SERVED, WINE)),  # some served, some taken away
        a_day(sold(SERVED, WINE)),
        a_day(sold(WINE)),
        tipped(1500),
        card_day(99_999),
        a_day(sold(*[FOOD] * 11, cash=True)),
        a_day(sold(FOOD), z=a_z([sold(FOOD)], file_day=DAY)),
    ],
)
def test_an_ordinary_day_is_left_in_peace(day):
    assert day.findings == ()


def test_a_date_after_the_file_names_both_days():
    (issue,) = a_day(sold(FOOD), z=a_z([sold(FOOD)], "7", file_day=DAY - timedelta(1))).findings
    assert sentence(issue) == (
        "Z 7 er datert 23.11.2026, men filen ble laget 22.11.2026. Kontroller kassens klokke."
    )


def test_a_group_that_sums_to_nothing_on_code_0_is_no_question():
    day = a_day(sold(FOOD))
    nothing = replace(day.sales[0], vat_code="0", gross=0, net=1, vat=-1)
    assert list(sanity_issues(replace(day, sales=(*day.sales, nothing)))) == []


def test_rounding_on_a_card_stops_for_it_is_no_mere_question():
    receipt = a_receipt(1, [a_line(11540)], [a_payment(11500)], rounding=-40)
    assert codes(a_day(receipt).stops) == ["rounding-without-cash"]


def test_the_group_that_is_never_at_15_is_named():
    (issue,) = [i for i in a_day(sold(TOBACCO_AT_15)).findings if i.code == "never-middle-rate"]
    assert issue.subject == "Tobakk"
    assert "25" in sentence(issue)
