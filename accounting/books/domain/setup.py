"""Kontooppsett as a value: which account and VAT code each kind of money goes to, and Go's chart.

A rule is looked up from the narrow to the wide: the till's own code, the standard code, any; first in
the department's own rules, then in the company's default. The first rule valid on the day wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from accounting.books.domain.codes import Role


class Kind(StrEnum):
    """What an article group holds: turnover, or money that is not turnover."""

    SALE = "sale"
    GIFT_CARD = "gift-card"
    DEPOSIT = "deposit"
    CUSTOMER_PAYMENT = "customer-payment"
    TIP = "tip"

    @property
    def role(self) -> Role:
        """Give the role of a journal line of this kind."""
        return _ROLES[self]


_ROLES = {
    Kind.SALE: Role.SALES,
    Kind.GIFT_CARD: Role.GIFTCARD,
    Kind.DEPOSIT: Role.DEPOSIT,
    Kind.CUSTOMER_PAYMENT: Role.RECEIVABLE,
    Kind.TIP: Role.TIP,
}


@dataclass(frozen=True, slots=True)
class RuleKey:
    """What a rule is about. `own` is the till's code, `standard` 04xxx or 12xxx; '' means any."""

    role: Role
    own: str = ""
    standard: str = ""
    vat_code: str = ""

    def __str__(self) -> str:
        """Name the row in Kontooppsett, as fix links carry it."""
        return "|".join((self.role, self.own, self.standard, self.vat_code))

    @classmethod
    def parse(cls, text: str) -> "RuleKey":
        """Read what `str()` wrote. Raises ValueError for anything else."""
        role, own, standard, vat_code = text.split("|")
        return cls(Role(role), own, standard, vat_code)


@dataclass(frozen=True, slots=True)
class Rule:
    """The account and the VAT code that a line gets, from a day on; `kind` says what a group is."""

    account: str
    vat_code: str
    valid_from: date = date.min
    kind: Kind = Kind.SALE


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the accounting system's chart, as last fetched."""

    number: str
    name: str = ""
    active: bool = True
    vat_code: str = ""
    vat_locked: bool = False
    department_required: bool = False
    control: bool = False


@dataclass(frozen=True, slots=True)
class VatCode:
    """A VAT code of the accounting system; `rate` in basis points."""

    code: str
    name: str = ""
    rate: int = 0
    active: bool = True
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Say whether the code may be used on a voucher of that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return self.active and begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the accounting system says of the company's books as a whole, as last fetched.

    Nothing is booked on or before `locked_through`, nor before `begins`; one that is not registered
    uses VAT code 0 only.
    """

    locked_through: date | None = None
    begins: date | None = None
    vat_registered: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """The accounting system's own accounts, VAT codes and departments (code → name).

    Empty until it is fetched; then nothing can be checked against it yet.
    """

    accounts: Mapping[str, Account] = field(default_factory=dict)
    vat_codes: Mapping[str, VatCode] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    terms: Terms = Terms()

    @property
    def fetched(self) -> bool:
        """Say whether there is a chart to check against."""
        return bool(self.accounts)


Rules = Mapping[RuleKey, tuple[Rule, ...]]


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the rules of booking need to know about one register's department.

    `department` is '' for a company without departments; `decided` is False for a register that has
    not been given one though the company has several; `link_needed` is True where the department must
    be linked to one of the accounting system's, `gone` where that one is no longer in its chart.
    `place` is where the register stands, '' unless that is needed to tell it from another of the same
    id.
    """

    version: int = 1
    place: str = ""
    department: str = ""
    department_code: str = ""
    decided: bool = True
    link_needed: bool = False
    gone: bool = False
    own: Rules = field(default_factory=dict)
    default: Rules = field(default_factory=dict)
    chart: Chart = Chart()

    def find(self, wanted: RuleKey, day: date) -> tuple[RuleKey, Rule] | None:
        """Give the rule for what is wanted on that day, and the key of the row it stands in."""
        for rules in (self.own, self.default):
            for key in _from_narrow_to_wide(wanted):
                rule = _valid_on(rules.get(key, ()), day)
                if rule:
                    return key, rule
        return None

    def holds(self, key: RuleKey) -> bool:
        """Say whether the department has this row itself, rather than the company's default."""
        return key in self.own


def _from_narrow_to_wide(key: RuleKey) -> tuple[RuleKey, ...]:
    return (
        RuleKey(key.role, key.own, "", key.vat_code),
        RuleKey(key.role, "", key.standard, key.vat_code),
        RuleKey(key.role, "", "", key.vat_code),
    )


def _valid_on(rules: tuple[Rule, ...], day: date) -> Rule | None:
    valid = [rule for rule in rules if rule.valid_from <= day]
    return max(valid, key=lambda rule: rule.valid_from, default=None)
