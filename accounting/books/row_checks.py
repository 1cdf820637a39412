"""Kontooppsett as it is saved, against the chart: which rows would stop whatever is booked on them."""

from collections.abc import Iterator
from datetime import date

from accounting.books.domain.checks import chart_issues
from accounting.books.domain.codes import NO_VAT
from accounting.books.domain.issues import Issue
from accounting.books.domain.setup import RuleKey, Rules, Setup
from accounting.books.queries import SetupReader
from accounting.company.models import Company


def wrong_rows(company: Company, day: date) -> tuple[Issue, ...]:
    """Say what the fetched chart has against the saved rows on that day; a fixed number of queries."""
    found = (
        issue
        for setup, rules in _row_sets(company)
        for key in rules
        for issue in _row(key, day, setup)
    )
    return tuple(dict.fromkeys(found))


def _row_sets(company: Company) -> Iterator[tuple[Setup, Rules]]:
    """Give each department's own rows, then the default's, as some department uses them."""
    setups = SetupReader(company).for_departments()
    for setup in setups:
        yield setup, setup.own
    if setups:
        yield setups[0], setups[0].default


def _row(key: RuleKey, day: date, setup: Setup) -> list[Issue]:
    found = setup.find(key, day)
    if found is None:  # it begins later
        return []
    rule = found[1]
    return chart_issues(key, rule.account, rule.vat_code or key.vat_code or NO_VAT, day, setup)
