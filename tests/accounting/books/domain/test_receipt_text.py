"""The text of a receipt is written by hand, and is the JSON that the library would write."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from accounting.books.domain import stored
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import Payment, Receipt, ReceiptKind, SaleLine, VatRow

NASTY = '"\\/\b\n\r\t\x01\x7f\u2028æ€😀'
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAIN = Receipt("1", 1, "t1", "2026-11-23T13:00:00", AT, "", "", ReceiptKind.SALE, Ore(0), Ore(0))
FULL = replace(
    PLAIN,
    own_type=NASTY,
    standard_type="11001",
    gross=Ore(-1150),
    rounding=Ore(-40),
    lines=(
        SaleLine(NASTY, NASTY, "04006", "31", "2", 1500, Ore(1), Ore(2), Ore(3), NASTY),
        SaleLine("", "", "", "", "", None, Ore(0), Ore(0), Ore(0)),
    ),
    vat_rows=(VatRow("31", NASTY, None, Ore(5)), VatRow("3", "1", 2500, Ore(-5))),
    payments=(Payment(NASTY, "Kort", "12002", Ore(7)), Payment("E", "", "", Ore(8), "EUR", 11)),
    raises=(("10001", Ore(9)), (NASTY, Ore(-9))),
    customer=NASTY,
    invoice_no=NASTY,
    notes=("book-date-empty", "receipt-num-large"),
    type_name=NASTY,
    tip=Ore(10),
)


@pytest.mark.parametrize("receipt", [PLAIN, FULL])
def test_the_text_is_canonical_json(receipt):
    text = stored.receipt_text(receipt)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("receipt", [PLAIN, FULL])
def test_reading_gives_back_what_was_written(receipt):
    text = stored.receipt_text(receipt)
    assert stored.receipt_from("1", 1, AT, text) == receipt
