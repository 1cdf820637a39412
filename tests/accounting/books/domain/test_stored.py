"""What is kept as text is read back as it was, and equal content has one hash."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from accounting.books.domain import stored
from accounting.books.domain.day import CreditSale, Movement
from accounting.books.domain.journal import build_journal
from accounting.books.domain.sales import Counted, Evidence
from tests.accounting.books.domain.values import (
    BEER,
    SETUP,
    a_day,
    a_line,
    a_payment,
    a_receipt,
    a_z,
)

RECEIPT = a_receipt(
    7,
    [a_line(), a_line(2500, BEER, text="Pils «stor»")],
    [a_payment(14000), a_payment(0, "12001", currency="EUR", rate=None)],
    raises=(("10001", 500),),
    customer="C1",
    invoice_no="I1",
    notes=("book-date-empty",),
    rounding=None,
)


def test_a_receipt_is_read_back():
    text = stored.receipt_text(RECEIPT)
    read = stored.receipt_from(RECEIPT.nr, RECEIPT.position, RECEIPT.at_utc, text)
    assert read == RECEIPT
    assert stored.receipt_text(read) == text


def test_a_z_report_is_read_back_and_what_its_file_tells_is_no_part_of_it():
    about_the_file = {"evidence": Evidence("t7", "t7", 1), "file_day": date(2020, 1, 2)}
    about_the_file["counted"] = Counted(3, 2)
    z = a_z([RECEIPT], groups=(("100", 11500),), **about_the_file)
    text = stored.z_text(z)
    assert stored.z_from(text, z.at_utc, z.evidence, z.file_day, z.counted) == z
    assert stored.z_text(replace(z, evidence=Evidence(), file_day=None, counted=None)) == text


@pytest.mark.parametrize("receipt", [RECEIPT, a_receipt(1), a_receipt(1, payments=[])])
def test_a_settlement_is_read_back(receipt):
    day = a_day(receipt, gaps=[("1", "3")])
    moved = Movement("paid-out", "OUT", "Uttak", "11010", -50000, "CASH", "Kontant", "12001")
    day = replace(day, movements=(moved,), credit_sales=(CreditSale("9", "K1", "F1", 12500),))
    text = stored.day_text(day)
    assert stored.day_from(text) == day
    assert stored.day_text(stored.day_from(text)) == text


def test_a_journal_is_read_back_and_must_still_balance():
    journal = build_journal(a_day(a_receipt()), SETUP)
    text = stored.journal_text(journal)
    assert stored.journal_from(text) == journal
    with pytest.raises(ValueError, match="balance"):
        stored.journal_from(text.replace("-11500", "-11501"))


def test_equal_content_has_one_hash():
    same = stored.digest(stored.receipt_text(replace(RECEIPT)))
    assert same == stored.digest(stored.receipt_text(RECEIPT))
    later = replace(RECEIPT, at_utc=datetime(2020, 1, 1, tzinfo=UTC))
    assert stored.digest(stored.receipt_text(later)) == same
    assert stored.digest(stored.receipt_text(replace(RECEIPT, gross=1))) != same
