"""What a password must be: long, varied, and no common word however it is dressed up."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError

from backoffice.models import User

OLA = User(email="ola@example.no", name="Ola Nordmann")


def _said(password: str) -> list[str]:
    with pytest.raises(ValidationError) as problem:
        validate_password(password, OLA)
    return problem.value.messages


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaa", "abababababab", "abcdabcdabcd", "a1a1a1a1a1!"]
)
def test_a_few_letters_over_and_over_are_refused(password: str) -> None:
    assert "Passordet må ha minst 5 ulike tegn." in _said(password)


@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "Password Password", "Password2024!", "123password123", "DRAGON-dragon"],
)
def test_a_common_word_is_no_better_twice_or_with_a_year(password: str) -> None:
    assert _said(password) == ["Et vanlig ord er lett å gjette. Velg et annet passord."]


@pytest.mark.parametrize("password", ["password123", "qwertyuiop"])
def test_what_many_use_is_refused(password: str) -> None:
    assert "Mange bruker dette passordet. Velg et annet." in _said(password)


@pytest.mark.parametrize(
    "password",
    ["riktig hest batteri", "7391-8842-dragon-5510", "ærlig talt, nå da", "dragen min 2024"],
)
def test_several_words_or_much_else_are_taken(password: str) -> None:
    validate_password(password, OLA)


def test_a_very_long_one_is_read_at_once() -> None:
    validate_password("riktig hest batteri " * 50_000, OLA)


def test_the_rules_are_told() -> None:
    assert "5 ulike tegn" in password_validators_help_text_html()
