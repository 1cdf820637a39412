"""When VAT is reported: six terms a year, each with the last day of its return. Pure.

A return is due one month and ten days after its term, and on 31 August for May and June
(skatteforvaltningsforskriften kapittel 8-3; skatteetaten.no, «Frister for mva-melding»).
"""

from dataclasses import dataclass
from datetime import date, timedelta

WARNED = timedelta(days=7)  # before the return is due
_SUMMER = 5  # the first month of the term with a due day of its own


@dataclass(frozen=True, slots=True)
class Term:
    """Two months, from `first` to `last`, and the day when their return is due."""

    first: date
    last: date
    due: date


def term_of(day: date) -> Term:
    """Give the term that a day lies in."""
    month = day.month - 1 + day.month % 2  # 1, 3, 5, 7, 9, 11
    first = date(day.year, month, 1)
    after = _month(first, 2)
    due = date(day.year, 8, 31) if month == _SUMMER else _month(after, 1).replace(day=10)
    return Term(first, after - timedelta(days=1), due)


def _month(first: date, later: int) -> date:
    year, month = divmod(first.month - 1 + later, 12)
    return date(first.year + year, month + 1, 1)


def ending(today: date) -> Term | None:
    """Give the term whose return is due within WARNED of today, if one is."""
    before = term_of(term_of(today).first - timedelta(days=1))
    return before if before.due - WARNED <= today <= before.due else None
