"""Every row of saft.md's code lists: how it is booked, what stops it, what stays out (chapter 2).

An id names the row. Amounts are øre, debit +, by account of the suggested setup: 1900 cash, 1901 and
1902 cards, 1903 mobile, 2901 gift cards, 2902 credit notes, 1579 receivables, 3030 and 3000 sales at 15
and 25 %, 1909 cash difference, 1910 cash in transit, 7740 rounding, 2910 tips.
"""

import pytest

from accounting.books.domain.codes import PAYMENT_TYPES, TRANSACTION_TYPES
from tests.integrations.pos.rows import (
    BEER,
    CARD,
    FOOD,
    a_day,
    a_file,
    booked,
    noted,
    service,
    told,
)

NOTHING = {}
BACK = ("100", "-115.00", "2")
CASH_500 = ("12001", "500.00")
USED = ("940", "-40.00", "0")
ON_ACCOUNT = ("12006", "115.00")
SOLD = {"1901": 11500, "3030": -11500}
ASKED = ["type-account-missing"]


def moved(code, amount, side="C", paid=None):
    """Money in or out without a sale: In positive, the sign in the payment."""
    return told(code, (), (("12001", paid or amount),), gross=amount, side=side)


TYPES = [
    ("2.4-11001", told("11001"), SOLD, SOLD),
    ("2.4-11002", told("11002", paid=[ON_ACCOUNT]), NOTHING, NOTHING),
    ("2.4-11002 without tender", told("11002", paid=()), NOTHING, NOTHING),
    ("2.4-11003", moved("11003", "200.00"), ASKED, {"4300": 20000, "1900": -20000}),
    ("2.4-11004", moved("11004", "200.00"), ASKED, {"4300": 20000, "1900": -20000}),
    ("2.4-11005", told("11005", [("100", "115.00", "0")]), {"1901": 11500, "1579": -11500}, None),
    (
        "2.4-11005 with invoice and customer",
        told("11005", (), gross="0.00", invoiceID="77", custSupID="C1"),
        {"1901": 11500, "1579": -11500},
        None,
    ),
    ("2.4-11006", told("11006", [BACK], [("12002", "-115.00")]), {"1901": -11500, "3030": 11500}, None),
    (
        "2.4-11006 as a credit note",
        told("11006", [BACK], [("12010", "-115.00")]),
        {"2902": -11500, "3030": 11500},
        None,
    ),
    ("2.4-11007", moved("11007", "1500.00"), NOTHING, NOTHING),
    ("2.4-11008 shortage", moved("11008", "50.00", "D", "-50.00"), {"1909": 5000, "1900": -5000}, None),
    (
        "2.4-11008 shortage told by D alone",
        moved("11008", "50.00", "D"),
        {"1909": 5000, "1900": -5000},
        None,
    ),
    ("2.4-11008 surplus", moved("11008", "50.00"), {"1909": -5000, "1900": 5000}, None),
    ("2.4-11009", told("11009", [BACK], [("12002", "-115.00")]), {"1901": -11500, "3030": 11500}, None),
    ("2.4-11010", moved("11010", "500.00", "C", "-500.00"), {"1910": 50000, "1900": -50000}, None),
    ("2.4-11010 written positive", moved("11010", "500.00"), {"1910": 50000, "1900": -50000}, None),
    ("2.4-11011", moved("11011", "500.00"), ASKED, {"1911": -50000, "1900": 50000}),
    (
        "2.4-11012",
        told("11012", [BEER, USED], [("12002", "85.00")]),
        ["type-account-missing"],
        {"1901": 8500, "3000": -12500, "4310": 4000},
    ),
    (
        "2.4-11013",
        told("11013", [BACK, BEER], [("12002", "10.00")]),
        {"1901": 1000, "3030": 11500, "3000": -12500},
        None,
    ),
    ("2.4-11014", told("11014", (), (), gross="0.00"), NOTHING, NOTHING),
    (
        "2.4-11015",
        told("11015", paid=[("12002", "40.00"), ("12006", "75.00")]),
        {"1901": 4000, "1579": -4000},
        None,
    ),
    (
        "2.4-11016",
        told("11016", [BEER, BACK], [("12002", "10.00")]),
        {"1901": 1000, "3030": 11500, "3000": -12500},
        None,
    ),
    ("2.4-11017", told("11017", [BEER, BACK], [("12006", "10.00")]), NOTHING, NOTHING),
    ("2.4-11999", moved("11999", "200.00"), ASKED, {"4300": -20000, "1900": 20000}),
    ("2.4 no type, sold", told(""), SOLD, None),
    ("2.4 no type, back", told("", [BACK], [("12002", "-115.00")]), {"1901": -11500, "3030": 11500}, None),
    ("2.4 sale paid on account", told("11001", paid=[ON_ACCOUNT], in_z=False), NOTHING, NOTHING),
    ("2.4 invoice without tender", told("11001", paid=(), invoiceID="77", in_z=False), NOTHING, NOTHING),
    ("2.4 training", told(in_z=False, tail="<trainingID>true</trainingID>"), NOTHING, NOTHING),
    ("2.4 void", told(in_z=False, tail="<voidTransaction>1</voidTransaction>"), NOTHING, NOTHING),
]  # fmt: skip


