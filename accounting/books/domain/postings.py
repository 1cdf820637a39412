"""What of a settlement is to be booked, amount by amount, before any rule is asked. Pure.

Signs are the ledger's from here on: debit +, credit −.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace

from accounting.books.domain.codes import (
    CASH,
    MOVEMENT_ROLES,
    PAYMENT_ROLES,
    PAYMENT_TYPES,
    TRANSACTION_TYPES,
    Role,
)
from accounting.books.domain.day import Movement, PaymentTotal, SalesDay, SalesTotal
from accounting.books.domain.money import ZERO, Ore
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.setup import RuleKey

Source = tuple[str, ...]
COUNTED: Source = ("counted",)  # what a person counted; no receipt has any of it


@dataclass(frozen=True, slots=True)
class Posting:
    """A line before its rule is looked up: `wanted` says what it is.

    What the file did not explain takes no general rule, only one for the till's own code. `source` tells
    it from every other of the day, and is the same for the part that one receipt has in it (behind.py).
    """

    wanted: RuleKey
    amount: Ore
    name: str
    text: str
    group: str = ""
    explained: bool = True
    vat: Ore = ZERO
    source: Source = ()

    @property
    def counted(self) -> bool:
        """Say whether it comes from a person's count of the drawer: no receipt has any of it."""
        return self.source == COUNTED


def postings(day: SalesDay) -> Iterator[Posting]:
    """Give every amount of a settlement that is to be booked, those of zero too."""
    for payment in day.payments:
        yield _tender(payment)
    for sale in day.sales:
        yield _sale(sale)
    for movement in day.movements:
        yield from _moved(movement)
    rounding, tips = Ore(-day.rounding), Ore(-day.tips)
    yield Posting(RuleKey(Role.ROUNDING), rounding, "", "Øreavrunding", source=("rounding",))
    yield Posting(RuleKey(Role.TIP), tips, "", "Tips", source=("tip",))
    yield from _counted(day)


def _tender(payment: PaymentTotal) -> Posting:
    role = PAYMENT_ROLES.get(payment.standard_type, Role.SUSPENSE)
    name = payment.type_name or PAYMENT_TYPES.get(payment.standard_type, payment.type)
    wanted = RuleKey(role, payment.type, payment.standard_type)
    explained = bool(payment.standard_type)
    source = ("payment", payment.type)
    return Posting(wanted, payment.amount, name, name, payment.type, explained, source=source)


def _moved(movement: Movement) -> Iterator[Posting]:
    """Book money that moved: against its type's account, and by the tender that it moved with."""
    role = MOVEMENT_ROLES.get(movement.kind)
    if role is None:  # a float is a memo: the drawer's money is in the books already
        return
    name = movement.type_name or TRANSACTION_TYPES.get(movement.standard_type, movement.kind)
    wanted = RuleKey(role, movement.type, movement.standard_type)
    explained = movement.kind != ReceiptKind.UNRESOLVED or bool(movement.standard_type)
    amount = Ore(-movement.amount)
    kind = tuple(map(str, astuple(replace(movement, amount=ZERO, vat=ZERO))))
    source = ("movement", *kind)
    yield Posting(wanted, amount, name, name, movement.type, explained, movement.vat, source)
    if movement.tender:
        tender = PaymentTotal(
            movement.tender, movement.tender_name, movement.standard_tender, movement.amount
        )
        posting = _tender(tender)
        # Its own line: an accountant looks for the withdrawal, not for a smaller sum of cash sales.
        yield replace(
            posting,
            text=f"{posting.text}: {name}",
            group=f"{movement.type}/{movement.tender}",
            source=("by", *kind),
        )


def _counted(day: SalesDay) -> Iterator[Posting]:
    """Book what was counted more or less than the drawer should hold."""
    cash = next((p for p in day.payments if p.standard_type == CASH), None)
    drawer = RuleKey(Role.CASH, cash.type if cash else "", CASH)
    difference = day.cash_difference
    text = "Kassedifferanse talt"
    yield Posting(drawer, difference, "Kontanter", text, "counted", source=COUNTED)
    yield Posting(RuleKey(Role.CASHDIFF), Ore(-difference), "", text, source=COUNTED)


def _sale(sale: SalesTotal) -> Posting:
    name = sale.group_name or sale.group or "Salg"
    wanted = RuleKey(Role.SALES, sale.group, sale.standard_group, sale.vat_code)
    text = f"{name} {sale.rate / 100:g} %".replace(".", ",")
    explained = bool(sale.group_name) or not sale.group
    source = ("sale", sale.group, sale.vat_code, str(sale.rate))
    return Posting(wanted, Ore(-sale.gross), name, text, sale.group, explained, sale.vat, source)
