"""A settlement becomes a balanced journal, or everything that stands in the way is said."""

from dataclasses import replace
from datetime import date

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Fix, Page, sentence, words
from accounting.books.domain.journal import Journal, Line, build_journal
from accounting.books.domain.setup import Account, Rule, RuleKey, Setup, VatCode
from accounting.books.domain.totals import settle
from integrations.pos.saft import ReceiptRead, ZRead, read
from tests.accounting.books.domain.values import (
    BEER,
    CHART,
    FOOD,
    OPENING,
    RULES,
    SETUP,
    a_day,
    a_line,
    a_payment,
    a_receipt,
    codes,
)
from tests.saft_builder import source
from tests.saft_official import OFFICIAL

SALE = a_receipt(1, [a_line(11500), a_line(2500, BEER)])


def lines_of(journal):
    return [
        (line.account, line.role, line.vat_code, line.side, line.amount) for line in journal.lines
    ]


def test_the_official_example_gives_its_six_lines():
    items = list(read(source(OFFICIAL)))
    receipts = [item.receipt for item in items if isinstance(item, ReceiptRead)]
    (z,) = [item.z for item in items if isinstance(item, ZRead)]
    journal = build_journal(settle(z, receipts, z.register_named, OPENING), SETUP)
    assert lines_of(journal) == [
        ("1900", Role.CASH, "0", "debit", 29500),
        ("1901", Role.CARD, "0", "debit", 21880),
        ("3030", Role.SALES, "31", "credit", -10280),
        ("3000", Role.SALES, "3", "credit", -23200),
        ("3000", Role.SALES, "3", "credit", -17940),
        ("7740", Role.ROUNDING, "0", "debit", 40),
    ]
    assert (journal.debit, journal.voucher_date) == (51420, date(2020, 1, 1))
    assert [line.text for line in journal.lines][2:] == [
        "Food 15 %",
        "Tobacco 25 %",
        "Beer 25 %",
        "Øreavrunding",
    ]


def test_a_day_whose_sums_cancel_out_is_a_journal_without_lines():
    day = a_day(a_receipt(1, [a_line(500)]), a_receipt(2, [a_line(-500)]))
    assert build_journal(day, SETUP).lines == ()


def test_returns_beyond_sales_change_side():
    journal = build_journal(a_day(a_receipt(1, [a_line(-500)])), SETUP)
    assert [(line.role, line.side) for line in journal.lines] == [
        (Role.CARD, "credit"),
        (Role.SALES, "debit"),
    ]


def test_vat_without_a_sale_gives_no_line():
    day = a_day(a_receipt(1, [a_line(500), a_line(-500, vat=-60)]))
    assert day.sales[0].vat == 5
    assert build_journal(replace(day, findings=()), SETUP).lines == ()


def test_tips_are_booked_on_their_own():
    setup = replace(SETUP, default={**RULES, RuleKey(Role.TIP): (Rule("7740", "0"),)})
    day = a_day(SALE)
    paid = tuple(replace(p, amount=p.amount + 100) for p in day.payments)
    journal = build_journal(replace(day, tips=100, payments=paid), setup)
    assert ("7740", Role.TIP, "0", "credit", -100) in lines_of(journal)


def test_two_rates_under_one_code_meet_in_one_line():
    lines = [a_line(1150, FOOD), a_line(1150, FOOD, rate=1200)]
    day = replace(a_day(a_receipt(1, lines)), findings=())
    assert [line.amount for line in build_journal(day, SETUP).lines] == [2300, -2300]
    back = replace(day, sales=(day.sales[0], replace(day.sales[1], gross=-1150)), payments=())
    assert build_journal(back, SETUP).lines == ()


def test_a_journal_that_does_not_balance_does_not_exist():
    line = Line("1900", Role.CASH, "0", "", 100, "Kontant")
    heading = {"register": "1", "z_number": "1", "voucher_date": date(2026, 1, 1)}
    heading |= {"department": "", "department_code": ""}
    with pytest.raises(ValueError, match="balance"):
        Journal(**heading, lines=(line,))
    with pytest.raises(ValueError, match="zero"):
        Journal(**heading, lines=(replace(line, amount=0),))


