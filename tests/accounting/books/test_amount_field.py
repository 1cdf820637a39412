"""An amount field takes what it displays, and says how to write what it cannot read."""

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounting.books.domain.money import to_kroner
from accounting.books.domain.reading import meant_amount, reader_amount, typed_amount
from accounting.books.fields import AmountField

LANGUAGES = ("nb", "en")


class Form(forms.Form):
    """One amount."""

    amount = AmountField(required=False)


class Demanding(forms.Form):
    """One amount that must be given."""

    amount = AmountField()


def _typed(text: str, form: type[forms.Form] = Form) -> forms.Form:
    filled = form({"amount": text})
    filled.is_valid()
    return filled


@given(ore=st.integers(-(10**13), 10**13), language=st.sampled_from(LANGUAGES))
def test_whatever_is_displayed_is_read_back(ore: int, language: str) -> None:
    shown = reader_amount(to_kroner(ore), language)
    assert typed_amount(shown, language) == to_kroner(ore)
    assert meant_amount(shown, language) == shown


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("1 234,50", 123450),
        ("1\N{NO-BREAK SPACE}234,50", 123450),
        ("1\N{NARROW NO-BREAK SPACE}234,50", 123450),
        (" 1234,5 ", 123450),
        ("1234", 123400),
        ("0", 0),
        ("\N{MINUS SIGN}12,50", -1250),
        ("-12,50", -1250),
        ("- 12,50", -1250),
        ("", None),
        ("  ", None),
    ],
)
def test_norwegian_amounts_are_understood(text: str, ore: int | None) -> None:
    with translation.override("nb"):
        form = _typed(text)
        assert (form.cleaned_data, form.errors) == ({"amount": ore}, {})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.234,50", "1\N{NO-BREAK SPACE}234,50"),
        ("1.234", "1\N{NO-BREAK SPACE}234,00"),
        ("12.5", "12,50"),
        ("1,234.50", "1\N{NO-BREAK SPACE}234,50"),
        ("1234,567", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,00"),
        ("tolv", "1\N{NO-BREAK SPACE}234,50"),
        ("12 kr", "1\N{NO-BREAK SPACE}234,50"),
    ],
)
def test_what_is_not_understood_is_shown_as_it_should_be_written(text: str, meant: str) -> None:
    with translation.override("nb"):
        (said,) = _typed(text).errors["amount"]
    assert said == f"Tallet {text} ble ikke forstått. Skriv {meant}."


def test_english_reads_and_asks_for_english() -> None:
    with translation.override("en"):
        assert _typed("1,234.50").cleaned_data == {"amount": 123450}
        (said,) = _typed("1,50").errors["amount"]
    assert said == "The number 1,50 was not understood. Write 1.50."


def test_the_field_shows_what_is_saved_and_what_was_typed() -> None:
    with translation.override("nb"):
        assert 'value="1\N{NO-BREAK SPACE}234,50"' in str(
            Form(initial={"amount": 123450})["amount"]
        )
        assert 'value="1.234,50"' in str(_typed("1.234,50")["amount"])


def test_a_field_that_must_be_filled_takes_zero_but_not_nothing() -> None:
    assert _typed("0", Demanding).cleaned_data == {"amount": 0}
    assert "amount" in _typed("", Demanding).errors
