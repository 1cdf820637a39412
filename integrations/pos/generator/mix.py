"""How often each kind of receipt occurs (saft.md 7): a new kind is a function, and a row here."""

from bisect import bisect
from collections.abc import Callable
from itertools import accumulate

from integrations.pos.generator import account, cash, kinds, vouchers
from integrations.pos.generator.desk import Desk
from integrations.pos.generator.plan import Kinds
from integrations.pos.generator.receipt import Receipt

Kind = Callable[[Desk], Receipt]
Row = tuple[int, Kind]

_BESIDE: tuple[Row, ...] = (
    (10, kinds.sale_without_type),
    (20, kinds.returned),
    (2, kinds.returned_without_type),
    (5, kinds.exchange),
    (10, kinds.sale_with_return),
    (10, kinds.training),
    (5, kinds.voided),
    (10, kinds.nothing),
)
_WIDE: tuple[Row, ...] = (
    (850, kinds.sale),
    *_BESIDE,
    (3, kinds.corrected),
    (2, kinds.inventory),
    (10, vouchers.gift_card_sold),
    (5, vouchers.paid_by_credit_note),
    (10, vouchers.deposit_sold),
    (3, vouchers.deposit_back),
    (4, vouchers.deposit_as_tender),
    (2, vouchers.paid_in_euro),
    (14, account.credit_sale),
    (6, account.credit_sale_without_tender),
    (3, account.credit_sale_without_type),
    (3, account.credit_sale_with_return),
    (4, account.mixed_sale),
    (5, account.invoice_paid),
    (4, account.invoice_paid_without_amount),
)
_STOPPING: tuple[Row, ...] = (
    (3, vouchers.traded_in),
    (3, vouchers.paid_by_points),
    (2, cash.goods_bought),
    (2, cash.somebody_paid),
    (2, kinds.of_unknown_type),
)
# Per thousand, near enough.
MIXES: dict[Kinds, tuple[Row, ...]] = {
    "basic": ((928, kinds.sale), *_BESIDE),
    "all": _WIDE,
    "every": (*_WIDE, *_STOPPING),
}
_UPPER = {name: tuple(accumulate(often for often, _ in rows)) for name, rows in MIXES.items()}


def draw(desk: Desk, mix: Kinds) -> Receipt:
    """The next receipt of this mix."""
    upper = _UPPER[mix]
    return MIXES[mix][bisect(upper, desk.random.random() * upper[-1])][1](desk)
