"""Tips: left on a card payment, and the three ways in which tills write them (saft.md 4.7)."""

from dataclasses import replace

from integrations.pos.generator import codebook
from integrations.pos.generator.catalogue import TIP
from integrations.pos.generator.desk import Desk, untaxed
from integrations.pos.generator.plan import Tips
from integrations.pos.generator.receipt import Receipt

CARDS = (codebook.CARD, codebook.CREDIT_CARD)
SHARE = 0.08
STEPS = (1_000, 2_000, 5_000)
FIFTY = 5_000


def with_tip(receipt: Receipt, desk: Desk) -> Receipt:
    """On 8 % of what is paid by one card: 10, 20 or 50 kroner, or up to a whole 50."""
    if not desk.tipping or len(receipt.payments) != 1 or receipt.payments[0].type not in CARDS:
        return receipt
    random = desk.random.random
    if random() >= SHARE:
        return receipt
    choice = int(random() * 4)
    tip = STEPS[choice] if choice < 3 else -receipt.gross % FIFTY or FIFTY
    return _paying(replace(receipt, tip=tip), tip)


def in_habit(receipt: Receipt, habit: Tips) -> Receipt:
    """The receipt as a till of this habit knows it; outside and inside differ in writing only."""
    tip = receipt.tip
    if habit == "none":
        return _paying(replace(receipt, tip=0), -tip)
    if habit == "line":
        lines = (*receipt.lines, untaxed(TIP, tip))
        return replace(receipt, lines=lines, gross=receipt.gross + tip, tip=0, told_tip=tip)
    return receipt


def _paying(receipt: Receipt, more: int) -> Receipt:
    (payment,) = receipt.payments
    return replace(receipt, payments=(replace(payment, amount=payment.amount + more),))
