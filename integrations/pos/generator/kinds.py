"""The kinds of receipt a till writes: a kind is one small function that yields a receipt."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random

from integrations.pos.generator import codebook
from integrations.pos.generator.catalogue import Article
from integrations.pos.generator.codebook import Code
from integrations.pos.generator.receipt import Line, Receipt, vat_of
from integrations.pos.generator.tenders import pay, refund, settle

LINES = (1, 1, 2, 2, 3, 4, 6)
QUANTITIES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a receipt is made: the dice, and what there is to sell."""

    random: Random
    shelf: tuple[Article, ...]


def draw(desk: Desk) -> Receipt:
    """The next receipt, kinds in the proportions of saft.md 7."""
    return KINDS[bisect(_UPPER, desk.random.random() * _UPPER[-1])](desk)


def sale(desk: Desk) -> Receipt:
    """Kontantsalg: sold and settled on the spot."""
    return pay(_receipt(codebook.SALE, _goods(desk)), desk.random)


def sale_without_type(desk: Desk) -> Receipt:
    """transType is optional: only the sign of the lines tells what it is (saft.md 2.4)."""
    return replace(sale(desk), kind=None)


def returned(desk: Desk) -> Receipt:
    """A return, paid back by card, in cash, or as a credit note."""
    return refund(_receipt(codebook.RETURN, (_back(desk),)), desk.random)


def returned_without_type(desk: Desk) -> Receipt:
    """A return that does not say so."""
    return replace(returned(desk), kind=None)


def exchange(desk: Desk) -> Receipt:
    """Something comes back and other goods go out, on one receipt."""
    while True:
        receipt = _receipt(codebook.EXCHANGE, (_back(desk), *_goods(desk)[:2]))
        if _reads_one_way(receipt):
            return settle(receipt, desk.random)


def sale_with_return(desk: Desk) -> Receipt:
    """A sale with something brought back at the end of it."""
    while True:
        receipt = _receipt(codebook.SALE_AND_RETURN, (*_goods(desk), _back(desk)))
        if _reads_one_way(receipt):
            return settle(receipt, desk.random)


def training(desk: Desk) -> Receipt:
    """Rung up for practice: numbered and signed like any other, and worth nothing."""
    return replace(sale(desk), training=True)


def voided(desk: Desk) -> Receipt:
    """Begun and given up; some tills leave the payments on it."""
    receipt = replace(sale(desk), void=True)
    if desk.random.random() < 0.5:
        return receipt
    return replace(receipt, payments=(), rounding=0)


def nothing(desk: Desk) -> Receipt:
    """A receipt of 0.00: with no lines, or with one article given away."""
    if desk.random.random() < 0.5:
        return Receipt(codebook.SALE, (), 0, 0)
    article = _pick(desk)
    return _receipt(codebook.SALE, (Line(article, article.vat, 1, 0, 0, article.price),))


# Per thousand. A new kind is a function above and a row here.
KINDS_PER_THOUSAND: tuple[tuple[int, Callable[[Desk], Receipt]], ...] = (
    (928, sale),
    (10, sale_without_type),
    (20, returned),
    (2, returned_without_type),
    (5, exchange),
    (10, sale_with_return),
    (10, training),
    (5, voided),
    (10, nothing),
)
KINDS = tuple(kind for _, kind in KINDS_PER_THOUSAND)
_UPPER = tuple(accumulate(often for often, _ in KINDS_PER_THOUSAND))


def _receipt(kind: Code, lines: tuple[Line, ...]) -> Receipt:
    """Not yet paid."""
    gross = tax = 0
    for line in lines:
        gross += line.gross
        tax += line.tax
    return Receipt(kind, lines, gross, tax)


def _goods(desk: Desk) -> tuple[Line, ...]:
    """What one customer buys, all of it eaten here or all of it taken away."""
    random = desk.random.random
    away = random() < 0.2
    return tuple(_line(desk, away=away) for _ in range(LINES[int(random() * 7)]))


def _line(desk: Desk, *, away: bool) -> Line:
    """One line; on 4 % the person at the till takes off a tenth."""
    random = desk.random.random
    article = _pick(desk)
    vat = article.take_away if away and article.take_away else article.vat
    quantity = QUANTITIES[int(random() * 10)]
    gross = article.price * quantity
    discount = (gross + 5) // 10 if random() < 0.04 else 0
    gross -= discount
    return Line(article, vat, quantity, gross, vat_of(gross, vat.basis_points), discount)


def _back(desk: Desk) -> Line:
    """One article brought back at its full price."""
    article = _pick(desk)
    gross = -article.price
    return Line(article, article.vat, -1, gross, vat_of(gross, article.vat.basis_points))


def _pick(desk: Desk) -> Article:
    return desk.shelf[int(desk.random.random() * len(desk.shelf))]


def _reads_one_way(receipt: Receipt) -> bool:
    """Whether the amounts with and without VAT have the same sign.

    One C/D serves both (saft.md 1.7), so a receipt where rates pull them apart cannot be written
    without doubt. Such receipts are drawn again.
    """
    return receipt.gross * (receipt.gross - receipt.tax) >= 0
