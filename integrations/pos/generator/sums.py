"""The sums of what lies between two Z reports, in øre: the Z report and the oracle both use it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from integrations.pos.generator import codebook
from integrations.pos.generator.catalogue import USED
from integrations.pos.generator.day import moment
from integrations.pos.generator.receipt import Line, Receipt

# The company's business day begins at 05:00 (DESIGN.md 4).
OPENING = timedelta(hours=5)


@dataclass(slots=True)
class Bucket:
    """Gross and VAT of one article group at one VAT code and rate."""

    gross: int = 0
    tax: int = 0

    def add(self, line: Line) -> None:
        """One more line."""
        self.gross += line.gross
        self.tax += line.tax


@dataclass(slots=True)
class Tally:
    """How many, and how much in øre."""

    count: int = 0
    amount: int = 0

    def add(self, amount: int) -> None:
        """One more."""
        self.count += 1
        self.amount += amount


def _tallies() -> dict[str, Tally]:
    return defaultdict(Tally)


# Article group, own VAT code, rate in basis points: one code may have two rates in a window.
Key = tuple[str, str, int]


def _buckets() -> dict[Key, Bucket]:
    return defaultdict(Bucket)


@dataclass(slots=True)
class Window:
    """One register since its last Z. Keys are the till's own ids.

    ``groups`` and ``payments`` count receipts, returns subtracted, in the habit of the 2021 example
    (saft.md 3.2). ``back`` are the buckets of receipts that are returns; ``buckets`` include them.
    ``payments`` are those of sales and of customers who pay what they owe; ``other`` is DESIGN.md
    6's, signed as money into the till.
    """

    transactions: int = 0
    gross: int = 0
    tax: int = 0
    rounding: int = 0
    first_sale: datetime | None = None
    buckets: dict[Key, Bucket] = field(default_factory=_buckets)
    back: dict[Key, Bucket] = field(default_factory=_buckets)
    groups: dict[str, Tally] = field(default_factory=_tallies)
    payments: dict[str, Tally] = field(default_factory=_tallies)
    sold: Tally = field(default_factory=Tally)
    returned: Tally = field(default_factory=Tally)
    discounts: Tally = field(default_factory=Tally)
    voids: Tally = field(default_factory=Tally)
    training: Tally = field(default_factory=Tally)
    copies: Tally = field(default_factory=Tally)
    inquiries: dict[str, Tally] = field(default_factory=_tallies)
    drawer_alone: int = 0
    tips: Tally = field(default_factory=Tally)
    credit: Tally = field(default_factory=Tally)
    memos: Tally = field(default_factory=Tally)
    other: dict[str, Tally] = field(default_factory=_tallies)

    def add(self, receipt: Receipt, day: date, second: int) -> None:
        """Count a receipt begun ``second`` seconds into this business day's calendar."""
        self.transactions += 1
        if receipt.training:
            self.training.add(receipt.gross)
        elif receipt.void:
            self.voids.add(receipt.gross)
        elif receipt.nature != "sale":
            self._add_other(receipt)
        else:
            if self.first_sale is None:
                self.first_sale = moment(day, second)
            self._add_sale(receipt)

    def business_date(self, closed_at: datetime) -> date:
        """The Oslo date of the first sale less the opening hour; with no sale, of the Z."""
        return ((self.first_sale or closed_at) - OPENING).date()

    def _add_sale(self, receipt: Receipt) -> None:
        gross = receipt.gross
        if receipt.kind is codebook.TRADE_IN:
            gross -= self._take_in(receipt)
        self.gross += gross
        self.tax += receipt.tax
        self.rounding += receipt.rounding
        if receipt.tip:
            self.tips.add(receipt.tip)
        if gross < 0:
            step = -1
            self.returned.add(-gross)
        else:
            step = 1
            self.sold.add(gross)
        self._add_lines(receipt, step)
        self._add_payments(receipt, step)

    def _add_other(self, receipt: Receipt) -> None:
        """What is no sale: on account, paid by a customer, or moved in or out of the drawer."""
        if receipt.nature == "credit":
            tally = self.memos if receipt.gross < 0 else self.credit
            tally.add(abs(receipt.gross))
        if receipt.nature == "customer-payment" or (
            receipt.nature == "credit" and receipt.received
        ):
            self.rounding += receipt.rounding
            self.other["customer-payment"].add(receipt.received)
            self._add_payments(receipt, 1)
        elif receipt.nature not in ("credit", "inventory", "unresolved"):
            self.other[receipt.nature].add(receipt.received)

    def _take_in(self, receipt: Receipt) -> int:
        """What the customer was given for used goods, negative; it is no sale (saft.md 2.4)."""
        value = sum(line.gross for line in receipt.lines if line.article.group is USED)
        self.other["trade-in"].add(value)
        return value

    def _add_payments(self, receipt: Receipt, step: int) -> None:
        for own, amount in _per_type(receipt).items():
            tally = self.payments[own]
            tally.count += step
            tally.amount += amount

    def _add_lines(self, receipt: Receipt, step: int) -> None:
        seen = set()
        for line in receipt.lines:
            if line.article.group is USED:
                continue
            group = line.article.group.own
            key = (group, line.vat.own, line.vat.basis_points)
            self.buckets[key].add(line)
            if step < 0:
                self.back[key].add(line)
            tally = self.groups[group]
            tally.amount += line.gross
            if group not in seen:
                seen.add(group)
                tally.count += step
            if line.discount:
                self.discounts.add(line.discount)


def _per_type(receipt: Receipt) -> dict[str, int]:
    """A note and its change are one payment; what goes on account is none."""
    amounts: dict[str, int] = {}
    for payment in receipt.payments:
        if payment.type is codebook.ACCOUNT:
            continue
        own = payment.type.own
        amounts[own] = amounts.get(own, 0) + payment.amount
    return amounts