def issues_of(day, setup):
    issues = build_journal(day, setup)
    assert isinstance(issues, tuple)
    for issue in issues:
        assert "{" not in sentence(issue, "nb") + sentence(issue, "en")
        assert words(issue).link
    return issues


def test_every_missing_account_is_named_at_once_with_its_row():
    day = a_day(replace(SALE, payments=(a_payment(14050, "12001"),), rounding=50))
    issues = issues_of(day, Setup(department="Kafé", own={}))
    assert codes(issues) == [
        "payment-account-missing",
        "sales-account-missing",
        "sales-account-missing",
        "role-account-missing",
    ]
    assert [issue.fix for issue in issues][1] == Fix(
        Page.ACCOUNT_SETUP, (("department", ""), ("row", "SALES|100||31"))
    )
    assert "«Mat» med mva-kode 31 har ingen konto for Kafé." in sentence(issues[1])


def test_a_department_with_rows_of_its_own_is_linked_to():
    setup = Setup(department="Kafé", own={RuleKey(Role.CARD): (Rule("1901", "0"),)})
    issues = issues_of(a_day(SALE), setup)
    assert {dict(issue.fix.params)["department"] for issue in issues} == {"Kafé"}


def test_what_the_receipts_say_is_told_together_with_what_the_setup_lacks():
    wrong = a_receipt(1, payments=[a_payment(11400)])
    assert codes(issues_of(a_day(wrong), Setup())) == [
        "payments-differ",
        "payment-account-missing",
        "sales-account-missing",
    ]


def test_a_payment_type_that_nobody_explains_is_said_not_stumbled_on():
    unknown = a_receipt(1, payments=[replace(a_payment(11500, ""), type="XX")])
    (issue,) = build_journal(a_day(unknown), SETUP)
    assert issue.code == "payment-account-missing"
    assert dict(issue.fix.params)["row"] == "SUSPENSE|XX||"


@pytest.mark.parametrize(
    ("setup", "said"),
    [
        (replace(SETUP, decided=False), ["register-without-department"]),
        (replace(SETUP, department="Bar", link_needed=True), ["department-not-linked"]),
        (replace(SETUP, department="Bar", link_needed=True, department_code="2"), []),
    ],
)
def test_a_register_needs_its_department(setup, said):
    built = build_journal(a_day(a_receipt()), setup)
    assert (codes(built) if isinstance(built, tuple) else []) == said
    if not said:
        assert {line.department for line in built.lines} == {"Bar"}


@pytest.mark.parametrize(
    ("account", "code", "said"),
    [
        (None, VatCode("31"), ["account-not-in-chart"]),
        (Account("3030", active=False), VatCode("31"), ["account-inactive"]),
        (Account("3030", control=True), VatCode("31"), ["account-is-control"]),
        (Account("3030", vat_code="3", vat_locked=True), VatCode("31"), ["account-vat-locked"]),
        (Account("3030", vat_code="31", vat_locked=True), VatCode("31"), []),
        (Account("3030", department_required=True), VatCode("31"), ["account-needs-department"]),
        (Account("3030"), None, ["vat-code-not-in-chart"]),
        (Account("3030"), VatCode("31", active=False), ["vat-code-not-valid"]),
        (
            Account("3030", active=False, control=True),
            None,
            ["account-inactive", "account-is-control", "vat-code-not-in-chart"],
        ),
    ],
)
def test_what_the_chart_has_against_a_line_is_said(account, code, said):
    accounts = {**CHART.accounts, "3030": account}
    vat_codes = {**CHART.vat_codes, "31": code}
    chart = replace(
        CHART,
        accounts={key: value for key, value in accounts.items() if value},
        vat_codes={key: value for key, value in vat_codes.items() if value},
    )
    own = {key: rule for key, rule in RULES.items() if key.vat_code == "31"}
    for rows in ({"default": RULES}, {"default": RULES, "own": own, "department": "Bar"}):
        setup = Setup(chart=chart, **rows)
        day = a_day(a_receipt())
        assert codes(issues_of(day, setup) if said else ()) == said
        if not said:
            assert isinstance(build_journal(day, setup), Journal)
