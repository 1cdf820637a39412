"""Money that moves without a sale: which way, how much, by what, and against which account."""

from dataclasses import replace

import pytest

from accounting.books.domain.codes import CASH, Role
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.movements import credit_sales, movements, paid_now, sale_part
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.setup import Account, Chart, Kind, Rule, RuleKey, Setup, VatCode
from tests.accounting.books.domain.values import (
    BEER,
    RULES,
    SETUP,
    a_day,
    a_line,
    a_payment,
    a_receipt,
    a_z,
    codes,
)

KINDS = ReceiptKind
USED = ("940", "Brukt", "04999", "0")
OUT, IN, EITHER = "out", "in", "either"
CODES = {KINDS.PAID_OUT: "11010", KINDS.PAID_IN: "11011", KINDS.FLOAT: "11007"}
WAYS = {
    KINDS.PAID_OUT: OUT,
    KINDS.PURCHASE: OUT,
    KINDS.PAYMENT: OUT,
    KINDS.PAID_IN: IN,
    KINDS.FLOAT: IN,
    KINDS.CASH_DIFFERENCE: EITHER,
    KINDS.UNRESOLVED: EITHER,
}


def moved(kind, gross, *paid, standard=CASH, **more):
    payments = [a_payment(amount, standard) for amount in paid]
    return a_receipt(
        1,
        [],
        payments,
        kind=kind,
        gross=gross,
        net=gross,
        own_type="T",
        **{"standard_type": CODES.get(kind, ""), **more},
    )


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize(
    ("gross", "paid"),
    [(500, 500), (500, -500), (-500, 500), (-500, -500), (500, None), (-500, None)],
)
def test_the_type_decides_the_way_and_where_it_cannot_the_signs_do(kind, gross, paid):
    (movement,) = movements([moved(kind, gross, *([] if paid is None else [paid]))])
    negative = gross < 0 or (paid or 0) < 0
    out = WAYS[kind] == OUT or (WAYS[kind] == EITHER and negative)
    assert movement.amount == (-500 if out else 500)
    assert movement.standard_tender == ("" if kind is KINDS.FLOAT else CASH)


def test_what_sums_to_nothing_is_no_movement():
    assert movements([moved(KINDS.PAID_IN, 0), moved(KINDS.FLOAT, 0, 0)]) == ()
    back_and_forth = [
        moved(KINDS.CASH_DIFFERENCE, 500, 500),
        moved(KINDS.CASH_DIFFERENCE, -500, -500),
    ]
    assert movements(back_and_forth) == ()


def test_movements_are_summed_by_type_and_tender():
    some = [
        moved(KINDS.PAID_IN, 5, 5),
        moved(KINDS.PAID_IN, 7, 7),
        moved(KINDS.PAID_IN, 9, 9, standard="12002"),
    ]
    assert [(m.tender, m.amount) for m in movements(some)] == [("CARD", 9), ("CASH", 12)]


def test_a_tender_that_nobody_explains_keeps_its_own_name():
    unknown = replace(a_payment(5, ""), type="XX")
    (movement,) = movements([replace(moved(KINDS.PAID_IN, 5), payments=(unknown,))])
    assert (movement.tender, movement.standard_tender) == ("XX", "")


def test_a_customer_pays_what_was_paid_less_the_rounding():
    receipt = a_receipt(1, [a_line(11540)], [a_payment(11500, CASH)], rounding=-40)
    for kind in (KINDS.CUSTOMER_PAYMENT, KINDS.MIXED, KINDS.CREDIT_SALE):
        (movement,) = movements([replace(receipt, kind=kind)])
        assert (movement.kind, movement.amount, movement.tender) == ("customer-payment", 11540, "")


def test_what_goes_on_account_is_not_paid_now():
    receipt = a_receipt(1, payments=[a_payment(4000), a_payment(7500, "12006")], kind=KINDS.MIXED)
    assert [p.amount for p in paid_now(receipt).payments] == [4000]
    assert movements([replace(receipt, payments=receipt.payments[1:])]) == ()
    assert [sale.gross for sale in credit_sales([receipt, a_receipt(2)])] == [11500]


