"""The sums of what lies between two Z reports, in øre: the Z report and the oracle both use it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from integrations.pos.generator.receipt import Receipt

# The company's business day begins at 05:00 (DESIGN.md 4).
OPENING = timedelta(hours=5)


@dataclass(slots=True)
class Bucket:
    """Gross and VAT of one article group at one VAT code."""

    gross: int = 0
    tax: int = 0


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


def _buckets() -> dict[tuple[str, str], Bucket]:
    return defaultdict(Bucket)


@dataclass(slots=True)
class Window:
    """One register since its last Z. Keys are the till's own ids.

    ``buckets`` by (article group, VAT code); ``groups`` and ``payments`` count receipts, returns
    subtracted, in the habit of the 2021 example (saft.md 3.2).
    """

    transactions: int = 0
    gross: int = 0
    tax: int = 0
    rounding: int = 0
    first_sale: datetime | None = None
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=_buckets)
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

    def add(self, receipt: Receipt, day: date, second: int) -> None:
        """Count a receipt begun ``second`` seconds into this business day's calendar."""
        self.transactions += 1
        if receipt.training:
            self.training.add(receipt.gross)
        elif receipt.void:
            self.voids.add(receipt.gross)
        else:
            if self.first_sale is None:
                self.first_sale = moment(day, second)
            self._add_sale(receipt)

    def business_date(self, closed_at: datetime) -> date:
        """The Oslo date of the first sale less the opening hour; with no sale, of the Z."""
        return ((self.first_sale or closed_at) - OPENING).date()

    def _add_sale(self, receipt: Receipt) -> None:
        self.gross += receipt.gross
        self.tax += receipt.tax
        self.rounding += receipt.rounding
        if receipt.gross < 0:
            step = -1
            self.returned.add(-receipt.gross)
        else:
            step = 1
            self.sold.add(receipt.gross)
        self._add_lines(receipt, step)
        for own, amount in _per_type(receipt).items():
            tally = self.payments[own]
            tally.count += step
            tally.amount += amount

    def _add_lines(self, receipt: Receipt, step: int) -> None:
        seen = set()
        for line in receipt.lines:
            group = line.article.group.own
            bucket = self.buckets[group, line.vat.own]
            bucket.gross += line.gross
            bucket.tax += line.tax
            tally = self.groups[group]
            tally.amount += line.gross
            if group not in seen:
                seen.add(group)
                tally.count += step
            if line.discount:
                self.discounts.add(line.discount)


def moment(day: date, second: int) -> datetime:
    """The local clock ``second`` seconds after midnight of ``day``."""
    return datetime.combine(day, time()) + timedelta(seconds=second)


def _per_type(receipt: Receipt) -> dict[str, int]:
    """A note and its change are one payment."""
    amounts: dict[str, int] = {}
    for payment in receipt.payments:
        own = payment.type.own
        amounts[own] = amounts.get(own, 0) + payment.amount
    return amounts
