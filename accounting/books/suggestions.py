"""Proposals for Kontooppsett that a person confirms; never saved by themselves (DESIGN.md 5)."""

from collections.abc import Mapping

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Kind, Rule, RuleKey
from accounting.company.models import Company

GIFT_CARDS = "2901"

# Account numbers are common NS 4102 habits, not law: each is checked against the customer's own chart
# before use (saft.md 2.8). RECEIVABLE is 1579: Go refuses the sub-ledger control account 1500.
SUGGESTED: dict[RuleKey, Rule] = {
    RuleKey(Role.SALES, vat_code="3"): Rule("3000", "3"),
    RuleKey(Role.SALES, vat_code="31"): Rule("3030", "31"),
    RuleKey(Role.SALES, vat_code="33"): Rule("3050", "33"),
    RuleKey(Role.SALES, vat_code="5"): Rule("3100", "5"),
    RuleKey(Role.SALES, vat_code="6"): Rule("3200", "6"),
    RuleKey(Role.CASH, standard="12001"): Rule("1900", "0"),
    RuleKey(Role.CARD, standard="12002"): Rule("1901", "0"),
    RuleKey(Role.CARD, standard="12003"): Rule("1902", "0"),
    RuleKey(Role.MOBILE, standard="12011"): Rule("1903", "0"),
    RuleKey(Role.GIFTCARD): Rule(GIFT_CARDS, "0"),
    RuleKey(Role.CREDITNOTE): Rule("2902", "0"),
    RuleKey(Role.RECEIVABLE): Rule("1579", "0"),
    RuleKey(Role.ROUNDING): Rule("7740", "0"),
    RuleKey(Role.TIP): Rule("2910", "0"),
    RuleKey(Role.CASHDIFF): Rule("1909", "0"),
    RuleKey(Role.TRANSIT): Rule("1910", "0"),
}


def suggested_for(company: Company) -> Mapping[RuleKey, Rule]:
    """Give the proposals for a company: the usual ones, and its groups that look like gift cards."""
    found = dict(SUGGESTED)
    for settlement in company.settlements.filter(current=True).iterator():
        for sale in settlement.as_day().sales:
            if sale.seems_gift_card:
                key = RuleKey(Role.SALES, own=sale.group, vat_code=sale.vat_code)
                found[key] = Rule(GIFT_CARDS, "0", kind=Kind.GIFT_CARD)
    return found