def traded_in():
    lines = [a_line(12500, BEER), a_line(-4000, USED)]
    return a_receipt(1, lines, kind=KINDS.TRADE_IN, own_type="T", standard_type="11012")


def test_a_trade_in_is_a_sale_and_a_purchase():
    assert sale_part(traded_in()).gross == 12500
    (movement,) = movements([traded_in()])
    assert (movement.kind, movement.amount) == ("trade-in", -4000)


@pytest.mark.parametrize("total", [12500, 8500])
def test_a_z_may_count_a_trade_in_before_or_after_what_was_taken_in(total):
    day = a_day(traded_in(), z=a_z([traded_in()], total=total))
    assert "z-total-differs" not in codes(day.findings)
    other = a_day(traded_in(), z=a_z([traded_in()], total=total + 1))
    assert "z-total-differs" in codes(other.findings)


def rules_with(**accounts):
    extra = {RuleKey(Role[name]): (Rule(account, "0"),) for name, account in accounts.items()}
    return Setup(default={**RULES, **extra})


def booked(day, setup):
    built = build_journal(day, setup)
    assert isinstance(built, Journal), built
    return {(line.account, line.amount) for line in built.lines}


def test_money_that_moved_is_booked_against_its_type_on_lines_of_its_own():
    sale = a_receipt(2, payments=[a_payment(11500, CASH)])
    out = moved(KINDS.PAID_OUT, 500, 500, type_name="Uttak")
    day = a_day(sale, out, z=a_z([sale]))
    assert booked(day, rules_with(TRANSIT="1910")) == {
        ("1900", 11500),
        ("3030", -11500),
        ("1900", -500),
        ("1910", 500),
    }
    assert codes(build_journal(day, SETUP)) == ["type-account-missing"]


def test_a_type_that_the_file_does_not_explain_takes_no_general_rule():
    day = a_day(moved(KINDS.UNRESOLVED, 500, 500), z=a_z())
    assert codes(day.findings) == ["transaction-type-unresolved"]
    assert isinstance(build_journal(day, rules_with(PAIDOUT="4300")), tuple)
    own = Setup(default={**RULES, RuleKey(Role.PAIDOUT, "T"): (Rule("4300", "0"),)})
    assert booked(day, own) == {("1900", 500), ("4300", -500)}


def test_a_tender_that_the_file_does_not_explain_takes_no_general_rule():
    unknown = replace(a_payment(11500, ""), type="XX")
    day = a_day(a_receipt(1, payments=[unknown]))
    assert codes(build_journal(day, rules_with(SUSPENSE="7330"))) == ["payment-account-missing"]
    own = Setup(default={**RULES, RuleKey(Role.SUSPENSE, "XX"): (Rule("7330", "0"),)})
    assert booked(day, own) == {("7330", 11500), ("3030", -11500)}


def test_a_float_is_a_memo():
    day = a_day(moved(KINDS.FLOAT, 500, 500), z=a_z(opening_float=500))
    assert (day.has_movement, booked(day, SETUP)) == (False, set())
    assert day.expected_cash == 500


def test_vat_is_never_lost_in_a_type_that_is_booked_as_no_sale():
    """11999 with taxed lines, put on one account without a VAT code: the VAT would be nobody's."""
    sale = a_receipt(
        1, kind=KINDS.UNRESOLVED, own_type="T", standard_type="11999", type_name="Annet"
    )
    day = a_day(sale, z=a_z())
    without = {**RULES, RuleKey(Role.PAIDOUT, "T"): (Rule("4300", "0"),)}
    assert codes(build_journal(day, Setup(default=without))) == ["vat-on-no-sale"]
    taxed = {**RULES, RuleKey(Role.PAIDOUT, "T"): (Rule("3030", "31"),)}
    assert booked(day, Setup(default=taxed)) == {("1901", 11500), ("3030", -11500)}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_group_is_booked_as_what_it_is(kind):
    what = ("900", "Gavekort", "04999", "7")
    setup = Setup(
        default={**RULES, RuleKey(Role.SALES, "900", "", "7"): (Rule("2901", "0", kind=kind),)}
    )
    built = build_journal(a_day(a_receipt(1, [a_line(500, what)])), setup)
    assert [(line.role, line.vat_code) for line in built.lines][1] == (
        (Role.SALES, "0") if kind is Kind.SALE else (kind.role, "0")
    )


