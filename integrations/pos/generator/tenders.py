"""How a sum is paid: cash with rounding and change, cards, Vipps, gift cards, credit notes."""

from dataclasses import replace
from random import Random

from integrations.pos.generator import codebook
from integrations.pos.generator.receipt import Payment, Receipt

NOTES = (10_000, 20_000, 50_000, 100_000)
SPLIT_ABOVE = 30_000
KRONE = 100


def to_krone(amount: int) -> int:
    """Whole kroner: 1 to 49 øre down, 50 to 99 up, the same for money paid back (saft.md 0.9)."""
    rounded = (abs(amount) + 50) // KRONE * KRONE
    return rounded if amount >= 0 else -rounded


def settle(receipt: Receipt, random: Random) -> Receipt:
    """Paid, paid back or even, by the sign of its sum."""
    if receipt.gross == 0:
        return receipt
    return pay(receipt, random) if receipt.gross > 0 else refund(receipt, random)


def pay(receipt: Receipt, random: Random) -> Receipt:
    """Paid by the customer, tenders in the proportions of saft.md 7."""
    dice = random.random()
    due = receipt.gross
    # Less than a krone is never settled in cash: it could round to nothing and leave no trace.
    if dice < 0.10 and due >= KRONE:
        return _in_cash(receipt, random)
    if dice < 0.12:
        return replace(receipt, payments=_by_gift_card(due))
    if dice < 0.26:
        return replace(receipt, payments=(Payment(codebook.MOBILE, due),))
    card = codebook.CREDIT_CARD if dice < 0.36 else codebook.CARD
    return replace(receipt, payments=(Payment(card, due),))


def refund(receipt: Receipt, random: Random) -> Receipt:
    """Paid back: half as a credit note (issued = negative payment), else by card or in cash."""
    dice = random.random()
    due = receipt.gross
    if dice < 0.25 and due <= -KRONE:
        paid = to_krone(due)
        return replace(receipt, payments=(Payment(codebook.CASH, paid),), rounding=paid - due)
    back = codebook.CREDIT_NOTE if dice < 0.75 else codebook.CARD
    return replace(receipt, payments=(Payment(back, due),))


def _in_cash(receipt: Receipt, random: Random) -> Receipt:
    """Rounded; two times in five the note and the change are two rows."""
    paid = to_krone(receipt.gross)
    payments: tuple[Payment, ...] = (Payment(codebook.CASH, paid),)
    if random.random() < 0.4:
        note = next((note for note in NOTES if note > paid), -(-paid // 50_000) * 50_000)
        if note > paid:
            change = Payment(codebook.CASH, paid - note)
            payments = (Payment(codebook.CASH, note), change)
    return replace(receipt, payments=payments, rounding=paid - receipt.gross)


def _by_gift_card(due: int) -> tuple[Payment, ...]:
    """A gift card holds at most 300 kroner here; a bank card pays the rest."""
    if due <= SPLIT_ABOVE:
        return (Payment(codebook.GIFT_CARD, due),)
    card = Payment(codebook.CARD, due - SPLIT_ABOVE)
    return (Payment(codebook.GIFT_CARD, SPLIT_ABOVE), card)
