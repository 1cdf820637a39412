"""A company where a person must decide: differences, counted cash, a receipt that came twice, news."""

from dataclasses import replace
from datetime import datetime, timedelta

import time_machine

from accounting.books import decisions
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Payment, Receipt, ReceiptKind
from accounting.books.models import Settlement
from accounting.company.models import Company
from tests import build

FOOD, BEER = (*build.GROUPS["31"], "31"), (*build.GROUPS["3"], "3")
GIFT = ("900", "Gavekort", "04999", "0")
NOON = datetime(2026, 11, 23, 12, tzinfo=build.OSLO)


def a_company_to_decide_for() -> tuple[Company, dict[str, Settlement]]:
    """Kaikaffe AS, and its settlements by what is to be decided, each on a till of its own."""
    company = build.a_company("937884117", "Kaikaffe AS")
    ida = build.a_manager(company, "ida@example.no")
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    changed = build.deliver(company, [_sale(1, "100.00", "100.00")])
    changed = build.delivered_again(company, _sale(1, "120.00", "120.00", extra=True))
    days = {
        "changed": changed,
        "differs": build.deliver(
            company, _day()[:8] + _day()[10:], register="2", z_total="4210.00"
        ),
        "passed": build.deliver(company, _day(), register="3", z_total="4210.00"),
        "parts": build.deliver(company, _parting(), register="4"),
        "moved": build.deliver(company, _moved(), register="5", opening_float="2000.00"),
        "counted": build.deliver(company, _moved(), register="6", opening_float="2000.00"),
        "new": build.deliver(company, _new(), register="7"),
    }
    build.built(company)
    passed = days["passed"]
    with time_machine.travel(build.NOW + timedelta(hours=1)):
        for issue in passed.as_day().stops:
            decisions.acknowledge(passed, issue, "Z-rapporten ble skrevet ut før siste salg", ida)
        decisions.count_cash(days["counted"], Ore(199_050), ida)
    return company, days


def _sale(nr: int, food: str, card: str, *, extra: bool = False) -> Receipt:
    sold = {FOOD: food} | ({BEER: "89.00"} if extra else {})
    paid = "209.00" if extra else card
    receipt = build.a_receipt(sold, {"card": paid}, nr=1000 + nr, at=NOON + timedelta(minutes=nr))
    return replace(receipt, rounding=Ore(0))


def _day() -> list[Receipt]:
    cash = build.a_receipt({FOOD: "298.50", BEER: "178.00"}, {"cash": "476.00"}, nr=1020)
    return [*(_sale(n, f"{120 + 7 * n}.50", f"{120 + 7 * n}.50") for n in range(20)), cash]


def _parting() -> list[Receipt]:
    return [
        _sale(n, f"{120 + 7 * n}.50", f"{120 + 7 * n - (10 if n % 6 == 0 else 0)}.50")
        for n in range(20)
    ]


def _moved() -> list[Receipt]:
    kinds = (
        (ReceiptKind.FLOAT, "2000.00", "FLT", "11007", "Vekselpenger"),
        (ReceiptKind.PAID_OUT, "1500.00", "BANK", "11010", "Til bank"),
        (ReceiptKind.PAID_OUT, "250.00", "VASK", "11010", "Vaskehjelp"),
        (ReceiptKind.CASH_DIFFERENCE, "-12.00", "DIFF", "11008", "Differanse"),
    )
    moved = [
        build.a_movement(kind, amount, nr=1021 + n, own_type=own, standard=standard, name=name)
        for n, (kind, amount, own, standard, name) in enumerate(kinds)
    ]
    tipped = replace(
        build.a_receipt({FOOD: "410.00"}, {"card": "450.00"}, nr=1025),
        rounding=Ore(0),
        tip=Ore(4_000),
        raises=(("10001", Ore(4_000)),),
    )
    paid = build.a_movement(
        ReceiptKind.CUSTOMER_PAYMENT,
        "1280.00",
        nr=1026,
        own_type="CUST",
        standard="11005",
        name="Innbetaling",
    )
    on_account = [
        build.a_credit_sale("1280.00", nr=1027, customer="Havn og Hage AS", invoice_no="20411"),
        build.a_credit_sale("640.00", nr=1028, customer="Brygge Borettslag", invoice_no="20412"),
    ]
    return [*_day(), *moved, tipped, paid, *on_account]


def _new() -> list[Receipt]:
    points = Payment("POINTS", "Kundepoeng", "12007", Ore(5_000))
    sale = build.a_receipt({FOOD: "100.00", GIFT: "500.00"}, {"card": "550.00"}, nr=1200)
    bought = build.a_movement(
        ReceiptKind.PURCHASE,
        "80.00",
        nr=1201,
        own_type="BUY",
        standard="11003",
        name="Innkjøp av melk",
    )
    owner = build.a_movement(
        ReceiptKind.PAID_IN, "1000.00", nr=1202, own_type="IN", standard="11011", name="Innskudd"
    )
    return [replace(sale, payments=(*sale.payments, points), rounding=Ore(0)), bought, owner]
