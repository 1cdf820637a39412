"""What the till said beside what its receipts give, where a settlement is stopped."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounting.books.domain.day import MAPPED, SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner
from accounting.books.domain.movements import sale_part
from accounting.books.domain.receipt_checks import rate_of, receipt_issues
from accounting.books.domain.sales import SALE_TYPES, Receipt, SaleLine, VatRow, ZReport
from accounting.books.models import Settlement
from accounting.books.queries import receipts_of, z_report_of

MOST_RECEIPTS = 50
TOTAL, VAT, PAYMENT = "total", "vat", "payment"
_CODES = {"z-total-differs": TOTAL, "z-vat-differs": VAT, "z-payment-differs": PAYMENT}


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the Z report, in øre; `parts` says that it fits no way in which tills count.

    `part` is TOTAL, VAT or PAYMENT; `name` is the till's own for the VAT code or payment type.
    """

    part: str
    name: str
    reported: int
    computed: int
    parts: bool

    @property
    def difference(self) -> int:
        """Give what the till says less what we compute, in øre."""
        return self.reported - self.computed


@dataclass(frozen=True, slots=True)
class Parting:
    """One receipt that does not add up: what it says, what its lines give, what was paid."""

    receipt: Receipt
    issues: tuple[Issue, ...]

    @property
    def lines(self) -> int:
        """Give the sum of the lines in øre."""
        return sum(line.gross for line in self.receipt.lines)

    @property
    def paid(self) -> int:
        """Give the sum of the tenders in øre."""
        return sum(payment.amount for payment in self.receipt.payments)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The Z report beside its receipts, and the receipts that part; at most so many as are shown."""

    figures: tuple[Compared, ...]
    receipts: tuple[Parting, ...]
    count: int

    @property
    def hidden(self) -> int:
        """Count the receipts that are not shown."""
        return self.count - len(self.receipts)


def comparison(settlement: Settlement, day: SalesDay, most: int | None) -> Comparison | None:
    """Compare a settlement that the till's own content stops; None where nothing of that does.

    `most` receipts are shown, None for all.
    """
    if not day.stops:
        return None
    receipts = receipts_of(settlement)
    parting = [each for each in map(_parting, receipts) if each.issues]
    figures = tuple(_figures(z_report_of(settlement), receipts, day.findings))
    return Comparison(figures, tuple(parting[:most]), len(parting))


def _parting(receipt: Receipt) -> Parting:
    found = (i for i in receipt_issues(receipt) if i.blocks and i.code not in MAPPED)
    return Parting(receipt, tuple(dict.fromkeys(found)))


def _figures(
    z: ZReport, receipts: Sequence[Receipt], findings: Sequence[Issue]
) -> Iterator[Compared]:
    parts = {(_CODES[i.code], i.subject) for i in findings if i.code in _CODES}
    sales = [sale_part(receipt) for receipt in receipts if receipt.kind in SALE_TYPES]
    gross = sum(receipt.gross for receipt in sales)
    yield Compared(TOTAL, "", z.total, gross, (TOTAL, z.number) in parts)
    reported, computed = _vat_of_z(z), _vat_of(sales, named=_named(z))
    for own in sorted(reported.keys() | computed.keys()):
        yield Compared(VAT, own, reported[own], computed[own], (VAT, own) in parts)
    said, paid, names = Counter[str](), Counter[str](), {}
    for own, amount in z.payments:
        said[own] += amount
    for payment in (payment for receipt in sales for payment in receipt.payments):
        paid[payment.type] += payment.amount
        names[payment.type] = payment.type_name
    for own in sorted(said.keys() | paid.keys()):
        name = names.get(own) or own
        yield Compared(PAYMENT, name, said[own], paid[own], (PAYMENT, own) in parts)


def _named(z: ZReport) -> bool:
    """Say whether the Z names VAT codes; where it does not, it goes by rate (saft.md 1.6)."""
    return all(own for own, *_ in z.vat)


def _vat_of_z(z: ZReport) -> Counter[str]:
    sums: Counter[str] = Counter()
    for own, rate, _net, vat in z.vat:
        sums[own if _named(z) else _percent(rate)] += vat
    return sums


def _vat_of(sales: Sequence[Receipt], *, named: bool) -> Counter[str]:
    sums: Counter[str] = Counter()
    for receipt in sales:
        rows: Sequence[VatRow | SaleLine] = receipt.vat_rows or receipt.lines
        for row in rows:
            sums[row.own_vat_code if named else _percent(rate_of(row, receipt.at))] += row.vat
    return sums


def _percent(rate: int) -> str:
    """Name a rate as the finding does (z_checks)."""
    return f"{to_kroner(rate)} %"
