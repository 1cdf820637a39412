"""One receipt as the till delivered it; where it came twice, the versions beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.books.domain import stored
from accounting.books.domain.issues import Issue
from accounting.books.domain.receipt_checks import receipt_issues, rounding_of
from accounting.books.domain.sales import Payment, Receipt, SaleLine, VatRow
from accounting.books.models import Receipt as ReceiptRow
from accounting.books.models import Settlement
from accounting.books.queries import versions_of
from integrations.exports.pages.beside import KINDS


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a receipt, and which of its parts are others than in the version that counts.

    `words` say which delivery it came with. `marked` holds names of fields («gross») and of rows
    («lines-0»).
    """

    row: ReceiptRow
    words: Promise | str
    receipt: Receipt
    issues: tuple[Issue, ...]
    marked: frozenset[str]

    @property
    def kind(self) -> Promise:
        """Say what the receipt is."""
        return KINDS[self.receipt.kind]

    @property
    def lines(self) -> list[tuple[SaleLine, bool]]:
        """Give each line, and whether it is another than in the other version."""
        return [(line, f"lines-{i}" in self.marked) for i, line in enumerate(self.receipt.lines)]

    @property
    def vat_rows(self) -> list[tuple[VatRow, bool]]:
        """Give each VAT row, and whether it is another."""
        rows = enumerate(self.receipt.vat_rows)
        return [(row, f"vat_rows-{i}" in self.marked) for i, row in rows]

    @property
    def payments(self) -> list[tuple[Payment, bool]]:
        """Give each tender, and whether it is another."""
        rows = enumerate(self.receipt.payments)
        return [(row, f"payments-{i}" in self.marked) for i, row in rows]

    @property
    def vat(self) -> int:
        """Give the receipt's VAT in øre."""
        return self.receipt.gross - self.receipt.net

    @property
    def rounding(self) -> int:
        """Give the rounding in øre, the till's or the derived."""
        return rounding_of(self.receipt)

    @property
    def lines_sum(self) -> int:
        """Give the sum of the lines in øre."""
        return sum(line.gross for line in self.receipt.lines)

    @property
    def paid(self) -> int:
        """Give the sum of the tenders in øre."""
        return sum(payment.amount for payment in self.receipt.payments)


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """A receipt of a settlement, in every version that the till delivered."""

    settlement: Settlement
    versions: tuple[Version, ...]

    @property
    def undecided(self) -> bool:
        """Say whether a person must choose which version counts."""
        return any(version.row.undecided for version in self.versions)

    @property
    def may_choose(self) -> bool:
        """Say whether there is anything to choose between, in the settlement that counts."""
        return self.settlement.current and len(self.versions) > 1

    def row_of(self, version: int) -> ReceiptRow:
        """Give the row of one of the versions."""
        return next(each.row for each in self.versions if each.row.version == version)


def shown_receipt(settlement: Settlement, nr: str) -> ShownReceipt | None:
    """Put a receipt's page together; None where the settlement has no such receipt."""
    rows = versions_of(settlement, nr)
    if not rows:
        return None
    receipts = [stored.receipt_from(row.nr, row.position, row.at_utc, row.details) for row in rows]
    marked = _differences(receipts) if len(receipts) > 1 else [frozenset[str]()]
    return ShownReceipt(
        settlement,
        tuple(
            Version(row, _words(row, len(rows)), receipt, tuple(receipt_issues(receipt)), names)
            for row, receipt, names in zip(rows, receipts, marked, strict=True)
        ),
    )


def _words(row: ReceiptRow, versions: int) -> Promise | str:
    if row.version == 1:
        return _("Levert først")
    if versions == 2:
        return _("Levert på nytt")
    return gettext("Levert gang nr. %(number)s") % {"number": row.version}


_FIELDS = ("kind", "own_type", "at", "gross", "net", "rounding", "tip", "customer", "invoice_no")
_ROWS = ("lines", "vat_rows", "payments")


def _differences(receipts: Sequence[Receipt]) -> list[frozenset[str]]:
    """Name, for each version, the fields and rows that are not the same in all of them."""
    same = {name for name in _FIELDS if len({getattr(r, name) for r in receipts}) == 1}
    marked = []
    for receipt in receipts:
        others = [other for other in receipts if other is not receipt]
        names = set(_FIELDS) - same
        for part in _ROWS:
            for index, row in enumerate(getattr(receipt, part)):
                if any(row not in getattr(other, part) for other in others):
                    names.add(f"{part}-{index}")
        marked.append(frozenset(names))
    return marked
