"""Each finding about one receipt, by a table: the fault, and what is said of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from accounting.books.domain.issues import sentence
from accounting.books.domain.receipt_checks import receipt_issues, rounding_of
from accounting.books.domain.sales import ReceiptKind
from tests.accounting.books.domain.values import BEER, a_line, a_payment, a_receipt, codes

CASH = "12001"


def cash_sale(gross, paid, rounding):
    return a_receipt(lines=[a_line(gross)], payments=[a_payment(paid, CASH)], rounding=rounding)


GOOD = a_receipt()
TABLE = [
    (GOOD, []),
    (a_receipt(lines=[a_line(), a_line(2000, BEER)]), []),
    (cash_sale(11540, 11500, -40), []),
    (a_receipt(lines=[], payments=[]), []),
    (replace(GOOD, vat_rows=()), []),
    (replace(GOOD, kind=ReceiptKind.TRAINING, gross=1), []),
    (replace(GOOD, kind=ReceiptKind.VOID, notes=("book-date-empty",)), []),
    (
        replace(GOOD, notes=("receipt-num-large", "book-date-empty")),
        ["receipt-num-large", "book-date-empty"],
    ),
    (replace(GOOD, kind=ReceiptKind.CREDIT_SALE), []),
    (replace(GOOD, kind=ReceiptKind.CREDIT_SALE, payments=()), []),
    (replace(GOOD, kind=ReceiptKind.MIXED, payments=()), ["payments-differ"]),
    (replace(GOOD, kind=ReceiptKind.CUSTOMER_PAYMENT, gross=0, net=0), []),
    (replace(GOOD, kind=ReceiptKind.CUSTOMER_PAYMENT, gross=11600), ["payments-differ"]),
    (replace(GOOD, kind=ReceiptKind.UNRESOLVED), ["transaction-type-unresolved"]),
    (replace(GOOD, kind=ReceiptKind.PURCHASE), ["transaction-type-unresolved"]),
    (replace(GOOD, kind=ReceiptKind.PAID_OUT, lines=()), []),
    (replace(GOOD, kind=ReceiptKind.PAID_OUT, payments=(a_payment(-11500),)), []),
    (replace(GOOD, kind=ReceiptKind.PAID_OUT, payments=()), []),
    (replace(GOOD, kind=ReceiptKind.PAID_IN, gross=0), []),
    (replace(GOOD, kind=ReceiptKind.PAID_IN, gross=1), ["payments-differ"]),
    (replace(GOOD, kind=ReceiptKind.CASH_DIFFERENCE, gross=-11501), ["payments-differ"]),
    (
        replace(
            GOOD,
            kind=ReceiptKind.UNRESOLVED,
            raises=(("10001", 1000), ("10999", 5)),
            rounding=40,
            payments=(a_payment(12540, "12001"),),
        ),
        ["transaction-type-unresolved"],
    ),
    (
        a_receipt(lines=[a_line(3333)] * 3, payments=[a_payment(9999)], net=8695),
        [],
    ),
    (replace(GOOD, raises=(("10001", 1000),), tip=1000, payments=(a_payment(12500),)), []),
    (replace(GOOD, raises=(("10001", 1000),), payments=(a_payment(13000),)), ["tip-unclear"]),
    (replace(GOOD, raises=(("10999", 1000),)), []),
    (a_receipt(payments=[a_payment(11500, "12999")]), ["payment-type-unresolved"]),
    (
        a_receipt(payments=[a_payment(1, currency="EUR", rate=11_500_000)]),
        ["currency-not-clear"],
    ),
    (replace(GOOD, gross=11600, payments=(a_payment(11600),)), ["receipt-sum-differs"] * 2),
    (replace(GOOD, net=9900), ["receipt-sum-differs"] * 2),
    (replace(GOOD, payments=(a_payment(11499),)), ["payments-differ"]),
    (replace(GOOD, payments=()), ["payments-differ"]),
    (cash_sale(11540, 11500, None), ["rounding-derived"]),
    (cash_sale(11550, 11500, -50), []),
    (cash_sale(11551, 11500, -51), ["rounding-too-large"]),
    (cash_sale(11551, 11500, None), ["payments-differ"]),
    (
        a_receipt(lines=[a_line(11540)], payments=[a_payment(11500)], rounding=-40),
        ["rounding-without-cash"],
    ),
    (
        a_receipt(lines=[a_line(11540)], payments=[a_payment(11500)], rounding=None),
        ["payments-differ"],
    ),
    (a_receipt(lines=[a_line(vat_code="", own_vat_code="9")]), ["vat-code-unresolved"]),
    (a_receipt(lines=[a_line(vat_code="", own_vat_code="")]), ["vat-code-unresolved"]),
    (a_receipt(lines=[a_line(0, vat_code="", own_vat_code="")], payments=[]), []),
    (a_receipt(lines=[a_line(vat_code="1", own_vat_code="1")]), ["vat-code-unresolved"]),
    (a_receipt(lines=[a_line(rate=2500)]), ["vat-rate-unexpected"]),
    (a_receipt(lines=[a_line(rate=None)]), []),
    (a_receipt(lines=[a_line(group_name="")]), ["article-group-unresolved"]),
    (a_receipt(lines=[a_line(group="", group_name="")]), []),
    (a_receipt(payments=[a_payment(11500, "")]), ["payment-type-unresolved"]),
    (a_receipt(payments=[a_payment(11500, currency="EUR", rate=None)]), []),
    (a_receipt(payments=[a_payment(11500, currency="EUR", rate=11_500_000)]), []),
    (a_receipt(payments=[a_payment(11500, currency="NOK", rate=None)]), []),
]


@pytest.mark.parametrize(("receipt", "said"), TABLE)
def test_a_receipt_is_said_to_have_exactly_its_faults(receipt, said):
    issues = list(receipt_issues(receipt))
    assert codes(issues) == said
    for issue in issues:
        assert "{" not in sentence(issue, "nb") + sentence(issue, "en")


def test_the_rate_is_the_one_of_the_receipts_own_day():
    line = a_line(11200, ("500", "Kino", "04015", "33"), rate=600)
    then = a_receipt(
        lines=[line], at="2020-05-01T12:00:00", at_utc=datetime(2020, 5, 1, 10, tzinfo=UTC)
    )
    assert codes(receipt_issues(then)) == []
    assert codes(receipt_issues(a_receipt(lines=[line]))) == ["vat-rate-unexpected"]


@pytest.mark.parametrize(
    ("rounding", "paid", "standard", "told"),
    [
        (-40, 0, CASH, -40),
        (None, 11500, CASH, -40),
        (None, 11500, "12002", 0),
        (None, 11000, CASH, 0),
    ],
)
def test_rounding_is_the_tills_own_or_derived_from_cash(rounding, paid, standard, told):
    receipt = a_receipt(
        lines=[a_line(11540)], payments=[a_payment(paid, standard)], rounding=rounding
    )
    assert rounding_of(receipt) == told
    assert rounding_of(replace(receipt, payments=(), rounding=None)) == 0
