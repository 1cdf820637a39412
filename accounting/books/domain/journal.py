"""How a settlement becomes a journal: the heart of the house.

Invariant: a Journal balances to the øre, or it does not exist. Debit is +, credit is −. Nothing is
ever plugged into the rounding account (saft.md 6.4). Gross amounts with VAT codes; the accounting
system splits the VAT (poweroffice.md 4.0).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from accounting.books.domain.checks import (
    chart_issues,
    day_issues,
    department_issues,
    missing_rule,
    out_of_balance,
    vat_on_no_sale,
)
from accounting.books.domain.codes import NO_VAT, Role, rate_on
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import ZERO, Ore, vat_of_gross
from accounting.books.domain.postings import Posting, postings
from accounting.books.domain.setup import Kind, Setup


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

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Give what lines are summed by within one journal: no two of its lines have the same."""
        return (self.account, self.role, self.vat_code, self.group)


@dataclass(frozen=True, slots=True)
class Journal:
    """A balanced voucher for one Z report. Raises ValueError when it does not balance.

    `place` is where the register stands, '' unless another has the same id. A correction names in
    `corrects` the first voucher, and in `other_departments` (name, code) of those that are not its own.
    """

    register: str
    z_number: str
    voucher_date: date
    department: str
    department_code: str
    lines: tuple[Line, ...]
    place: str = ""
    corrects: str = ""
    other_departments: tuple[tuple[str, str], ...] = ()

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

    @property
    def vat(self) -> Ore:
        """Give the VAT inside the amounts, as the accounting system splits it; payable is +."""
        return Ore(sum(self.vat_by_code().values()))

    def vat_by_code(self) -> dict[str, Ore]:
        """Give the VAT inside the amounts per VAT code, line by line; codes without VAT are left out."""
        found: dict[str, Ore] = {}
        for line in self.lines:
            rate = rate_on(line.vat_code, self.voucher_date) or 0
            if rate:
                vat = vat_of_gross(-line.amount, rate)
                found[line.vat_code] = Ore(found.get(line.vat_code, ZERO) + vat)
        return found

    def code_of(self, line: Line) -> str:
        """Give the code of the line's department over there, '' for none."""
        return dict(self.other_departments).get(line.department, self.department_code)


def build_journal(day: SalesDay, setup: Setup) -> Journal | tuple[Issue, ...]:
    """Turn one settlement into a journal, or say everything that stands in the way.

    Lines are per (account, VAT code, department, article group) for sales and per payment type for
    tenders. A day whose sums cancel out gives a journal without lines.
    """
    issues = [*day.stops, *department_issues(day, setup), *day_issues(day.business_date, setup)]
    lines: list[Line] = []
    for posting in postings(day):
        line, found = booked(posting, day.business_date, setup)
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


def booked(posting: Posting, day: date, setup: Setup) -> tuple[list[Line], list[Issue]]:
    """Give the line that an amount is booked on, if any, and what stands in its way."""
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
    sums: dict[tuple[str, str, str, str], Line] = {}
    for line in lines:
        key = line.place
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
