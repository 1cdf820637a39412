"""The rows of Kontooppsett as a page shows them: what was used, what is set, what stands in the way.

Rows come from the company's latest settlements, the suggestions, what is saved already, and the row
that a fix link names. Nothing here writes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from accounting.books.domain.checks import chart_issues
from accounting.books.domain.codes import MOVEMENT_ROLES, NO_VAT, PAYMENT_ROLES, Role
from accounting.books.domain.day import Movement, PaymentTotal, SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.setup import Chart, Kind, Rule, RuleKey, Rules, Setup
from accounting.books.queries import chart_of, rules_of
from accounting.books.suggestions import GIFT_CARDS, SUGGESTED
from accounting.company.models import Company, Department

LATEST = 200  # settlements looked through for what is used; a till's habits show in far fewer
PAYMENTS = frozenset(PAYMENT_ROLES.values())
MOVEMENTS = frozenset({Role.TRANSIT, Role.PAIDIN, Role.PAIDOUT, Role.CASHDIFF})
SECTIONS = ("sales", "payment", "movement", "other")
_RulesOf = Mapping[int | None, Rules]


@dataclass(frozen=True, slots=True)
class Used:
    """What tills have rung up: the key as it is looked up, the till's own name, the rate (basis points).

    What the till's file did not explain takes no general rule, only one for its own code (journal.py).
    """

    wanted: RuleKey
    name: str = ""
    rate: int = 0
    explained: bool = True
    seems_gift_card: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `rule` is what is saved here, `follows` the row that counts where nothing is.

    `proposal` is a suggestion for a row that is empty; `issues` are what the chart has against the
    rule that counts. `missing` means that settlements stop here.
    """

    key: RuleKey
    used: Used | None = None
    rule: Rule | None = None
    follows: tuple[RuleKey, Rule] | None = None
    proposal: Rule | None = None
    issues: tuple[Issue, ...] = ()
    opened: bool = False

    @property
    def missing(self) -> bool:
        """Say whether something sold or paid has no account, or one that would be refused."""
        return self.new or bool(self.issues)

    @property
    def new(self) -> bool:
        """Say whether a till has used it, and no rule says yet what becomes of it."""
        return self.used is not None and not (self.rule or self.follows)

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
    """The rows of one department, or of the company's default, and the chart they are held against."""

    rows: tuple[Row, ...]
    chart: Chart

    @property
    def lacking(self) -> int:
        """Count the rows that stop something."""
        return sum(row.missing for row in self.rows)

    @property
    def new(self) -> int:
        """Count the rows that no rule covers yet."""
        return sum(row.new for row in self.rows)

    @property
    def anything_used(self) -> bool:
        """Say whether any till has rung up anything that belongs here."""
        return any(row.used for row in self.rows)


def setup_page(
    company: Company,
    department: Department | None,
    today: date,
    opened: RuleKey | None = None,
    also: Collection[RuleKey] = (),
) -> SetupPage:
    """Give every row of one department's Kontooppsett, or of the company's default for None.

    `opened` is the row that a link names, `also` rows that were shown when a person began to type.
    """
    rules = rules_of(company)
    setup = _setup(company, department, rules)
    used = {_narrow(u.wanted): u for u in _used(company, department, rules, today)}
    here = setup.own if department else setup.default
    keys = {*used, *SUGGESTED, *setup.own, *setup.default, *([opened] if opened else ()), *also}
    rows = (_row(key, used.get(key), here, setup, today) for key in keys)
    shown = [replace(row, opened=row.key == opened) for row in rows]
    return SetupPage(tuple(sorted(shown, key=_order)), setup.chart)


def opened_at(page: SetupPage, account: str, vat_code: str) -> SetupPage:
    """Open the first row that uses this account or VAT code: what a far side named, no row of ours."""
    for index, row in enumerate(page.rows):
        if row.rule and (
            row.rule.account == account or (vat_code and row.rule.vat_code == vat_code)
        ):
            rows = (*page.rows[:index], replace(row, opened=True), *page.rows[index + 1 :])
            return replace(page, rows=rows)
    return page


def _order(row: Row) -> tuple[int, bool, str, str]:
    place = SECTIONS.index(row.section)
    return place, row.used is None, row.used.name if row.used else "", str(row.key)


def _narrow(wanted: RuleKey) -> RuleKey:
    return RuleKey(wanted.role, wanted.own, "", wanted.vat_code)


