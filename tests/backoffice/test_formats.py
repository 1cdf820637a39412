"""Amounts, dates and numbers as people read them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from backoffice.templatetags import backoffice as tags

MORNING = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 05.00 in Oslo
NEAR_MIDNIGHT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # 1 July, 00.30 in Oslo


@pytest.mark.parametrize(
    ("ore", "bokmål", "english"),
    [
        (0, "0,00", "0.00"),
        (5, "0,05", "0.05"),
        (-40, "−0,40", "−0.40"),
        (51_420, "514,20", "514.20"),
        (99_999, "999,99", "999.99"),
        (100_000, "1\u00a0000,00", "1,000.00"),
        (123_450, "1\u00a0234,50", "1,234.50"),
        (-123_450, "−1\u00a0234,50", "−1,234.50"),
        (123_456_789_01, "123\u00a0456\u00a0789,01", "123,456,789.01"),
        (None, "", ""),
    ],
)
def test_kroner_from_whole_ore(ore: int | None, bokmål: str, english: str) -> None:
    with translation.override("nb"):
        assert tags.kroner(ore) == bokmål
    with translation.override("en"):
        assert tags.kroner(ore) == english


@pytest.mark.parametrize("amount", [12.5, "1250"])
def test_kroner_takes_nothing_but_whole_ore(amount: object) -> None:
    with pytest.raises(TypeError, match="whole øre"):
        tags.kroner(amount)


@pytest.mark.parametrize(
    ("language", "day", "clock", "moment"),
    [
        ("nb", "24.11.2026", "kl.\xa005.00", "24.11.2026 kl.\xa005.00"),
        ("en", "24\xa0Nov\xa02026", "05:00", "24\xa0Nov\xa02026 05:00"),
    ],
)
def test_moments_are_read_in_oslo(language: str, day: str, clock: str, moment: str) -> None:
    with translation.override(language):
        assert tags.day(MORNING) == day
        assert tags.day(date(2026, 11, 24)) == day
        assert tags.clock_time(MORNING) == clock
        assert tags.moment(MORNING) == moment


def test_the_day_of_a_moment_is_its_day_in_oslo() -> None:
    with translation.override("nb"):
        assert tags.day(NEAR_MIDNIGHT) == "01.07.2026"


def test_nothing_is_shown_for_no_moment() -> None:
    assert (tags.day(None), tags.clock_time(None), tags.moment(None)) == ("", "", "")


def test_an_organisation_number_is_grouped_with_hard_spaces() -> None:
    assert tags.org_no("912345678") == "912\u00a0345\u00a0678"
