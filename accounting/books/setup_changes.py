"""What a person is about to change in Kontooppsett, held against what is saved. Pure.

The rows of one department, or those of the default, are one row set: they are saved together, and two
people who save the same set at once meet here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounting.books.domain.setup import Rule, RuleKey, Rules

Changes = Mapping[RuleKey, Rule | None]


def in_force(rules: Rules, day: date) -> dict[RuleKey, Rule]:
    """Give the rule of each row that counts on the day."""
    found = {key: rule_on(dated, day) for key, dated in rules.items()}
    return {key: rule for key, rule in found.items() if rule}


def rule_on(dated: tuple[Rule, ...], day: date) -> Rule | None:
    """Give the latest rule that has begun on the day."""
    begun = (rule for rule in dated if rule.valid_from <= day)
    return max(begun, key=lambda rule: rule.valid_from, default=None)


def with_changes(rules: Rules, changes: Changes) -> Rules:
    """Give the rules as they will be once saved.

    A rule takes the place of the one of its own day and leaves other days alone; None empties the row.
    """
    after = dict(rules)
    for key, rule in changes.items():
        others = [
            other for other in rules.get(key, ()) if rule and other.valid_from != rule.valid_from
        ]
        after[key] = tuple(sorted([*others, rule], key=_day)) if rule else ()
    return {key: dated for key, dated in after.items() if dated}


def _day(rule: Rule) -> date:
    return rule.valid_from


def same_but_date(one: Rule | None, other: Rule | None) -> bool:
    """Say whether two rules book alike: account, VAT code and kind."""
    if one is None or other is None:
        return one is other
    return (one.account, one.vat_code, one.kind) == (other.account, other.vat_code, other.kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that somebody else has saved since it was shown; `clash` where both changed it, unlike."""

    key: RuleKey
    theirs: Rule | None
    mine: Rule | None
    clash: bool

    @property
    def name(self) -> str:
        """Give the row's name in the form."""
        return str(self.key)


def differences(
    shown: Rules, saved: Rules, changes: Changes, today: date
) -> tuple[Difference, ...]:
    """Give the rows that are saved otherwise than they were shown, beside what this person wants."""
    found = []
    for key in sorted({*shown, *saved}, key=str):
        if same_rules_of(key, shown, saved):
            continue
        theirs = rule_on(saved.get(key, ()), today)
        mine = changes.get(key, theirs)
        clash = key in changes and not same_but_date(mine, theirs)
        found.append(Difference(key, theirs, mine, clash))
    return tuple(found)


def same_rules(one: Rules, other: Rules) -> bool:
    """Say whether two row sets say the same, every day of every row."""
    return all(same_rules_of(key, one, other) for key in {*one, *other})


def same_rules_of(key: RuleKey, one: Rules, other: Rules) -> bool:
    """Say whether two row sets say the same of one row."""
    return ordered(one.get(key, ())) == ordered(other.get(key, ()))


def ordered(dated: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Give a row's rules by their day."""
    return tuple(sorted(dated, key=_day))


class Copied(StrEnum):
    """How a row of another department stands to the one here."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Offer:
    """A row that can be copied: the rule there, the rule here, and what copying it would do."""

    key: RuleKey
    there: Rule
    here: Rule | None

    @property
    def does(self) -> Copied:
        """Give NEW, CHANGED or SAME."""
        if self.here is None:
            return Copied.NEW
        return Copied.SAME if same_but_date(self.there, self.here) else Copied.CHANGED


def offers(there: Mapping[RuleKey, Rule], here: Mapping[RuleKey, Rule]) -> tuple[Offer, ...]:
    """Hold the rows of another department against those here; rows that only stand here stay."""
    return tuple(Offer(key, rule, here.get(key)) for key, rule in there.items())


def subject(department: str, key: RuleKey) -> str:
    """Name a row in the activity log; the department is '' for the default."""
    return f"{department} {key}".strip()
