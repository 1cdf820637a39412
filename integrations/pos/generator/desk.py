"""Where receipts are made: the dice, the shelf, and the lines that are drawn from them."""

from dataclasses import dataclass
from random import Random

from integrations.pos.generator.catalogue import Article
from integrations.pos.generator.receipt import Line, Receipt, vat_of

LINES = (1, 1, 2, 2, 3, 4, 6)
QUANTITIES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Desk:
    """The dice, what there is to sell, and whether guests leave tips here."""

    random: Random
    shelf: tuple[Article, ...]
    tipping: bool = False


def goods(desk: Desk) -> tuple[Line, ...]:
    """What one customer buys, all of it eaten here or all of it taken away."""
    random = desk.random.random
    away = random() < 0.2
    return tuple(_line(desk, away=away) for _ in range(LINES[int(random() * 7)]))


def _line(desk: Desk, *, away: bool) -> Line:
    """One line; on 4 % the person at the till takes off a tenth."""
    random = desk.random.random
    article = pick(desk)
    vat = article.take_away if away and article.take_away else article.vat
    quantity = QUANTITIES[int(random() * 10)]
    gross = article.price * quantity
    discount = (gross + 5) // 10 if random() < 0.04 else 0
    gross -= discount
    return Line(article, vat, quantity, gross, vat_of(gross, vat.basis_points), discount)


def back(desk: Desk) -> Line:
    """One article brought back at its full price."""
    article = pick(desk)
    gross = -article.price
    return Line(article, article.vat, -1, gross, vat_of(gross, article.vat.basis_points))


def untaxed(article: Article, gross: int, quantity: int = 1) -> Line:
    """A line that carries no VAT: a gift card, a deposit, a tip, a paid invoice."""
    return Line(article, article.vat, quantity, gross, 0)


def pick(desk: Desk) -> Article:
    """Something from the shelf."""
    return desk.shelf[int(desk.random.random() * len(desk.shelf))]


def reads_one_way(receipt: Receipt) -> bool:
    """Whether the amounts with and without VAT have the same sign.

    One C/D serves both (saft.md 1.7), so a receipt where rates pull them apart cannot be written
    without doubt. Such receipts are drawn again.
    """
    return receipt.gross * (receipt.gross - receipt.tax) >= 0
