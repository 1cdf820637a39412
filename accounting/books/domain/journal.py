"""How a settlement becomes a journal: the heart of the house.

Invariant: a Journal balances to the øre, or it does not exist. Debit is +, credit is −. Nothing is
ever plugged into the rounding account (saft.md 6.4). Gross amounts with VAT codes; the accounting
system splits the VAT (poweroffice.md 4.0).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounting.books.domain.checks import (
    chart_issues,
    department_issues,
    missing_rule,
    out_of_balance,
    vat_on_no_sale,
)
from accounting.books.domain.codes import (
    CASH,
    MOVEMENT_ROLES,
    NO_VAT,
    PAYMENT_ROLES,
    PAYMENT_TYPES,
    TRANSACTION_TYPES,
    Role,
)
from accounting.books.domain.day import Movement, PaymentTotal, SalesDay, SalesTotal
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import ZERO, Ore
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.setup import Kind, RuleKey, Setup


@dataclass(frozen=True, slots=True)
class Line:
    """One posting. `amount` is signed øre, never 0; `department` is a name, '' for none."""

    account: str
    role: Role
    vat_code: str
    department: str
    amount: Ore
    text: str
    group: str = ""

    @property
    def side(self) -> str:
        """Give `"debit"` or `"credit"`."""
        return "debit" if self.amount > 0 else "credit"


@dataclass(frozen=True, slots=True)
class Journal:
    """A balanced voucher for one Z report. Raises ValueError when it does not balance.

    `place` is where the register stands, '' unless another has the same id.
    """

    register: str
    z_number: str
    voucher_date: date
    department: str
    department_code: str
    lines: tuple[Line, ...]
    place: str = ""

    def __post_init__(self) -> None:
        """Hold the invariant at birth."""
        if sum(line.amount for line in self.lines) != 0:
            raise ValueError("a journal must balance to the øre")
        if any(line.amount == 0 for line in self.lines):
            raise ValueError("a journal has no lines of zero")

    @property
    def debit(self) -> Ore:
        """Give the sum of the debit side, which is the sum of the credit side."""
        return Ore(sum(line.amount for line in self.lines if line.amount > 0))


@dataclass(frozen=True, slots=True)
class _Posting:
    """A line before its rule is looked up: `wanted` says what it is.

    What the file did not explain takes no general rule, only one for the till's own code.
    """

    wanted: RuleKey
    amount: Ore
    name: str
    text: str
    group: str = ""
    explained: bool = True
    vat: Ore = ZERO


def build_journal(day: SalesDay, setup: Setup) -> Journal | tuple[Issue, ...]:
    """Turn one settlement into a journal, or say everything that stands in the way.

    Lines are per (account, VAT code, department, article group) for sales and per payment type for
    tenders. A day whose sums cancel out gives a journal without lines.
    """
    issues = [*day.stops, *department_issues(day, setup)]
    lines: list[Line] = []
    for posting in _postings(day):
        line, found = _booked(posting, day.business_date, setup)
        issues += found
        lines += line
    if not issues:
        issues += out_of_balance(line.amount for line in lines)
    if issues:
        return tuple(dict.fromkeys(issues))
    return Journal(
        register=day.register,
        z_number=day.z_number,
        voucher_date=day.business_date,
        department=setup.department,
        department_code=setup.department_code,
        lines=tuple(_merged(lines)),
        place=setup.place,
    )


def _postings(day: SalesDay) -> Iterator[_Posting]:
    for payment in day.payments:
        yield _tender(payment)
    for sale in day.sales:
        yield _sale(sale)
    for movement in day.movements:
        yield from _moved(movement)
    yield _Posting(RuleKey(Role.ROUNDING), Ore(-day.rounding), "", "Øreavrunding")
    yield _Posting(RuleKey(Role.TIP), Ore(-day.tips), "", "Tips")
    yield from _counted(day)


def _tender(payment: PaymentTotal) -> _Posting:
    role = PAYMENT_ROLES.get(payment.standard_type, Role.SUSPENSE)
    name = payment.type_name or PAYMENT_TYPES.get(payment.standard_type, payment.type)
    wanted = RuleKey(role, payment.type, payment.standard_type)
    explained = bool(payment.standard_type)
    return _Posting(wanted, payment.amount, name, name, payment.type, explained)


def _moved(movement: Movement) -> Iterator[_Posting]:
    """Book money that moved: against its type's account, and by the tender that it moved with."""
    role = MOVEMENT_ROLES.get(movement.kind)
    if role is None:  # a float is a memo: the drawer's money is in the books already
        return
    name = movement.type_name or TRANSACTION_TYPES.get(movement.standard_type, movement.kind)
    wanted = RuleKey(role, movement.type, movement.standard_type)
    explained = movement.kind != ReceiptKind.UNRESOLVED or bool(movement.standard_type)
    amount = Ore(-movement.amount)
    yield _Posting(wanted, amount, name, name, movement.type, explained, movement.vat)
    if movement.tender:
        tender = PaymentTotal(
            movement.tender, movement.tender_name, movement.standard_tender, movement.amount
        )
        posting = _tender(tender)
        # Its own line: an accountant looks for the withdrawal, not for a smaller sum of cash sales.
        yield replace(
            posting, text=f"{posting.text}: {name}", group=f"{movement.type}/{movement.tender}"
        )


