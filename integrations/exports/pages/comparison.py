"""What the till said beside what its receipts give, where a settlement is stopped."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accounting.books.domain.day import MAPPED, SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.money import to_kroner
from accounting.books.domain.movements import sale_part
from accounting.books.domain.receipt_checks import rate_of, receipt_issues
from accounting.books.domain.sales import SALE_TYPES, Receipt, SaleLine, VatRow, ZReport
from accounting.books.models import Settlement
from accounting.books.queries import receipts_of, z_report_of

MOST_RECEIPTS = 50
MOST_ASKED_FOR = 500  # a person reads no more; the figures are of all of them
TOTAL, VAT, PAYMENT = "total", "vat", "payment"
_CODES = {"z-total-differs": TOTAL, "z-vat-differs": VAT, "z-payment-differs": PAYMENT}
# Stops about which the receipts themselves have nothing to tell.
_NOT_OF_RECEIPTS = frozenset({"receipt-gap", "receipt-changed", "z-of-another-register"})


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
    """One receipt that stops its settlement: what it says, what its lines give, what was paid."""

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
    """The Z report beside its receipts, and the first of `count` receipts that stop the settlement.

    Without `figures` nothing of the Z report is in question: only accounts are missing.
    """

    figures: tuple[Compared, ...]
    receipts: tuple[Parting, ...]
    count: int

    @property
    def hidden(self) -> int:
        """Count the receipts that are not shown."""
        return self.count - len(self.receipts)

    @property
    def next(self) -> int:
        """Count the receipts that the page shows on request."""
        return min(self.count, MOST_ASKED_FOR)


@dataclass(slots=True)
class _Sums:
    """What the sales among the receipts give, in øre: all in all, per VAT code or rate, per tender."""

    named: bool
    gross: int = 0
    vat: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, receipt: Receipt) -> None:
        if receipt.kind not in SALE_TYPES:
            return
        sale = sale_part(receipt)
        self.gross += sale.gross
        rows: Sequence[VatRow | SaleLine] = sale.vat_rows or sale.lines
        for row in rows:
            code = row.own_vat_code if self.named else _percent(rate_of(row, sale.at))
            self.vat[code] += row.vat
        for payment in sale.payments:
            self.paid[payment.type] += payment.amount
            self.names[payment.type] = payment.type_name


def comparison(
    settlement: Settlement, day: SalesDay, unset: frozenset[str], most: int
) -> Comparison | None:
    """Compare a settlement that the till's own content stops; None where nothing of that does.

    `unset` names what of the till's Kontooppsett has no account for. At most `most` receipts are shown.
    The receipts are read one by one, and not at all where their sums and they themselves are in order.
    """
    stops = {stop.code for stop in day.stops}
    if not stops and not _asks_for(day, unset):
        return None
    z = z_report_of(settlement)
    if stops <= _NOT_OF_RECEIPTS and not _asks_for(day, unset):
        return Comparison((Compared(TOTAL, "", z.total, day.gross, parts=False),), (), 0)
    sums, shown, count = _Sums(_named(z)), list[Parting](), 0
    for receipt in receipts_of(settlement):
        sums.add(receipt)
        if issues := _issues(receipt, unset):
            count += 1
            if len(shown) < most:
                shown.append(Parting(receipt, issues))
    figures = tuple(_figures(z, sums, day.findings)) if stops else ()
    return Comparison(figures, tuple(shown), count)


def _asks_for(day: SalesDay, unset: frozenset[str]) -> bool:
    return any(finding.code in MAPPED and finding.subject in unset for finding in day.findings)


def _issues(receipt: Receipt, unset: frozenset[str]) -> tuple[Issue, ...]:
    """Give what of a receipt stops the settlement: sums, and types that still lack an account."""
    found = (i for i in receipt_issues(receipt) if i.blocks)
    return tuple(dict.fromkeys(i for i in found if i.code not in MAPPED or i.subject in unset))


def _figures(z: ZReport, sums: _Sums, findings: Sequence[Issue]) -> Iterator[Compared]:
    parts = {(_CODES[i.code], i.subject) for i in findings if i.code in _CODES}
    yield Compared(TOTAL, "", z.total, sums.gross, (TOTAL, z.number) in parts)
    vat = _vat_of_z(z)
    for own in sorted(vat.keys() | sums.vat.keys()):
        yield Compared(VAT, own, vat[own], sums.vat[own], (VAT, own) in parts)
    said = Counter[str]()
    for own, amount in z.payments:
        said[own] += amount
    for own in sorted(said.keys() | sums.paid.keys()):
        name = sums.names.get(own) or own
        yield Compared(PAYMENT, name, said[own], sums.paid[own], (PAYMENT, own) in parts)


def _named(z: ZReport) -> bool:
    """Say whether the Z names VAT codes; where it does not, it goes by rate (saft.md 1.6)."""
    return all(own for own, *_ in z.vat)


def _vat_of_z(z: ZReport) -> Counter[str]:
    named = _named(z)
    sums: Counter[str] = Counter()
    for own, rate, _net, vat in z.vat:
        sums[own if named else _percent(rate)] += vat
    return sums


def _percent(rate: int) -> str:
    """Name a rate as the finding does (z_checks)."""
    return f"{to_kroner(rate)} %"
