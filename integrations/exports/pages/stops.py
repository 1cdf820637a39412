"""What stops a settlement, one by one: who mends it, whether a person may let it pass, who did."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.codes import Role
from accounting.books.domain.day import ACKNOWLEDGEABLE, SalesDay
from accounting.books.domain.issues import Issue, from_json, to_json
from accounting.books.domain.setup import Kind, RuleKey, Setup
from accounting.books.models import Settlement

_SUMS = _("Dette kan ikke godkjennes: beløpene går ikke opp, så bilaget ville blitt feil.")
_VAT = _("Dette kan ikke godkjennes: mva-en i bilaget ville blitt feil.")
_TILL = _("Dette kan ikke godkjennes: oppgjøret kunne blitt ført på feil kasse.")
# What one page of Kontooppsett asks for at once, where there are several.
NO_ACCOUNT = frozenset(
    {
        "sales-account-missing",
        "payment-account-missing",
        "type-account-missing",
        "role-account-missing",
    }
)
SHOWN = 3  # of one code; all of them stand in the table of receipts below
# Why nobody may wave it through; what a page of ours mends needs no such sentence.
WHY_NOT: Mapping[str, Promise] = {
    "receipt-sum-differs": _SUMS,
    "payments-differ": _SUMS,
    "tip-unclear": _SUMS,
    "currency-not-clear": _SUMS,
    "rounding-without-cash": _SUMS,
    "rounding-too-large": _SUMS,
    "settlement-out-of-balance": _SUMS,
    "vat-code-unresolved": _VAT,
    "vat-rate-unexpected": _VAT,
    "vat-differs": _VAT,
    "z-of-another-register": _TILL,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that stops a settlement, or several of one code that nobody may pass.

    `anchor` is where links to its code land; '' for later ones. `nr` names the receipt to choose a
    version of, '' for other stops. `issues` are the first few; `more` counts those that are not shown.
    """

    issues: tuple[Issue, ...]
    anchor: str
    passable: bool
    nr: str = ""
    more: int = 0

    @property
    def issue(self) -> Issue:
        """Give the first, which says effect and way out for all of them."""
        return self.issues[0]

    @property
    def key(self) -> str:
        """Name the stop in a form."""
        return key_of(self.issue)

    @property
    def why_not(self) -> Promise | str:
        """Say why a person may not let it pass; '' where that is no question."""
        return WHY_NOT.get(self.issue.code, "")


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A stop that a person let pass: why, who and when."""

    issue: Issue
    reason: str
    name: str
    at: datetime


def key_of(issue: Issue) -> str:
    """Name an issue by its content: the same issue always has the same name."""
    return sha256(json.dumps(to_json(issue)).encode()).hexdigest()[:16]


def stops_of(issues: Iterable[Issue], *, decidable: bool) -> Iterator[Stop]:
    """Give the stops of a settlement; where it is not `decidable` any more, none may be passed.

    What a person decides, or mends at its own row, stands alone; the rest by its code.
    """
    by_code: dict[str, list[Issue]] = {}
    for issue in issues:
        by_code.setdefault(issue.code, []).append(issue)
    for code, found in by_code.items():
        if code in WHY_NOT:
            yield Stop(tuple(found[:SHOWN]), code, passable=False, more=len(found[SHOWN:]))
            continue
        passable = decidable and code in ACKNOWLEDGEABLE
        for number, issue in enumerate(found):
            nr = issue.subject if code == "receipt-changed" else ""
            yield Stop((issue,), "" if number else code, passable, nr)


def unset_in(issues: Iterable[Issue]) -> frozenset[str]:
    """Name what Kontooppsett has no account for: by the till's name for it, and by its code."""
    names = set[str]()
    for issue in issues:
        if issue.code in NO_ACCOUNT and issue.fix:
            names |= {issue.subject, RuleKey.parse(dict(issue.fix.params)["row"]).own}
    return frozenset(names - {""})


def notes_of(day: SalesDay, setup: Setup) -> tuple[Issue, ...]:
    """Give the findings that stop nothing, less those that Kontooppsett has settled since."""
    settled = set()
    for sale in day.sales:
        key = RuleKey(Role.SALES, sale.group, sale.standard_group, sale.vat_code)
        found = setup.find(key, day.business_date)
        if found and found[1].kind is not Kind.SALE:
            settled.add(Issue("gift-card-group", sale.group_name or sale.group))
    return tuple(each for each in day.findings if not each.blocks and each not in settled)


def acknowledged_in(settlement: Settlement) -> tuple[Acknowledged, ...]:
    """Give what was let pass in a settlement, with the person's name as it is now."""
    kept = settlement.acknowledgements
    names = _names({each["by"] for each in kept})
    return tuple(
        Acknowledged(
            issue=from_json(each["issue"]),
            reason=each["reason"],
            name=names.get(each["by"], each["by"]),
            at=datetime.fromisoformat(each["at"]),
        )
        for each in kept
    )


def _names(usernames: set[str]) -> dict[str, str]:
    user = get_user_model()
    if not usernames:
        return {}
    found = user.objects.filter(**{f"{user.USERNAME_FIELD}__in": usernames})
    return {each.get_username(): each.get_full_name() for each in found}
