"""One Z and its receipts, summed into a settlement."""

from dataclasses import replace
from datetime import date, time

import pytest

from accounting.books.domain.issues import sentence
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.totals import MOST_FINDINGS, settle
from tests.accounting.books.domain.values import (
    BEER,
    FOOD,
    OPENING,
    a_day,
    a_line,
    a_payment,
    a_receipt,
    a_z,
    codes,
)


def test_sales_payments_and_vat_are_summed():
    day = a_day(
        a_receipt(
            1, [a_line(11540), a_line(2500, BEER)], [a_payment(14000, "12001")], rounding=-40
        ),
        a_receipt(2, [a_line(-1150)]),
    )
    assert (day.gross, day.rounding, day.transactions) == (12890, -40, 2)
    assert (day.first_nr, day.last_nr) == ("1", "2")
    assert day.net == day.gross - day.vat
    assert [(s.group, s.vat_code, s.rate, s.gross) for s in day.sales] == [
        ("100", "31", 1500, 10390),
        ("300", "3", 2500, 2500),
    ]
    assert [(p.type, p.amount) for p in day.payments] == [("CARD", -1150), ("CASH", 14000)]
    assert [(v.vat_code, v.rows) for v in day.vat_totals] == [("3", 1), ("31", 2)]
    assert codes(day.findings) == []
    assert day.has_movement


def test_two_rates_under_one_code_are_kept_apart():
    lines = [
        a_line(1120, ("5", "Kino", "", "33")),
        a_line(1060, ("5", "Kino", "", "33"), vat=60, rate=600),
    ]
    day = a_day(a_receipt(1, lines))
    assert [(s.rate, s.gross) for s in day.sales] == [(600, 1060), (1200, 1120)]


def test_what_comes_to_zero_is_left_out():
    day = a_day(a_receipt(1, [a_line(1150)]), a_receipt(2, [a_line(-1150)]))
    assert (day.sales, day.payments) == ((), ())
    assert not day.has_movement


def test_what_is_not_a_sale_is_counted_but_not_summed():
    kinds = (ReceiptKind.TRAINING, ReceiptKind.VOID, ReceiptKind.INVENTORY)
    others = [replace(a_receipt(2 + n), kind=kind) for n, kind in enumerate(kinds)]
    sale = a_receipt(1)
    day = a_day(sale, *others, z=a_z([sale]))
    assert (day.transactions, day.gross, day.findings) == (4, 11500, ())


@pytest.mark.parametrize(
    ("sold", "closed", "opening", "day"),
    [
        ("2026-11-23T12:00:00", "2026-11-24T03:00:00", OPENING, date(2026, 11, 23)),
        ("2026-11-24T04:59:59", "2026-11-24T05:30:00", OPENING, date(2026, 11, 23)),
        ("2026-11-24T05:00:00", "2026-11-24T05:30:00", OPENING, date(2026, 11, 24)),
        ("2026-11-24T01:29:00", "2026-11-24T05:30:00", time(1, 30), date(2026, 11, 23)),
        (None, "2026-11-24T03:00:00", OPENING, date(2026, 11, 23)),
        (None, "2026-11-24T23:00:00", OPENING, date(2026, 11, 24)),
    ],
)
def test_the_business_date_is_the_first_sales_or_the_zs(sold, closed, opening, day):
    void = a_receipt(1, at="2026-11-20T12:00:00", kind=ReceiptKind.VOID)
    sales = [a_receipt(2, at=sold)] if sold else []
    z = a_z(sales, at=closed)
    assert settle(z, [void, *sales], "1", opening).business_date == day


@pytest.mark.parametrize(
    ("rows", "off", "said"),
    [(1, 1, []), (1, 2, ["vat-differs"]), (5, 3, []), (5, 4, ["vat-differs"])],
)
def test_the_tills_vat_may_be_half_an_ore_off_for_each_row_and_one_more(rows, off, said):
    exact = [a_line(11500) for _ in range(rows)]
    lines = [a_line(11500, vat=1500 + off), *exact[1:]]
    day = a_day(a_receipt(1, lines))
    assert codes(day.findings) == said


def test_the_bound_counts_lines_though_the_receipt_has_one_row():
    receipt = a_receipt(1, [a_line(10280, vat=1342)])
    assert a_day(receipt).findings == ()
    assert a_day(replace(receipt, vat_rows=())).vat_totals == a_day(receipt).vat_totals


def test_a_rate_left_out_is_the_one_of_its_code_that_day():
    day = a_day(
        a_receipt(
            1, [a_line(rate=None), a_line(100, vat_code="", own_vat_code="9", rate=None, vat=0)]
        )
    )
    assert [(s.vat_code, s.rate) for s in day.sales] == [("", 0), ("31", 1500)]


def test_gaps_and_z_numbers_left_out_are_said():
    day = a_day(z=a_z(number="7"), gaps=[("3", "5")], previous="6")
    assert codes(day.findings) == ["receipt-gap"]
    noted = [a_day(z=a_z(number="7"), previous=p).findings for p in ("", "6", "5", "3", "A", "9")]
    assert [codes(findings) for findings in noted] == [[], [], ["z-gap"], ["z-gap"], [], []]
    assert [sentence(f[0]) for f in noted[2:4]] == [
        "Z 6 mangler for kasse 1, og er ikke ført. Last opp filen som har den.",
        "Z 4–6 mangler for kasse 1, og er ikke ført. Last opp filen som har den.",
    ]


def test_many_notes_never_push_out_what_stops_a_settlement():
    noted = [
        replace(a_receipt(n), notes=("book-date-empty",)) for n in range(1, MOST_FINDINGS + 50)
    ]
    wrong = replace(a_receipt(1000), payments=())
    day = a_day(*noted, wrong, z=a_z([*noted, wrong]))
    assert len(day.findings) == MOST_FINDINGS
    assert codes(day.stops) == ["payments-differ"]


def test_the_same_input_gives_the_same_settlement():
    receipts = [a_receipt(1, [a_line(), a_line(500, BEER)]), a_receipt(2, [a_line(900, FOOD)])]
    assert a_day(*receipts) == a_day(*receipts)
