"""Our own tables of codes beside the tax administration's lists."""

import csv
from datetime import date
from pathlib import Path

import pytest

from accounting.books.domain.codes import (
    ARTICLE_GROUPS,
    PAYMENT_ROLES,
    PAYMENT_TYPES,
    TRANSACTION_TYPES,
    VAT_NAMES,
    VAT_RATES,
    rate_on,
)

LISTS = Path(__file__).parents[5] / "shared/data/saft/code-lists"
SALES_CODES = {"0", "3", "31", "32", "33", "5", "51", "52", "6", "7"}


def rows_of(name, encoding="cp1252"):
    """code → bokmål text of one list (Windows-1252, semicolons, stray blanks: saft.md 2)."""
    if not LISTS.is_dir():
        pytest.skip("../shared is not here: the code lists are read from it.")
    (file,) = LISTS.glob(f"*{name}*.csv")
    with file.open(encoding=encoding, newline="") as text:
        return [[cell.strip() for cell in row] for row in csv.reader(text, delimiter=";")][1:]


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("PredefinedBasicID-04", ARTICLE_GROUPS),
        ("PredefinedBasicID-11", TRANSACTION_TYPES),
        ("PredefinedBasicID-12", PAYMENT_TYPES),
    ],
)
def test_our_codes_and_names_are_the_lists(name, ours):
    assert ours == {row[0]: row[2] for row in rows_of(name) if row[0]}


@pytest.mark.needs_shared
def test_every_sales_vat_code_is_in_the_standard_list():
    listed = {row[0] for row in rows_of("Standard_Tax_Codes", "utf-8")}
    assert set(VAT_RATES) == set(VAT_NAMES) == SALES_CODES
    assert listed >= SALES_CODES


def test_every_payment_type_has_a_role():
    assert PAYMENT_ROLES.keys() == PAYMENT_TYPES.keys()


@pytest.mark.parametrize(
    ("code", "day", "rate"),
    [
        ("3", date(2026, 1, 1), 2500),
        ("31", date(2020, 1, 1), 1500),
        ("32", date(2020, 1, 1), 1111),
        ("33", date(2015, 12, 31), 800),
        ("33", date(2016, 1, 1), 1000),
        ("33", date(2018, 1, 1), 1200),
        ("33", date(2020, 4, 1), 600),
        ("33", date(2021, 9, 30), 600),
        ("33", date(2021, 10, 1), 1200),
        ("5", date(2026, 1, 1), 0),
        ("1", date(2026, 1, 1), None),
        ("", date(2026, 1, 1), None),
    ],
)
def test_a_rate_is_the_one_of_its_day(code, day, rate):
    assert rate_on(code, day) == rate
