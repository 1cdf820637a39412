"""What is neither sale nor tender: money that moved, tips, sales on credit, and the cash drawer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.books.domain.codes import CASH, MOVEMENT_ROLES, Role
from accounting.books.domain.day import Movement, SalesDay
from accounting.books.domain.journal import Journal
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.setup import RuleKey, Setup

KINDS: Mapping[str, Promise] = {
    ReceiptKind.SALE: _("Salg"),
    ReceiptKind.CREDIT_SALE: _("Kredittsalg"),
    ReceiptKind.CUSTOMER_PAYMENT: _("Innbetaling fra kunde"),
    ReceiptKind.PURCHASE: _("Kjøp av varer"),
    ReceiptKind.PAYMENT: _("Betaling"),
    ReceiptKind.FLOAT: _("Vekselbeholdning"),
    ReceiptKind.CASH_DIFFERENCE: _("Kassedifferanse"),
    ReceiptKind.PAID_OUT: _("Uttak"),
    ReceiptKind.PAID_IN: _("Innskudd"),
    ReceiptKind.TRADE_IN: _("Innbytte"),
    ReceiptKind.MIXED: _("Delvis kredittsalg"),
    ReceiptKind.INVENTORY: _("Varetelling"),
    ReceiptKind.TRAINING: _("Øving"),
    ReceiptKind.VOID: _("Annullert"),
    ReceiptKind.UNRESOLVED: _("Uavklart"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of «Annet»: an amount in øre, money into the till +, and the account it goes against.

    `account` is '' where there is none yet; `memo` says that it is not booked at all.
    """

    words: Promise | str
    detail: str
    amount: int
    account: str
    memo: bool = False


@dataclass(frozen=True, slots=True)
class Drawer:
    """How much cash should lie in the drawer, and what was counted; all øre.

    `rows` are what it comes from (what, the till's own name for it, amount), float first; their sum is
    `expected`.
    """

    rows: tuple[tuple[Promise, str, int], ...]
    expected: int
    counted: int | None
    difference: int
    account: str


def moved_in(day: SalesDay, journal: Journal | None, setup: Setup) -> tuple[Moved, ...]:
    """Give the lines of «Annet»; accounts as in the journal, or as the setup has them before one."""
    return tuple(_moved(day, journal, setup))


def _moved(day: SalesDay, journal: Journal | None, setup: Setup) -> Iterator[Moved]:
    for movement in day.movements:
        role = MOVEMENT_ROLES.get(movement.kind)
        key = role and RuleKey(role, movement.type, movement.standard_type)
        account = _account(key, day, journal, setup) if key else ""
        detail = ", ".join(filter(None, (_own_name(movement), movement.tender_name)))
        yield Moved(KINDS[movement.kind], detail, movement.amount, account, memo=role is None)
    if day.tips:
        account = _account(RuleKey(Role.TIP), day, journal, setup)
        yield Moved(_("Tips"), "", day.tips, account)


def drawer_of(day: SalesDay, journal: Journal | None, setup: Setup) -> Drawer:
    """Say what the cash drawer should hold, how that comes about, and what was counted."""
    tenders = sum(p.amount for p in day.payments if p.standard_type == CASH)
    moved = [(KINDS[m.kind], _own_name(m), int(m.amount)) for m in day.movements if _is_cash(m)]
    return Drawer(
        rows=(
            (_("Vekselbeholdning"), "", day.opening_float),
            (_("Betalt kontant"), "", tenders),
            *moved,
        ),
        expected=day.expected_cash,
        counted=day.counted_cash,
        difference=day.cash_difference,
        account=_account(RuleKey(Role.CASHDIFF), day, journal, setup),
    )


def _own_name(movement: Movement) -> str:
    """Give the till's own name for it, '' where that says no more than ours."""
    return "" if movement.type_name == str(KINDS[movement.kind]) else movement.type_name


def _is_cash(movement: Movement) -> bool:
    return movement.standard_tender == CASH


def _account(key: RuleKey, day: SalesDay, journal: Journal | None, setup: Setup) -> str:
    """Give the account that the journal has for it; before there is a journal, the setup's."""
    for line in journal.lines if journal else ():
        if line.role is key.role and (not key.own or line.group == key.own):
            return line.account
    found = None if journal else setup.find(key, day.business_date)
    return found[1].account if found else ""
