"""What any till is turned into: receipts and Z reports, normalised, as values.

Signs here are the shop's: a sale is +, a return is −, money received is +. Ledger signs (debit +)
begin in journal.py. Amounts are øre, rates basis points, times Oslo wall time with the resolved UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar, dataclass_transform

from accounting.books.domain.money import ZERO, Ore

_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True)
def value(cls: type[_Value]) -> type[_Value]:
    """Make a value that the type checker holds to be frozen.

    A dataclass that is frozen at run time takes four to eight times as long to build, and a file has
    millions of these (docs/decisions/0010).
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


class ReceiptKind(StrEnum):
    """What a receipt is, after weighing the evidence (DESIGN.md 5)."""

    SALE = "sale"
    CREDIT_SALE = "credit-sale"
    CUSTOMER_PAYMENT = "customer-payment"
    PURCHASE = "purchase"
    PAYMENT = "payment"
    FLOAT = "float"
    CASH_DIFFERENCE = "cash-difference"
    PAID_OUT = "paid-out"
    PAID_IN = "paid-in"
    TRADE_IN = "trade-in"
    MIXED = "mixed"
    INVENTORY = "inventory"
    TRAINING = "training"
    VOID = "void"
    UNRESOLVED = "unresolved"


@value
class SaleLine:
    """One line of a receipt. `group` is the till's own article group, `standard_group` 04xxx or ''."""

    group: str
    group_name: str
    standard_group: str
    vat_code: str
    own_vat_code: str
    rate: int | None
    gross: Ore
    net: Ore
    vat: Ore
    text: str = ""


@value
class VatRow:
    """The receipt's own VAT per code, as the till computed it."""

    vat_code: str
    own_vat_code: str
    rate: int | None
    vat: Ore


@value
class Payment:
    """One tender. `standard_type` is 12xxx or ''; change given is negative.

    `amount` is as the till wrote it until `evidence.normalised` has found what it is in NOK; `rate` is
    the file's exchange rate in millionths, None where it gives none.
    """

    type: str
    type_name: str
    standard_type: str
    amount: Ore
    currency: str = "NOK"
    rate: int | None = None


@value
class Receipt:
    """One transaction of a till's journal.

    `position` orders receipts within a register: the digits of `nr` (saft.md 1.7: unique and
    sequential). `at` is wall time without offset, `at_utc` the resolved moment. `gross` and `net`
    are signed and without tips; `rounding` is None when the till gave none; `raises` are (standard
    type or the till's own, amount) as written, `tip` is what the sums prove of them.
    """

    nr: str
    position: int
    trans_id: str
    at: str
    at_utc: datetime
    own_type: str
    standard_type: str
    kind: ReceiptKind
    gross: Ore
    net: Ore
    rounding: Ore | None = None
    lines: tuple[SaleLine, ...] = ()
    vat_rows: tuple[VatRow, ...] = ()
    payments: tuple[Payment, ...] = ()
    raises: tuple[tuple[str, Ore], ...] = ()
    customer: str = ""
    invoice_no: str = ""
    notes: tuple[str, ...] = ()
    type_name: str = ""
    tip: Ore = ZERO


@value
class Evidence:
    """Which receipts a Z report closes, by the journal's order: first, last and how many were seen.

    Receipt events before the Z in document order name their transactions (saft.md 1.5, 4.6).
    """

    first: str = ""
    last: str = ""
    count: int = 0


NOTHING_SEEN = Evidence()


@value
class Counted:
    """How many sales receipts a Z report counts, and how many the journal before it says were printed."""

    reported: int
    printed: int


@value
class ZFigure:
    """One more figure of a Z report, as the till wrote it: shown, never booked.

    `name` is ours; `of` the till's own code (article group, payment type), `by` its employee, both ''
    where it is of all; `number` is how many, '' for a mere amount.
    """

    name: str
    of: str = ""
    by: str = ""
    number: str = ""
    amount: Ore | None = None


@value
class ZReport:
    """One Z report: what the till says it closed. Amounts as reported, in øre.

    `vat` holds (own VAT code, rate in basis points, net, VAT); `payments` (own type, amount).
    `file_day` is the Oslo date on which the file that holds it was made, None where it names none;
    `counted` is None, and `figures` none, for one that was stored before they were read.
    """

    number: str
    at: str
    at_utc: datetime
    register_named: str
    total: Ore
    vat: tuple[tuple[str, int, Ore, Ore], ...] = ()
    payments: tuple[tuple[str, Ore], ...] = ()
    groups: tuple[tuple[str, Ore], ...] = ()
    tips: Ore = ZERO
    returns: Ore = ZERO
    opening_float: Ore = ZERO
    evidence: Evidence = NOTHING_SEEN
    file_day: date | None = None
    counted: Counted | None = None
    figures: tuple[ZFigure, ...] = ()


SALE_TYPES = frozenset({ReceiptKind.SALE, ReceiptKind.TRADE_IN})
ON_CREDIT = frozenset({ReceiptKind.CREDIT_SALE, ReceiptKind.MIXED})
SETTLED_BY_TENDER = SALE_TYPES | ON_CREDIT | {ReceiptKind.CUSTOMER_PAYMENT}
LEFT_OUT = frozenset({ReceiptKind.TRAINING, ReceiptKind.VOID, ReceiptKind.INVENTORY})
