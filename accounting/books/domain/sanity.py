"""Sanity in Norwegian terms: what is booked as delivered, but an accountant would ask about.

Warnings only; they never stop an export.
"""

from collections.abc import Iterator
from datetime import date

from accounting.books.domain.codes import ARTICLE_GROUPS, CASH
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner

_MIDDLE_RATE = "31"
_FOOD = "04006"
_SERVED = frozenset({"04008", "04009"})
_NEVER_REDUCED = frozenset({"04007", "04008", "04009", "04010", "04013"})  # alcohol, tobacco: 25 %
_NO_VAT_CODE = "0"  # a code for purchases (saft.md 2.7)
_MOST_TIPS = 15  # per cent of the day's sales; normal is a few
_ENOUGH_SALES = 100_000  # øre: a till with less need not have taken cash


def sanity_issues(day: SalesDay, file_day: date | None = None) -> Iterator[Issue]:
    """Say what looks odd about a settlement that adds up.

    `file_day` is when the file that holds it was made: nothing was sold after that.
    """
    if file_day and day.business_date > file_day:
        facts = (("day", day.business_date.isoformat()), ("made", file_day.isoformat()))
        yield Issue("date-after-file", day.z_number, facts)
    yield from _rates(day)
    for sale in day.sales:
        if sale.seems_gift_card:
            yield Issue("gift-card-group", sale.group_name or sale.group)
        elif sale.vat_code == _NO_VAT_CODE and sale.gross:
            yield Issue("sales-without-vat-code", sale.group_name or sale.group)
    if day.tips * 100 > day.gross * _MOST_TIPS:
        yield Issue("tips-high", facts=(("tips", to_kroner(day.tips)),))
    if day.gross >= _ENOUGH_SALES and not any(p.standard_type == CASH for p in day.payments):
        yield Issue("no-cash-sales")
    if day.credit_sales:
        total = to_kroner(sum(sale.gross for sale in day.credit_sales))
        yield Issue("credit-sales-apart", facts=(("total", total),))


def _rates(day: SalesDay) -> Iterator[Issue]:
    reduced = {sale.standard_group for sale in day.sales if sale.vat_code == _MIDDLE_RATE}
    for group in sorted(reduced & _NEVER_REDUCED):
        yield Issue("never-middle-rate", ARTICLE_GROUPS[group])
    sold = {sale.standard_group for sale in day.sales if sale.gross > 0}
    full_rate = {sale.standard_group for sale in day.sales if sale.vat_code == "3"}
    # Only a place that serves sells wine and spirits (a grocer sells beer at most): food served there
    # has 25 %, so all of it at the take-away rate is worth a question.
    if sold & _SERVED and _FOOD in reduced and _FOOD not in full_rate:
        yield Issue("served-food-at-middle-rate")
