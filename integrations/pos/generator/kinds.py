"""The plainest kinds of receipt: a kind is one small function that yields a receipt (see mix.py)."""

from dataclasses import replace

from integrations.pos.generator import codebook
from integrations.pos.generator.desk import Desk, back, goods, pick, reads_one_way
from integrations.pos.generator.receipt import Line, Receipt, receipt_of
from integrations.pos.generator.tenders import pay, refund, settle
from integrations.pos.generator.tips import with_tip


def sale(desk: Desk) -> Receipt:
    """Kontantsalg: sold and settled on the spot."""
    return with_tip(_sold(desk), desk)


def sale_without_type(desk: Desk) -> Receipt:
    """transType is optional: only the sign of the lines tells what it is (saft.md 2.4)."""
    return replace(_sold(desk), kind=None)


def returned(desk: Desk) -> Receipt:
    """A return, paid back by card, in cash, or as a credit note."""
    return refund(receipt_of(codebook.RETURN, (back(desk),)), desk.random)


def returned_without_type(desk: Desk) -> Receipt:
    """A return that does not say so."""
    return replace(returned(desk), kind=None)


def exchange(desk: Desk) -> Receipt:
    """Something comes back and other goods go out, on one receipt."""
    while True:
        receipt = receipt_of(codebook.EXCHANGE, (back(desk), *goods(desk)[:2]))
        if reads_one_way(receipt):
            return settle(receipt, desk.random)


def sale_with_return(desk: Desk) -> Receipt:
    """A sale with something brought back at the end of it."""
    while True:
        receipt = receipt_of(codebook.SALE_AND_RETURN, (*goods(desk), back(desk)))
        if reads_one_way(receipt):
            return settle(receipt, desk.random)


def training(desk: Desk) -> Receipt:
    """Rung up for practice: numbered and signed like any other, and worth nothing."""
    return replace(_sold(desk), training=True)


def voided(desk: Desk) -> Receipt:
    """Begun and given up; some tills leave the payments on it."""
    receipt = replace(_sold(desk), void=True)
    if desk.random.random() < 0.5:
        return receipt
    return replace(receipt, payments=(), rounding=0)


def nothing(desk: Desk) -> Receipt:
    """A receipt of 0.00: with no lines, or with one article given away."""
    if desk.random.random() < 0.5:
        return Receipt(codebook.SALE, (), 0, 0)
    article = pick(desk)
    return receipt_of(codebook.SALE, (Line(article, article.vat, 1, 0, 0, article.price),))


def corrected(desk: Desk) -> Receipt:
    """An earlier receipt put right: a sale with the sign it carries (11009, saft.md 2.4)."""
    lines = (back(desk),) if desk.random.random() < 0.5 else goods(desk)[:1]
    return settle(receipt_of(codebook.CORRECTION, lines), desk.random)


def inventory(_desk: Desk) -> Receipt:
    """Goods moved in the stock-room: a numbered transaction without money (11014)."""
    return Receipt(codebook.INVENTORY, (), 0, 0, nature="inventory")


def of_unknown_type(desk: Desk) -> Receipt:
    """Something sold that the till calls «øvrige» (11999): in no sum, as nobody can know."""
    return replace(_sold(desk), kind=codebook.OTHER, nature="unresolved")


def _sold(desk: Desk) -> Receipt:
    return pay(receipt_of(codebook.SALE, goods(desk)), desk.random)
