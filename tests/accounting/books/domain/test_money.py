"""Kroner as text ⇄ whole øre, and the VAT inside a gross amount."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.books.domain.money import NotAnAmount, from_kroner, to_kroner, vat_of_gross


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("513.80", 51380),
        ("-0.40", -40),
        ("+1", 100),
        (" 12.5 ", 1250),
        ("1234.560", 123456),
        ("7.", 700),
        (".50", 50),
        ("-.5", -50),
        ("0.00000", 0),
        ("9" * 18, int("9" * 18) * 100),
    ],
)
def test_amounts_as_the_schema_allows_them(text, ore):
    assert from_kroner(text) == ore


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "1,50",
        "86.401",
        "8.6E1",
        "1 000",
        "--1",
        "1.-5",
        "٣",
        "9" * 19,
        "9" * 5000,
    ],
)
def test_anything_else_is_not_an_amount(text):
    with pytest.raises(NotAnAmount):
        from_kroner(text)


@settings(deadline=None)
@given(st.integers(-(10**17), 10**17))
def test_what_is_written_is_read_back(ore):
    assert from_kroner(to_kroner(ore)) == ore


@pytest.mark.parametrize(
    ("gross", "rate", "vat"),
    [
        (10280, 1500, 1341),
        (23200, 2500, 4640),
        (-1640, 1500, -214),
        (5, 2500, 1),
        (2, 2500, 0),
        (999, 0, 0),
    ],
)
def test_vat_is_rounded_half_up_on_both_sides_of_zero(gross, rate, vat):
    assert vat_of_gross(gross, rate) == vat
    assert vat_of_gross(-gross, rate) == -vat
