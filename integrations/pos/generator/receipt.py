"""One receipt as a value: its lines, its payments and the VAT inside them, in øre."""

from dataclasses import dataclass

from integrations.pos.generator.catalogue import Article, VatCode
from integrations.pos.generator.codebook import Code


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
class Payment:
    """One payment row, øre; negative is money or a credit note handed out."""

    type: Code
    amount: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One cashtransaction, not yet numbered or timed: Σ payments = ``gross`` + ``rounding``."""

    kind: Code | None
    lines: tuple[Line, ...]
    gross: int
    tax: int
    payments: tuple[Payment, ...] = ()
    rounding: int = 0
    training: bool = False
    void: bool = False
    nr: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is a sale: training and voided receipts are in no sum (saft.md 4.7)."""
        return not (self.training or self.void)


def vat_of(gross: int, basis_points: int) -> int:
    """The VAT inside ``gross`` øre, rounded half up by size: a return mirrors its sale."""
    base = 10_000 + basis_points
    vat = (2 * abs(gross) * basis_points + base) // (2 * base)
    return vat if gross >= 0 else -vat