def by_name(rows):
    return {"argvalues": [row[1:] for row in rows], "ids": [row[0] for row in rows]}


def test_no_row_of_the_lists_is_forgotten():
    named = {name.split("-")[1][:5] for name, *_ in (*TYPES, *TENDERS) if "-" in name}
    assert named == TRANSACTION_TYPES.keys() | PAYMENT_TYPES.keys()


@pytest.mark.parametrize(("receipt", "suggested", "mapped"), **by_name(TYPES))
def test_a_transaction_type_is_booked_asked_about_or_left_out(receipt, suggested, mapped):
    file = a_file(receipt)
    assert booked(file) == suggested
    if mapped is not None:
        assert booked(file, mapped=True) == mapped


def paid(*tenders, rounding=None):
    return told(paid=tenders, rounding=rounding)


NO_ACCOUNT = ["payment-account-missing"]
TENDERS = [
    ("2.5-12001", paid(("12001", "115.00")), {"1900": 11500, "3030": -11500}, None),
    ("2.5-12002", paid(CARD), SOLD, None),
    ("2.5-12003", paid(("12003", "115.00")), {"1902": 11500, "3030": -11500}, None),
    ("2.5-12004", paid(("12004", "115.00")), NO_ACCOUNT, {"1920": 11500, "3030": -11500}),
    ("2.5-12005", paid(("12005", "115.00")), {"2901": 11500, "3030": -11500}, None),
    ("2.5-12006", told(paid=[ON_ACCOUNT], in_z=False), NOTHING, None),
    ("2.5-12007", paid(("12007", "115.00")), NO_ACCOUNT, {"7330": 11500, "3030": -11500}),
    ("2.5-12008", paid(("12008", "115.00")), NO_ACCOUNT, {"1570": 11500, "3030": -11500}),
    ("2.5-12009", paid(("12009", "115.00")), NO_ACCOUNT, {"7330": 11500, "3030": -11500}),
    ("2.5-12010", paid(("12010", "115.00")), {"2902": 11500, "3030": -11500}, None),
    ("2.5-12011", paid(("12011", "115.00")), {"1903": 11500, "3030": -11500}, None),
    ("2.5-12999", paid(("12999", "115.00")), NO_ACCOUNT, {"7330": 11500, "3030": -11500}),
    (
        "2.5 change in notes",
        paid(("12001", "200.00"), ("12001", "-85.00")),
        {"1900": 11500, "3030": -11500},
        None,
    ),
    (
        "2.5 several",
        paid(("12005", "15.00"), ("12011", "60.00"), ("12001", "40.00")),
        {"2901": 1500, "1903": 6000, "1900": 4000, "3030": -11500},
        None,
    ),
]


@pytest.mark.parametrize(("receipt", "suggested", "mapped"), **by_name(TENDERS))
def test_a_payment_type_is_booked_or_asked_about(receipt, suggested, mapped):
    assert booked(a_file(receipt)) == suggested
    if mapped is not None:
        assert booked(a_file(receipt), mapped=True) == mapped


