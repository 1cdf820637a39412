"""Money that moves without a sale: floats, pay-ins and pay-outs, differences, purchases.

A drawer holds whole kroner and starts with the float; what is above it leaves when the day ends.
"""

from dataclasses import dataclass
from random import Random

from integrations.pos.generator import codebook
from integrations.pos.generator.codebook import Code
from integrations.pos.generator.customers import SUPPLIER
from integrations.pos.generator.desk import Desk
from integrations.pos.generator.receipt import OUTWARD, Nature, Payment, Receipt

FLOAT = 150_000
KRONE = 100
WRONG_COUNT = 0.05
LARGEST_DIFFERENCE = 50
CHANGE_FETCHED = 0.02


@dataclass(slots=True)
class Drawer:
    """Notes and coins in kroner that should be there, in øre."""

    contents: int = FLOAT

    def take(self, receipt: Receipt) -> None:
        """Follow one receipt; the float is money that was there already."""
        if receipt.payments and receipt.happened and receipt.nature != "float":
            for payment in receipt.payments:
                if payment.type is codebook.CASH:
                    self.contents += payment.amount


def morning(drawer: Drawer, random: Random) -> list[Receipt]:
    """The float is told; now and then somebody has been to the bank for change."""
    moves = [_move(codebook.FLOAT, "float", drawer.contents)]
    if random.random() < CHANGE_FETCHED:
        amount = (5 + int(random.random() * 16)) * 100 * KRONE
        moves.append(_move(codebook.PAID_IN, "paid-in", amount))
    return moves


def evening(drawer: Drawer, random: Random) -> list[Receipt]:
    """What the count differs by (5 % of days), then the surplus out, or an empty drawer filled."""
    moves, contents = [], drawer.contents
    if random.random() < WRONG_COUNT:
        size = 1 + int(random.random() * LARGEST_DIFFERENCE)
        difference = size * KRONE if random.random() < 0.5 else -size * KRONE
        moves.append(_move(codebook.CASH_DIFFERENCE, "cash-difference", difference))
        contents += difference
    if contents > FLOAT:
        moves.append(_move(codebook.PAID_OUT, "paid-out", FLOAT - contents))
    elif contents < FLOAT // 2:
        moves.append(_move(codebook.PAID_IN, "paid-in", FLOAT - contents))
    return moves


def goods_bought(desk: Desk) -> Receipt:
    """Milk fetched from the wholesaler and paid from the till (11003)."""
    return _move(codebook.PURCHASE, "purchase", -_some(desk), SUPPLIER.own)


def somebody_paid(desk: Desk) -> Receipt:
    """A window cleaner paid from the till (11004)."""
    return _move(codebook.PAID_SOMEBODY, "payment", -_some(desk), SUPPLIER.own)


def _some(desk: Desk) -> int:
    return (50 + int(desk.random.random() * 400)) * KRONE


def _move(kind: Code, nature: Nature, amount: int, party: str = "") -> Receipt:
    """``amount`` is signed as money into the drawer; the receipt's own sum is not, going out."""
    total = abs(amount) if nature in OUTWARD else amount
    payments = (Payment(codebook.CASH, amount),)
    return Receipt(kind, (), total, 0, payments, nature=nature, customer=party)
