"""The money rules of saft.md 4.7, each by the name of its row: how it is booked."""

import pytest

from tests.integrations.pos.rows import (
    BEER,
    FOOD,
    a_file,
    booked,
    closing,
    told,
)
from tests.saft_builder import el, event, leaves, vat_row

BACK = ("100", "-115.00", "2")
SOLD = {"1901": 11500, "3030": -11500}
RETURNED = {"1901": -11500, "3030": 11500}
ODD = ("100", "115.40", "2")  # what notes and coins cannot pay
TIPPED = {"1901": 13500, "2910": -2000, "3030": -11500}
THREE = told(sold=[("100", "28.80", "2")] * 3, paid=[("12002", "86.40")])

DISCOUNT = el("discount", leaves({"dscTp": "R", "dscAmnt": "10.00"}))
SAVINGS = el("savings", leaves({"savingsType": "S", "savingsUnits": "1"}))
NO_SALES_AT_12 = el(
    "reportCashSaleVat",
    leaves({"vatCode": "1", "vatPerc": "12.00", "cashSaleAmnt": "0.00", "vatAmnt": "0.00"}),
)


def changed(receipt, *pairs):
    """A file of one receipt with pieces of it replaced; the Z keeps to what the receipt said before."""
    file = a_file(receipt)
    head, mark, tail = file.partition("<cashtransaction>")
    for before, after in pairs:
        assert before in tail, before
        tail = tail.replace(before, after)
    return head + mark + tail


def without_vat_rates():
    return changed(told(), ("<vatPerc>15.00</vatPerc>", ""))


def with_events(*kinds):
    """A sale with events about it that name its transaction, which none of these may count twice."""
    one = told(nr="1")
    events = "".join(event(kind, "1") for kind in ("SALREC", *kinds))
    return a_file(one, z=events + closing([one])), SOLD


