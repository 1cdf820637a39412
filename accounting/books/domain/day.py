"""A settlement as a value: one Z on one register, summed and ready to be booked.

Signs are the shop's (sale +, money received +). The sums are the till's own, never recomputed.
"""

from dataclasses import dataclass
from datetime import date

from accounting.books.domain.codes import CASH
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import ZERO, Ore
from accounting.books.domain.sales import ReceiptKind

# Findings that a row in Kontooppsett settles, and those that a person may acknowledge with a reason.
MAPPED = frozenset(
    {"transaction-type-unresolved", "payment-type-unresolved", "article-group-unresolved"}
)
ACKNOWLEDGEABLE = frozenset(
    {"receipt-gap", "z-total-differs", "z-vat-differs", "z-payment-differs"}
)


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
    seems_gift_card: bool = False


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
class Movement:
    """Money that moved without a sale; `amount` is signed as money into the till.

    `kind` is a ReceiptKind, `type` … the transaction type. `tender` … says by what it moved; '' where
    the tenders are among the settlement's payments already (customer payments, trade-ins), and for a
    float, which is a memo only. `vat` is the till's own VAT in what moved, with the sign of the amount.
    """

    kind: str
    type: str
    type_name: str
    standard_type: str
    amount: Ore
    tender: str = ""
    tender_name: str = ""
    standard_tender: str = ""
    vat: Ore = ZERO


@dataclass(frozen=True, slots=True)
class CreditSale:
    """A receipt that goes as an invoice, not in the settlement; `gross` is the whole receipt."""

    nr: str
    customer: str
    invoice_no: str
    gross: Ore


@dataclass(frozen=True, slots=True)
class SalesDay:
    """Everything one Z report closes. `closed_at` is the Z's wall time; `business_date` an Oslo date.

    `gross`, `net`, `vat` and `sales` are of sale-type receipts, without tips and before rounding;
    `payments` are the tenders of those and of customer payments.
    """

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
    movements: tuple[Movement, ...] = ()
    credit_sales: tuple[CreditSale, ...] = ()
    opening_float: Ore = ZERO
    findings: tuple[Issue, ...] = ()
    acknowledged: frozenset[Issue] = frozenset()
    counted_cash: Ore | None = None

    @property
    def has_movement(self) -> bool:
        """Say whether there is anything to book; a day without is counted, never sent."""
        booked = any(m.kind != ReceiptKind.FLOAT for m in self.movements)
        return bool(self.sales or self.payments or self.rounding or self.tips or booked)

    @property
    def stops(self) -> tuple[Issue, ...]:
        """Give the findings that block the export.

        Not those that a person has acknowledged, nor those that a row in Kontooppsett settles: the
        rules ask for that row themselves.
        """
        return tuple(
            finding
            for finding in self.findings
            if finding.blocks and finding.code not in MAPPED and finding not in self.acknowledged
        )

    @property
    def expected_cash(self) -> Ore:
        """Give the cash that should lie in the drawer: float, cash tenders, cash in and out."""
        tenders = sum(p.amount for p in self.payments if p.standard_type == CASH)
        moved = sum(m.amount for m in self.movements if m.standard_tender == CASH)
        return Ore(self.opening_float + tenders + moved)

    @property
    def cash_difference(self) -> Ore:
        """Give counted less expected cash; 0 where nobody has counted."""
        return ZERO if self.counted_cash is None else Ore(self.counted_cash - self.expected_cash)
