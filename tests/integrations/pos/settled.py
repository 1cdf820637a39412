"""The journals that a file's settlements become, with the setup that people would have made."""

from collections.abc import Iterable, Mapping

from accounting.books.domain import stored
from accounting.books.domain.codes import Role
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.setup import Kind, Rule, RuleKey, Setup
from accounting.books.suggestions import GIFT_CARDS, SUGGESTED

# What people add to the suggestions: what has none, and the groups that are no turnover.
ADDED = {
    RuleKey(Role.SALES, "910", "", "7"): Rule("2970", "0", kind=Kind.DEPOSIT),
    RuleKey(Role.SALES, "920", "", "7"): Rule("2910", "0", kind=Kind.TIP),
    RuleKey(Role.DEPOSIT): Rule("1570", "0"),
    RuleKey(Role.PAIDIN): Rule("1911", "0"),
    RuleKey(Role.PAIDOUT): Rule("1912", "0"),
    RuleKey(Role.PAIDOUT, "ANNET"): Rule("1913", "3"),  # 11999 is rung up with VAT
    RuleKey(Role.SUSPENSE): Rule("1990", "0"),
}


def the_setup(some: Iterable[SalesDay], added: Mapping[RuleKey, Rule] = ADDED) -> Setup:
    """The suggested setup, with the groups that look like gift cards set up as such, and ADDED."""
    looks = {
        RuleKey(Role.SALES, sale.group, "", sale.vat_code): Rule(
            GIFT_CARDS, "0", kind=Kind.GIFT_CARD
        )
        for day in some
        for sale in day.sales
        if sale.seems_gift_card
    }
    return Setup(default={key: (rule,) for key, rule in {**SUGGESTED, **looks, **added}.items()})


def journal_text(day: SalesDay, setup: Setup) -> str:
    """The journal as it would be stored and sent. Fails where something stands in the way."""
    return stored.journal_text(the_journal(day, setup))


def the_journal(day: SalesDay, setup: Setup) -> Journal:
    """The journal of a settlement. Fails where something stands in the way."""
    built: Journal | tuple[Issue, ...] = build_journal(day, setup)
    assert isinstance(built, Journal), built
    return built
