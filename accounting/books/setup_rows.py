"""The rows of Kontooppsett as a page shows them: what was used, what is set, what stands in the way.

Rows come from the code lists, the company's latest settlements, what is saved already, and the row
that a fix link names. Pure: `setup_reading` reads the tables.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from accounting.books.domain.codes import PAYMENT_ROLES, Role
from accounting.books.domain.issues import Issue
from accounting.books.domain.setup import Chart, Rule, RuleKey, Rules
from accounting.books.setup_changes import same_but_date
from accounting.books.setup_usage import Used
from accounting.books.suggestions import SUGGESTED

PAYMENTS = frozenset(PAYMENT_ROLES.values())
MOVEMENTS = frozenset({Role.TRANSIT, Role.PAIDIN, Role.PAIDOUT, Role.CASHDIFF})
SECTIONS = ("sales", "payment", "movement", "other")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `rule` is what counts of its own today, `follows` the row that counts where it has none.

    `later` are its rules from days to come, `dated` says whether it ever had another. `standard` is
    what it is held against: the company's default, or for the default the suggestion. `proposal` is
    a suggestion for a row that is empty; `issues` are what the chart has against the rule that counts.
    """

    key: RuleKey
    used: Used | None = None
    rule: Rule | None = None
    later: tuple[Rule, ...] = ()
    dated: bool = False
    follows: tuple[RuleKey, Rule] | None = None
    standard: Rule | None = None
    proposal: Rule | None = None
    issues: tuple[Issue, ...] = ()
    opened: bool = False
    wanted: bool = False

    @property
    def missing(self) -> bool:
        """Say whether something sold or paid has no account, or one that would be refused."""
        return self.new or bool(self.issues)

    @property
    def new(self) -> bool:
        """Say whether a till has used it, and no rule says yet what becomes of it."""
        return self.used is not None and not self.settled

    @property
    def settled(self) -> bool:
        """Say whether a rule counts for it, here or in the row it follows."""
        return bool(self.rule or self.follows)

    @property
    def ready(self) -> bool:
        """Say whether a settlement with it can be booked."""
        return self.settled and not self.issues

    @property
    def deviates(self) -> bool:
        """Say whether it books otherwise than the standard."""
        if self.rule is None or self.standard is None:
            return False
        return not same_but_date(self.rule, self.standard)

    @property
    def idle(self) -> bool:
        """Say whether nobody has used it or set it: a row of the code lists, kept out of the way."""
        return not (self.used or self.rule or self.later or self.opened or self.wanted)

    @property
    def moves_money(self) -> bool:
        """Say whether it is a type of transaction that moves money without a sale."""
        of_a_type = self.used is not None and self.used.wanted.standard.startswith("11")
        return of_a_type or self.key.role in MOVEMENTS

    @property
    def has_kind(self) -> bool:
        """Say whether a person chooses what it is: the till's own article groups."""
        return self.key.role is Role.SALES and bool(self.key.own)

    @property
    def section(self) -> str:
        """Give one of SECTIONS."""
        if self.key.role is Role.SALES:
            return "sales"
        if self.moves_money:
            return "movement"
        return "payment" if self.key.role in PAYMENTS else "other"


@dataclass(frozen=True, slots=True)
class SetupPage:
    """The rows of one department, or of the company's default, and the chart they are held against.

    `saved` is the row set as it is kept, without what a person has typed since.
    """

    rows: tuple[Row, ...]
    chart: Chart
    saved: Rules

    @property
    def lacking(self) -> int:
        """Count the rows that stop something."""
        return sum(row.missing for row in self.rows)

    @property
    def new(self) -> int:
        """Count the rows that no rule covers yet."""
        return sum(row.new for row in self.rows)

    @property
    def deviating(self) -> int:
        """Count the rows that book otherwise than the standard."""
        return sum(row.deviates for row in self.rows)

    @property
    def wanted(self) -> tuple[Row, ...]:
        """Give the rows that must be ready: what tills have used, and before that the usual ones."""
        return tuple(row for row in self.rows if row.wanted)

    @property
    def ready(self) -> int:
        """Count those of the wanted rows that are."""
        return sum(row.ready for row in self.wanted)

    @property
    def unready(self) -> int:
        """Count those of the wanted rows that are not."""
        return len(self.wanted) - self.ready

    @property
    def anything_used(self) -> bool:
        """Say whether any till has rung up anything that belongs here."""
        return any(row.used for row in self.rows)


def opened_at(page: SetupPage, account: str, vat_code: str) -> SetupPage:
    """Open the first row that uses this account or VAT code: what a far side named, no row of ours."""
    for index, row in enumerate(page.rows):
        if row.rule and (
            row.rule.account == account or (vat_code and row.rule.vat_code == vat_code)
        ):
            rows = (*page.rows[:index], replace(row, opened=True), *page.rows[index + 1 :])
            return replace(page, rows=rows)
    return page


def in_order(row: Row) -> tuple[int, bool, str, str]:
    """Give a row's place: by section, what is used first, by the till's name."""
    place = SECTIONS.index(row.section)
    return place, row.used is None, row.used.name if row.used else "", str(row.key)


def proposals(rows: Iterable[Row]) -> Mapping[RuleKey, Rule]:
    """Give the fewest suggestions that mend the rows: wide ones first, narrow ones where none is wide."""
    open_rows = [row for row in rows if row.proposal]
    wide = {row.key: row.proposal for row in open_rows if row.key in SUGGESTED}
    covered = set(wide.values())
    narrow = {row.key: row.proposal for row in open_rows if row.proposal not in covered}
    return {key: rule for key, rule in {**wide, **narrow}.items() if rule}