def _row(key: RuleKey, used: Used | None, here: Rules, setup: Setup, today: date) -> Row:
    wanted = used.wanted if used else key
    rule = max(here.get(key, ()), key=lambda r: r.valid_from, default=None)
    found = (key, rule) if rule else setup.find(wanted, today)
    if found and used and not (used.explained or found[0].own):
        found = None
    issues: list[Issue] = []
    if found and (rule or used):
        own_vat_code = wanted.vat_code if found[1].kind is Kind.SALE else ""
        vat_code = found[1].vat_code or own_vat_code or NO_VAT
        issues = chart_issues(found[0], found[1].account, vat_code, today, setup)
    return Row(
        key=key,
        used=used,
        rule=rule,
        follows=None if rule else found,
        proposal=_proposal(used or Used(wanted), found, today),
        issues=tuple(issues),
    )


def _proposal(used: Used, there: tuple[RuleKey, Rule] | None, today: date) -> Rule | None:
    """Suggest a rule where there is none, and gift cards also where they are taken for sales."""
    wanted = used.wanted
    if used.seems_gift_card and not (there and there[0].own):
        return Rule(GIFT_CARDS, NO_VAT, kind=Kind.GIFT_CARD)
    if there:
        return None
    found = Setup(default={key: (rule,) for key, rule in SUGGESTED.items()}).find(wanted, today)
    return found[1] if found else None


def _setup(company: Company, department: Department | None, rules: _RulesOf) -> Setup:
    return Setup(
        version=company.setup_version,
        department=department.name if department else "",
        # The default has no department of its own: whether one is linked shows on each department.
        department_code=department.remote_code if department else "-",
        own=rules.get(department.pk, {}) if department else {},
        default=rules.get(None, {}),
        chart=chart_of(company),
    )


def _used(
    company: Company, department: Department | None, rules: _RulesOf, today: date
) -> Iterator[Used]:
    """Give what was rung up; for the default only what no department has a rule of its own for."""
    settlements = company.settlements.filter(current=True, has_movement=True)
    if department:
        settlements = settlements.filter(register__department=department)
    latest = settlements.select_related("register").order_by("-business_date", "-pk")
    for settlement in latest[:LATEST]:
        own = {} if department else rules.get(settlement.register.department_id or 0, {})
        for used in _used_in(settlement.as_day()):
            if not Setup(own=own).find(used.wanted, today):
                yield used


def _used_in(day: SalesDay) -> Iterator[Used]:
    for sale in day.sales:
        wanted = RuleKey(Role.SALES, sale.group, sale.standard_group, sale.vat_code)
        explained = bool(sale.group_name) or not sale.group
        yield Used(wanted, sale.group_name, sale.rate, explained, sale.seems_gift_card)
    for payment in day.payments:
        yield _tender(payment)
    for movement in day.movements:
        yield from _moved(movement)
    if day.rounding:
        yield Used(RuleKey(Role.ROUNDING))
    if day.tips:
        yield Used(RuleKey(Role.TIP))
    if day.cash_difference:
        yield Used(RuleKey(Role.CASHDIFF))


def _moved(movement: Movement) -> Iterator[Used]:
    if role := MOVEMENT_ROLES.get(movement.kind):
        wanted = RuleKey(role, movement.type, movement.standard_type)
        yield Used(wanted, movement.type_name)
    if movement.tender:
        tender, name = movement.tender, movement.tender_name
        yield _tender(PaymentTotal(tender, name, movement.standard_tender, movement.amount))


def _tender(payment: PaymentTotal) -> Used:
    role = PAYMENT_ROLES.get(payment.standard_type, Role.SUSPENSE)
    wanted = RuleKey(role, payment.type, payment.standard_type)
    return Used(wanted, payment.type_name, explained=bool(payment.standard_type))


def proposals(rows: Iterable[Row]) -> Mapping[RuleKey, Rule]:
    """Give the fewest suggestions that mend the rows: wide ones first, narrow ones where none is wide."""
    open_rows = [row for row in rows if row.proposal]
    wide = {row.key: row.proposal for row in open_rows if row.key in SUGGESTED}
    covered = set(wide.values())
    narrow = {row.key: row.proposal for row in open_rows if row.proposal not in covered}
    return {key: rule for key, rule in {**wide, **narrow}.items() if rule}
