"""One receipt as a value: its lines, its payments and the VAT inside them, in øre."""

from dataclasses import dataclass
from typing import Literal

from integrations.pos.generator import codebook
from integrations.pos.generator.catalogue import Article, VatCode
from integrations.pos.generator.codebook import Code

# What the money is (DESIGN.md 5 and 6): only a sale is in a settlement's gross.
Nature = Literal[
    "sale", "credit", "customer-payment", "float", "paid-in", "paid-out",
    "cash-difference", "purchase", "payment", "inventory", "unresolved",
]  # fmt: skip
MOVEMENTS: frozenset[Nature] = frozenset(
    {"float", "paid-in", "paid-out", "cash-difference", "purchase", "payment"}
)
# Written with a positive amount although the money leaves the till (saft.md 4.7).
OUTWARD: frozenset[Nature] = frozenset({"paid-out", "purchase", "payment"})


@dataclass(frozen=True, slots=True)
class Line:
    """One article on a receipt. Øre; negative when it comes back; ``discount`` is inside already.

    ``tax`` is the VAT of ``gross``.
    """

    article: Article
    vat: VatCode
    quantity: int
    gross: int
    tax: int
    discount: int = 0


@dataclass(frozen=True, slots=True)
class Euro:
    """A tender in euro: cents, and the rate to kroner in ten-thousandths."""

    cents: int
    rate: int

    @property
    def in_ore(self) -> int:
        """Its worth in øre, rounded half up."""
        return (self.cents * self.rate + 5_000) // 10_000


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment row, øre; negative is money, change or a credit note handed out.

    ``euro`` is what was handed over where that was not kroner.
    """

    type: Code
    amount: int
    euro: Euro | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One cashtransaction, not yet numbered or timed.

    A sale: Σ payments = ``gross`` + ``rounding`` + ``tip``, and the tip is in no line. ``told_tip``
    is a tip that stands among the lines already. ``customer`` and ``invoice`` are ids, '' if none.
    """

    kind: Code | None
    lines: tuple[Line, ...]
    gross: int
    tax: int
    payments: tuple[Payment, ...] = ()
    rounding: int = 0
    training: bool = False
    void: bool = False
    nature: Nature = "sale"
    tip: int = 0
    told_tip: int = 0
    customer: str = ""
    invoice: str = ""

    @property
    def happened(self) -> bool:
        """Whether it counts at all: training and voided receipts are in no sum (saft.md 4.7)."""
        return not (self.training or self.void)

    @property
    def counts(self) -> bool:
        """Whether it is a sale that is in the settlement's sums."""
        return self.nature == "sale" and self.happened

    @property
    def received(self) -> int:
        """Øre into the till: what was paid less its rounding, without what goes on account."""
        tenders = sum(p.amount for p in self.payments if p.type is not codebook.ACCOUNT)
        return tenders - self.rounding


def receipt_of(kind: Code | None, lines: tuple[Line, ...], nature: Nature = "sale") -> Receipt:
    """Not yet paid; the sums are those of its lines."""
    gross = tax = 0
    for line in lines:
        gross += line.gross
        tax += line.tax
    return Receipt(kind, lines, gross, tax, nature=nature)


def vat_of(gross: int, basis_points: int) -> int:
    """The VAT inside ``gross`` øre, rounded half up by size: a return mirrors its sale."""
    base = 10_000 + basis_points
    vat = (2 * abs(gross) * basis_points + base) // (2 * base)
    return vat if gross >= 0 else -vat
