"""A settlement as a value: one Z on one register, summed and ready to be booked.

Signs are the shop's (sale +, money received +). The sums are the till's own, never recomputed.
"""

from dataclasses import dataclass
from datetime import date

from accounting.books.domain.issues import Issue
from accounting.books.domain.money import Ore


@dataclass(frozen=True, slots=True)
class SalesTotal:
    """Sales of one article group at one standard VAT code and rate (basis points)."""

    group: str
    group_name: str
    standard_group: str
    vat_code: str
    rate: int
    gross: Ore
    net: Ore
    vat: Ore


@dataclass(frozen=True, slots=True)
class PaymentTotal:
    """Tenders of one payment type, change and refunds deducted."""

    type: str
    type_name: str
    standard_type: str
    amount: Ore


@dataclass(frozen=True, slots=True)
class VatTotal:
    """The till's own VAT for one code and rate, and how many line rows it came from."""

    vat_code: str
    rate: int
    vat: Ore
    rows: int


@dataclass(frozen=True, slots=True)
class SalesDay:
    """Everything one Z report closes. `at` is the Z's wall time; `business_date` an Oslo date."""

    register: str
    z_number: str
    business_date: date
    closed_at: str
    first_nr: str
    last_nr: str
    transactions: int
    gross: Ore
    net: Ore
    vat: Ore
    rounding: Ore
    tips: Ore
    sales: tuple[SalesTotal, ...] = ()
    payments: tuple[PaymentTotal, ...] = ()
    vat_totals: tuple[VatTotal, ...] = ()
    other: tuple[tuple[str, Ore], ...] = ()
    findings: tuple[Issue, ...] = ()

    @property
    def has_movement(self) -> bool:
        """Say whether there is anything to book; a day without is counted, never sent."""
        return bool(self.sales or self.payments or self.rounding or self.tips or self.other)

    @property
    def stops(self) -> tuple[Issue, ...]:
        """Give the findings that block the export."""
        return tuple(finding for finding in self.findings if finding.blocks)
