"""Proposals for Kontooppsett that a person confirms; never saved by themselves (DESIGN.md 5)."""

from collections.abc import Mapping

from accounting.books.domain.codes import PAYMENT_ROLES, Role
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

# The rest of the code lists that a row may be wanted for, each group under its usual VAT codes (saft.md
# 2.2, 2.4 and 2.5). Gift cards, credit notes and customer accounts have one row for all in SUGGESTED.
_GROUPS = {
    "04003": ("3", "31"),
    "04004": ("3",),
    "04005": ("3",),
    "04006": ("31", "3"),
    "04007": ("3",),
    "04008": ("3",),
    "04009": ("3",),
    "04010": ("3",),
    "04011": ("31", "3"),
    "04012": ("31", "3"),
    "04013": ("3",),
    "04014": ("3", "5"),
    "04015": ("3", "33", "6"),
    "04017": ("3",),
    "04019": ("33",),
    "04020": ("33",),
    "04021": ("33",),
    "04999": ("3",),
}
_MOVED = {
    "11003": Role.PAIDOUT,
    "11004": Role.PAIDOUT,
    "11011": Role.PAIDIN,
    "11012": Role.PAIDOUT,
    "11999": Role.PAIDOUT,
}
_ONE_ROW = frozenset({Role.GIFTCARD, Role.CREDITNOTE, Role.RECEIVABLE})
CODE_LISTS: tuple[RuleKey, ...] = (
    *(RuleKey(Role.SALES, "", group, code) for group, codes in _GROUPS.items() for code in codes),
    *(RuleKey(role, standard=code) for code, role in PAYMENT_ROLES.items() if role not in _ONE_ROW),
    *(RuleKey(role, standard=code) for code, role in _MOVED.items()),
)


def suggested_for(company: Company) -> Mapping[RuleKey, Rule]:
    """Give the proposals for a company: the usual ones, and its groups that look like gift cards."""
    found = dict(SUGGESTED)
    for settlement in company.settlements.filter(current=True).iterator():
        for sale in settlement.as_day().sales:
            if sale.seems_gift_card:
                key = RuleKey(Role.SALES, own=sale.group, vat_code=sale.vat_code)
                found[key] = Rule(GIFT_CARDS, "0", kind=Kind.GIFT_CARD)
    return found
