"""The six VAT terms of a year, and when a draft of one is late."""

from datetime import date, timedelta

import pytest

from integrations.exports.telling.terms import ending, term_of


@pytest.mark.parametrize(
    ("day", "first", "last", "due"),
    [
        ("2026-01-01", "2026-01-01", "2026-02-28", "2026-04-10"),
        ("2028-02-29", "2028-01-01", "2028-02-29", "2028-04-10"),
        ("2026-04-30", "2026-03-01", "2026-04-30", "2026-06-10"),
        ("2026-05-01", "2026-05-01", "2026-06-30", "2026-08-31"),
        ("2026-08-31", "2026-07-01", "2026-08-31", "2026-10-10"),
        ("2026-10-01", "2026-09-01", "2026-10-31", "2026-12-10"),
        ("2026-12-31", "2026-11-01", "2026-12-31", "2027-02-10"),
    ],
)
def test_each_term_has_its_due_day(day: str, first: str, last: str, due: str) -> None:
    term = term_of(date.fromisoformat(day))
    assert [each.isoformat() for each in (term.first, term.last, term.due)] == [first, last, due]


def test_it_warns_for_the_seven_days_before_and_on_the_day() -> None:
    for start in (date(2026, 1, 1), date(2028, 1, 1)):
        days = [start + timedelta(days=n) for n in range(366)]
        warned = [day for day in days if ending(day)]
        assert len(warned) == 6 * 8
        for day in warned:
            term = ending(day)
            assert term is not None
            assert term.last < day <= term.due
