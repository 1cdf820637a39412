"""The VAT of a settlement: what the till says beside what the posted gross gives."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from accounting.books.domain.day import SalesDay
from accounting.books.domain.money import vat_of_gross


@dataclass(frozen=True, slots=True)
class VatRow:
    """VAT per code and rate: the till's own, that of the posted gross, and whether they may differ so."""

    vat_code: str
    rate: int
    gross: int
    reported: int
    computed: int
    normal: bool

    @property
    def difference(self) -> int:
        """Give the till's VAT less the computed, in øre."""
        return self.reported - self.computed

    @property
    def percent(self) -> str:
        """Give the rate as people write it: `25`, `11,11`."""
        return f"{self.rate / 100:g}".replace(".", ",")


def vat_rows(day: SalesDay) -> Iterator[VatRow]:
    """Give the VAT of a day's sales, a row for each code and rate."""
    gross: Counter[tuple[str, int]] = Counter()
    for sale in day.sales:
        gross[sale.vat_code, sale.rate] += sale.gross
    for total in day.vat_totals:
        amount = gross[total.vat_code, total.rate]
        if not amount and not total.vat:
            continue
        computed = vat_of_gross(amount, total.rate)
        normal = 2 * abs(total.vat - computed) <= total.rows + 1  # saft.md 6.4.11
        yield VatRow(total.vat_code, total.rate, amount, total.vat, computed, normal)
