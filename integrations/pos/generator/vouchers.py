"""Receipts with gift cards, credit notes, deposits, points, euro and goods taken in exchange."""

from dataclasses import replace

from integrations.pos.generator import codebook
from integrations.pos.generator.catalogue import (
    BOTTLE,
    GIFT_CARD,
    LARGE_BOTTLE,
    USED_THING,
)
from integrations.pos.generator.codebook import Code
from integrations.pos.generator.desk import Desk, goods, pick, reads_one_way, untaxed
from integrations.pos.generator.receipt import Euro, Line, Payment, Receipt, receipt_of, vat_of
from integrations.pos.generator.tenders import KRONE, pay, to_krone

GIFTS = (20_000, 30_000, 50_000, 100_000)
# Kroner for a euro in ten-thousandths, as a shop has them on a note beside the till.
RATES = (116_821, 117_345, 118_113)
SMALLEST_NOTE = 500
MOST_POINTS = 5_000


def gift_card_sold(desk: Desk) -> Receipt:
    """A gift card is a sale line without VAT, half the time among other goods."""
    worth = GIFTS[int(desk.random.random() * len(GIFTS))]
    lines = goods(desk) if desk.random.random() < 0.5 else ()
    receipt = receipt_of(codebook.SALE, (*lines, untaxed(GIFT_CARD, worth)))
    return pay(receipt, desk.random)


def paid_by_credit_note(desk: Desk) -> Receipt:
    """A credit note issued on a return pays for something else; a card pays the rest."""
    return _partly_by(codebook.CREDIT_NOTE, pick(desk).price, desk)


def paid_by_points(desk: Desk) -> Receipt:
    """Loyalty points pay at most fifty kroner (12007)."""
    return _partly_by(codebook.POINTS, MOST_POINTS, desk)


def deposit_sold(desk: Desk) -> Receipt:
    """Bottles carry a deposit: a line without VAT beside what is in them."""
    return pay(receipt_of(codebook.SALE, (*goods(desk), _bottles(desk, 1))), desk.random)


def deposit_back(desk: Desk) -> Receipt:
    """Empties are a negative line on the next sale."""
    while True:
        receipt = receipt_of(codebook.SALE, (*goods(desk), _bottles(desk, -1)))
        if receipt.gross > 0 and reads_one_way(receipt):
            return pay(receipt, desk.random)


def deposit_as_tender(desk: Desk) -> Receipt:
    """Other tills take empties as a payment (12008), or the deposit as a negative one."""
    sign = 1 if desk.random.random() < 0.5 else -1
    while True:
        receipt = receipt_of(codebook.SALE, goods(desk))
        deposit = _bottles(desk, sign).gross
        if receipt.gross > deposit:
            break
    card = Payment(codebook.CARD, receipt.gross - deposit)
    return replace(receipt, payments=(Payment(codebook.DEPOSIT, deposit), card))


def paid_in_euro(desk: Desk) -> Receipt:
    """Notes in euro, the change in whole kroner."""
    receipt = receipt_of(codebook.SALE, goods(desk))
    rate = RATES[int(desk.random.random() * len(RATES))]
    notes = -(-receipt.gross * 10_000 // (rate * SMALLEST_NOTE))
    euro = Euro(notes * SMALLEST_NOTE, rate)
    change = to_krone(euro.in_ore - receipt.gross)
    payments = [Payment(codebook.EURO, euro.in_ore, euro)]
    if change:
        payments.append(Payment(codebook.CASH, -change))
    rounding = euro.in_ore - change - receipt.gross
    return replace(receipt, payments=tuple(payments), rounding=rounding)


def traded_in(desk: Desk) -> Receipt:
    """Something new sold and something used taken in for it (11012)."""
    new = pick(desk)
    sold = Line(new, new.vat, 1, new.price, vat_of(new.price, new.vat.basis_points))
    lines = (sold, untaxed(USED_THING, -(new.price // 4 // KRONE * KRONE), -1))
    return pay(receipt_of(codebook.TRADE_IN, lines), desk.random)


def _partly_by(tender: Code, worth: int, desk: Desk) -> Receipt:
    receipt = receipt_of(codebook.SALE, goods(desk))
    part = min(worth, receipt.gross)
    payments = [Payment(tender, part)]
    if receipt.gross > part:
        payments.append(Payment(codebook.CARD, receipt.gross - part))
    return replace(receipt, payments=tuple(payments))


def _bottles(desk: Desk, sign: int) -> Line:
    article = BOTTLE if desk.random.random() < 0.7 else LARGE_BOTTLE
    count = sign * (1 + int(desk.random.random() * 6))
    return untaxed(article, count * article.price, count)