def test_a_group_with_vat_is_not_set_up_as_no_turnover():
    for own in (False, True):
        rules = {RuleKey(Role.SALES, "100", "", "31"): (Rule("2901", "0", kind=Kind.GIFT_CARD),)}
        setup = Setup(default={**RULES, **rules}, own=rules if own else {}, department="Bar")
        (issue,) = build_journal(a_day(a_receipt()), setup)
        assert (issue.code, dict(issue.facts)["vat"]) == ("vat-on-no-sale", "15.00")
        assert dict(issue.fix.params)["department"] == ("Bar" if own else "")


def test_counted_cash_is_held_to_what_should_lie_in_the_drawer():
    sale = a_receipt(2, payments=[a_payment(11500, CASH)])
    day = a_day(sale, moved(KINDS.PAID_OUT, 500, 500), z=a_z([sale], opening_float=1000))
    assert (day.expected_cash, day.cash_difference) == (12000, 0)
    short = replace(day, counted_cash=11900)
    assert short.cash_difference == -100
    setup = rules_with(TRANSIT="1910", CASHDIFF="1909")
    assert {("1909", 100), ("1900", -100)} <= booked(short, setup)


def test_what_is_acknowledged_stops_no_more_and_nothing_else_is_let_pass():
    day = a_day(a_receipt(), gaps=[("1", "3"), ("5", "7")])
    first, second = day.stops
    assert replace(day, acknowledged=frozenset({first})).stops == (second,)


def test_a_customers_payment_is_booked_by_its_tender_alone():
    paid = replace(a_receipt(1), kind=KINDS.CUSTOMER_PAYMENT, lines=())
    setup = rules_with(RECEIVABLE="1579")
    assert booked(a_day(paid, z=a_z([paid], total=0, vat=())), setup) == {
        ("1901", 11500),
        ("1579", -11500),
    }


@pytest.mark.parametrize("rounding", [-40, None])
@pytest.mark.parametrize("kind", [KINDS.MIXED, KINDS.CUSTOMER_PAYMENT])
def test_rounding_and_tip_of_what_is_paid_now_are_booked_as_what_they_are(kind, rounding):
    """115.40 and a tip of 10.00: in notes, or partly on account; 0.40 is rounded away."""
    rest = 6500 if kind is KINDS.MIXED else 0
    payments = [a_payment(12500 - rest, CASH), *([a_payment(rest, "12006")] if rest else [])]
    receipt = a_receipt(1, [a_line(11540)], payments, rounding=rounding, tip=1000, kind=kind)
    day = replace(a_day(receipt, z=a_z()), findings=())
    assert booked(day, rules_with(RECEIVABLE="1579", TIP="2910")) == {
        ("1900", 12500 - rest),
        ("7740", 40),
        ("2910", -1000),
        ("1579", rest - 11540),
    }


def test_what_does_not_balance_is_said_and_never_plugged():
    day = replace(a_day(a_receipt()), rounding=5)
    (issue,) = build_journal(day, SETUP)
    assert (issue.code, dict(issue.facts)) == (
        "settlement-out-of-balance",
        {"debit": "115.00", "credit": "115.05"},
    )


def test_the_chart_is_asked_about_movements_too():
    chart = Chart(
        accounts={number: Account(number) for number in ("1900", "3030")},
        vat_codes={code: VatCode(code) for code in ("0", "31")},
    )
    day = a_day(moved(KINDS.PAID_OUT, 500, 500), z=a_z())
    setup = replace(rules_with(TRANSIT="1910"), chart=chart)
    assert codes(build_journal(day, setup)) == ["account-not-in-chart"]