def _counted(day: SalesDay) -> Iterator[_Posting]:
    """Book what was counted more or less than the drawer should hold."""
    cash = next((p for p in day.payments if p.standard_type == CASH), None)
    drawer = RuleKey(Role.CASH, cash.type if cash else "", CASH)
    difference = day.cash_difference
    yield _Posting(drawer, difference, "Kontanter", "Kassedifferanse talt", "counted")
    yield _Posting(RuleKey(Role.CASHDIFF), Ore(-difference), "", "Kassedifferanse talt")


def _sale(sale: SalesTotal) -> _Posting:
    name = sale.group_name or sale.group or "Salg"
    wanted = RuleKey(Role.SALES, sale.group, sale.standard_group, sale.vat_code)
    text = f"{name} {sale.rate / 100:g} %".replace(".", ",")
    explained = bool(sale.group_name) or not sale.group
    return _Posting(wanted, Ore(-sale.gross), name, text, sale.group, explained, sale.vat)


def _booked(posting: _Posting, day: date, setup: Setup) -> tuple[list[Line], list[Issue]]:
    if posting.amount == 0:
        return [], []
    found = setup.find(posting.wanted, day)
    if found is None or not (posting.explained or found[0].own):
        return [], [missing_rule(posting.wanted, posting.name, setup)]
    key, rule = found
    own_role = rule.kind is Kind.SALE
    role = posting.wanted.role if own_role else rule.kind.role
    vat_code = rule.vat_code or (posting.wanted.vat_code if own_role else "") or NO_VAT
    line = Line(
        account=rule.account,
        role=role,
        vat_code=vat_code,
        department=setup.department,
        amount=posting.amount,
        text=posting.text,
        group=posting.group,
    )
    issues = chart_issues(key, rule.account, vat_code, day, setup)
    if posting.vat and role is not Role.SALES and vat_code == NO_VAT:
        issues.append(vat_on_no_sale(key, posting.name, posting.vat, setup))
    return [line], issues


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Sum lines of one (account, VAT code, department, group): two rates under one code meet here."""
    sums: dict[tuple[str, Role, str, str], Line] = {}
    for line in lines:
        key = (line.account, line.role, line.vat_code, line.group)
        before = sums.get(key)
        amount = Ore(line.amount + (before.amount if before else 0))
        sums[key] = Line(
            line.account,
            line.role,
            line.vat_code,
            line.department,
            amount,
            before.text if before else line.text,
            line.group,
        )
    return (line for line in sums.values() if line.amount != 0)
