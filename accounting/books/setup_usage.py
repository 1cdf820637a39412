"""What tills have rung up, as Kontooppsett asks for it: which rows a company's own sales need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from accounting.books.domain.codes import MOVEMENT_ROLES, PAYMENT_ROLES, Role
from accounting.books.domain.day import Movement, PaymentTotal, SalesDay
from accounting.books.domain.setup import RuleKey, Rules, Setup
from accounting.company.models import Company, Department

LATEST = 200  # settlements looked through for what is used; a till's habits show in far fewer


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

    @property
    def row(self) -> RuleKey:
        """Give the narrowest row of Kontooppsett that it can have."""
        return RuleKey(self.wanted.role, self.wanted.own, "", self.wanted.vat_code)


Usage = Mapping[int | None, Mapping[RuleKey, Used]]


def latest_usage(company: Company, department: Department | None = None) -> Usage:
    """Give what was rung up lately, row by row, in each department by its id; None where a till has none.

    One query. A department in which nothing was sold has no entry.
    """
    settlements = company.settlements.filter(current=True, has_movement=True)
    if department:
        settlements = settlements.filter(register__department=department)
    latest = settlements.select_related("register").order_by("-business_date", "-pk")
    found: dict[int | None, dict[RuleKey, Used]] = {}
    for settlement in latest[:LATEST]:
        rows = found.setdefault(settlement.register.department_id, {})
        for used in _used_in(settlement.as_day()):
            rows.setdefault(used.row, used)
    return found


def used_of(
    usage: Usage, department: Department | None, rules: Mapping[int | None, Rules], today: date
) -> dict[RuleKey, Used]:
    """Give what a department uses; for the default, what no department has a rule of its own for."""
    if department:
        return dict(usage.get(department.pk, {}))
    return {
        key: used
        for number, rows in usage.items()
        for key, used in rows.items()
        if not has_rule(rules.get(number or 0, {}), used, today)
    }


def has_rule(own: Rules, used: Used, today: date) -> bool:
    """Say whether these rules say what becomes of it."""
    return Setup(own=own).find(used.wanted, today) is not None


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