BOOKED = {
    "return, negative and D": (a_file(told("11006", [BACK], [("12002", "-115.00")])), RETURNED),
    "return, positive and D": (
        changed(told("11006", [BACK], [("12002", "-115.00")]), (">-", ">")),
        RETURNED,
    ),
    "return, payments flipped only": (a_file(told("11006", [BACK], [("12002", "115.00")], in_z=False))
        .replace("<paymentAmnt>0.00", "<paymentAmnt>-115.00")
        .replace("<totalCashSaleAmnt>0.00", "<totalCashSaleAmnt>-115.00")
        .replace("<vatAmnt>0.00", "<vatAmnt>-15.00", 1), RETURNED),
    "negative lines in a sale": (
        a_file(told(sold=[BEER, BACK], paid=[("12002", "10.00")])),
        {"1901": 1000, "3000": -12500, "3030": 11500},
    ),
    "void with payments": (
        a_file(told(in_z=False, tail="<voidTransaction>true</voidTransaction>")),
        {},
    ),
    "void as a counter-entry, never both": (
        a_file(told(), told("11009", [BACK], [("12002", "-115.00")])),
        {},
    ),
    "void before completion is in the Z alone": (
        a_file(told()).replace("<reportVoidTransNum>0", "<reportVoidTransNum>3"),
        SOLD,
    ),
    "pro forma, copies and delivery receipts are events": with_events("13014", "13015", "13016"),
    "price changes, inquiries and deleted lines are events": with_events("13021", "13022", "13999"),
    "training": (a_file(told(), told(in_z=False, tail="<trainingID>1</trainingID>")), SOLD),
    "discount is inside the lines already": (
        changed(told(), ("</vat></ctLine>", f"</vat>{DISCOUNT}</ctLine>")),
        SOLD,
    ),
    "discount as a line of its own": (
        a_file(told(sold=[FOOD, ("100", "-23.00", "2")], paid=[("12002", "92.00")])),
        {"1901": 9200, "3030": -9200},
    ),
    "savings are units": (
        changed(told(), ("</vat></ctLine>", f"</vat>{SAVINGS}</ctLine>")),
        SOLD,
    ),
    "tip outside In": (a_file(told(paid=[("12002", "135.00")], tip="20.00")), TIPPED),
    "tip inside In": (a_file(told(gross="135.00", paid=[("12002", "135.00")], tip="20.00")), TIPPED),
    "tip as a line, told as a raise too": (
        a_file(told(sold=[FOOD, ("920", "20.00", "0")], paid=[("12002", "135.00")], tip="20.00")),
        TIPPED,
    ),
    "rounding down": (
        a_file(told(sold=[ODD], paid=[("12001", "115.00")], rounding="-0.40")),
        {"1900": 11500, "7740": 40, "3030": -11540},
    ),
    "rounding with the sign inverted": (
        a_file(told(sold=[ODD], paid=[("12001", "115.00")], rounding="0.40")),
        {"1900": 11500, "7740": 40, "3030": -11540},
    ),
    "rounding up": (
        a_file(told(sold=[("100", "114.50", "2")], paid=[("12001", "115.00")], rounding="0.50")),
        {"1900": 11500, "7740": -50, "3030": -11450},
    ),
    "rounding missing is derived": (
        a_file(told(sold=[ODD], paid=[("12001", "115.00")])),
        {"1900": 11500, "7740": 40, "3030": -11540},
    ),
    "tendered and change": (
        a_file(told(paid=[("12001", "500.00"), ("12001", "-385.00")])),
        {"1900": 11500, "3030": -11500},
    ),
    "tendered, told as the net alone": (
        a_file(told(paid=[("12001", "115.00")])),
        {"1900": 11500, "3030": -11500},
    ),
    "cash-back explained by a line": (
        a_file(told(sold=[FOOD, ("950", "200.00", "0")], paid=[("12002", "315.00")])),
        {"1901": 31500, "1900": -20000, "3030": -11500},
    ),
    "currency that the schema's list lacks": (
        a_file(told(paid=[("12001", "50.00", "RON", "2.300000")]))
        .replace("<paymentAmnt>50.00", "<paymentAmnt>115.00"),
        {"1900": 11500, "3030": -11500},
    ),
    "currency by its rate": (
        a_file(told(paid=[("12001", "10.00", "EUR", "11.500000")]))
        .replace("<paymentAmnt>10.00", "<paymentAmnt>115.00"),
        {"1900": 11500, "3030": -11500},
    ),
    "currency by its rate for a hundred": (
        a_file(told(paid=[("12001", "100.00", "SEK", "115.000000")]))
        .replace("<paymentAmnt>100.00", "<paymentAmnt>115.00"),
        {"1900": 11500, "3030": -11500},
    ),
    "currency in NOK already": (
        a_file(told(paid=[("12001", "115.00", "EUR", "11.500000")])),
        {"1900": 11500, "3030": -11500},
    ),
    "currency with change in NOK": (
        a_file(told(paid=[("12001", "20.00", "EUR", "11.500000"), ("12001", "-115.00")]))
        .replace("<paymentAmnt>-95.00", "<paymentAmnt>115.00"),
        {"1900": 11500, "3030": -11500},
    ),
    "gift card sold": (
        a_file(told(sold=[("900", "500.00", "0")], paid=[("12002", "500.00")])),
        {"1901": 50000, "2901": -50000},
    ),
    "gift card used": (a_file(told(paid=[("12005", "115.00")])), {"2901": 11500, "3030": -11500}),
    "credit sale without any payment": (a_file(told("11002", paid=(), invoiceID="7")), {}),
    "invoice paid at the till, as a sale line": (
        a_file(told("11005", [("100", "115.00", "0")], invoiceID="7", custSupID="C")),
        {"1901": 11500, "1579": -11500},
    ),
    "float, pay-in and pay-out by type": (
        a_file(
            told("11007", (), [("12001", "1500.00")], gross="1500.00", side="D"),
            told("11010", (), [("12001", "300.00")], gross="300.00"),
            told("11011", (), [("12001", "100.00")], gross="100.00", side="D"),
        ),
        {"1910": 30000, "1911": -10000, "1900": -20000},
    ),
    "zero amount": (a_file(told(sold=(), paid=())), {}),
    "VAT recomputed on the receipt's total": (
        changed(THREE, ("<transAmntEx>75.12", "<transAmntEx>75.13"), ("<vatAmnt>11.28", "<vatAmnt>11.27")),
        {"1901": 8640, "3030": -8640},
    ),
    "VAT recomputed in the VAT row only": (
        changed(THREE, ("<vatAmnt>11.28", "<vatAmnt>11.27")),
        {"1901": 8640, "3030": -8640},
    ),
    "vatPerc missing is known by its code": (without_vat_rates(), SOLD),
    "VAT code missing on the line, one on the receipt": (
        changed(told(), (f"{vat_row('2', '15.00')}</ctLine>", "</ctLine>")),
        SOLD,
    ),
    "decimals never drift": (
        a_file(told(sold=[("100", "0.10", "2")] * 30, paid=[("12002", "3.00")])),
        {"1901": 300, "3030": -300},
    ),
    "empty VAT rows of the Z": (
        a_file(told()).replace(
            "</reportCashSalesVat>",
            f"{NO_SALES_AT_12}</reportCashSalesVat>",
        ),
        SOLD,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKED, ids=[f"4.7 {name}" for name in BOOKED])
def test_this_is_booked(name):
    file, entries = BOOKED[name]
    assert booked(file, mapped=True) == entries