@pytest.mark.parametrize(
    ("receipt", "mapped"),
    **by_name(
        [
            (
                "2.2 gift card sold",
                told(sold=[("900", "500.00", "0")], paid=[("12002", "500.00")]),
                {"1901": 50000, "2901": -50000},
            ),
            (
                "2.2 gift card sold and used",
                told(sold=[FOOD, ("900", "500.00", "0")], paid=[("12002", "500.00"), ("12005", "115.00")]),
                {"1901": 50000, "2901": -38500, "3030": -11500},
            ),
            (
                "2.2 gift card used as a negative line",
                told(sold=[FOOD, ("900", "-115.00", "0")], paid=()),
                {"2901": 11500, "3030": -11500},
            ),
            (
                "2.2 deposit sold",
                told(sold=[FOOD, ("910", "3.00", "0")], paid=[("12002", "118.00")]),
                {"1901": 11800, "2970": -300, "3030": -11500},
            ),
            (
                "2.2 deposit back as a line",
                told(sold=[FOOD, ("910", "-15.00", "0")], paid=[("12002", "100.00")]),
                {"1901": 10000, "2970": 1500, "3030": -11500},
            ),
            (
                "2.2 deposit back as a tender",
                told(paid=[("12008", "15.00"), ("12002", "100.00")]),
                {"1901": 10000, "1570": 1500, "3030": -11500},
            ),
            (
                "2.2 tips line",
                told(sold=[FOOD, ("920", "20.00", "0")], paid=[("12002", "135.00")], tip="20.00"),
                {"1901": 13500, "2910": -2000, "3030": -11500},
            ),
            ("2.2-04016 free entrance", told(sold=[FOOD, ("400", "0.00", "0")]), SOLD),
            ("2.3-10001 outside", told(paid=[("12002", "135.00")], tip="20.00"),
             {"1901": 13500, "2910": -2000, "3030": -11500}),
            ("2.3-10001 inside", told(gross="135.00", paid=[("12002", "135.00")], tip="20.00"),
             {"1901": 13500, "2910": -2000, "3030": -11500}),
            ("2.3-10999 inside the lines", told(beside=[service("10.00")]), SOLD),
            ("2.3-10999 outside the lines",
             told(paid=[("12002", "125.00")], beside=[service("10.00")]), ["payments-differ"]),
        ]
    ),
)  # fmt: skip
def test_a_group_that_is_no_turnover_is_booked_as_what_it_is(receipt, mapped):
    assert booked(a_file(receipt), mapped=True) == mapped


def test_a_gift_card_group_stops_until_it_is_set_up_and_a_note_says_what_it_is():
    file = a_file(told(sold=[("900", "500.00", "0")], paid=[("12002", "500.00")]))
    assert booked(file) == ["sales-account-missing"]
    assert noted(file) == ["gift-card-group"]


def test_a_gift_card_sold_with_vat_is_not_waved_through():
    file = a_file(told(sold=[("900", "500.00", "3")], paid=[("12002", "500.00")]))
    assert booked(file) == {
        "1901": 50000,
        "3000": -50000,
    }  # turnover, as long as nobody says otherwise


def test_what_goes_as_an_invoice_is_handed_on_whole():
    receipts = [
        told("11002", paid=[ON_ACCOUNT], custSupID="C1", nr="1"),
        told("11015", paid=[("12002", "40.00"), ("12006", "75.00")], nr="2", invoiceID="77"),
        told("11017", [BACK, BEER], [("12006", "10.00")], nr="3"),
    ]
    found = [(sale.nr, sale.customer, sale.invoice_no, sale.gross) for sale in
             a_day(a_file(*receipts)).credit_sales]  # fmt: skip
    assert found == [("1", "C1", "", 11500), ("2", "", "77", 11500), ("3", "", "", 1000)]
    assert noted(a_file(*receipts)) == ["credit-sales-apart"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("<basicID>12002</basicID>", "payment-type-unresolved"),
        ("<basicID>100</basicID>", "article-group-unresolved"),
        ("<basicID>11001</basicID>", "transaction-type-unresolved"),
    ],
    ids=["2.5 missing in basics", "2.2 missing in basics", "2.4 missing in basics"],
)
def test_a_code_that_the_file_does_not_explain_is_found(broken, code):
    file = a_file(told()).replace(broken, "<basicID>X</basicID>")
    assert code in noted(file)
    assert isinstance(booked(file), list)
