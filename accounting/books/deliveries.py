"""What the tills delivered, written down: receipts and Z reports, each once.

Every write is a short transaction of its own, so that others can write meanwhile; a kill in between
leaves whole receipts and whole Z reports, and the next delivery finishes what is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from accounting.books.domain import stored
from accounting.books.domain.sales import Counted, Receipt, ZReport
from accounting.books.models import Receipt as ReceiptRow
from accounting.books.models import ZReport as ZReportRow
from accounting.company.models import Company, Register


@dataclass(slots=True)
class Touched:
    """What one delivery holds for one register: Z numbers, the span of its receipts, what was new.

    Known receipts count as touched too: a delivery that was cut off is finished by the next one.
    `at_hand` are receipts as they were read, by nr and the digest of their text: those still held.
    """

    numbers: set[str] = field(default_factory=set)
    first: int | None = None
    last: int | None = None
    new: int = 0
    same: int = 0
    changed: list[str] = field(default_factory=list)
    at_hand: Mapping[tuple[str, str], Receipt] = field(default_factory=dict)

    def span(self, positions: Sequence[int]) -> None:
        """Widen the span to these receipts."""
        known = [position for position in (self.first, self.last) if position is not None]
        self.first = min([*known, *positions], default=None)
        self.last = max([*known, *positions], default=None)

    def reaches(self, first: int, last: int) -> bool:
        """Say whether any receipt of the delivery may lie between these positions."""
        if self.first is None or self.last is None:
            return False
        return self.first <= last and first <= self.last


class Delivered(NamedTuple):
    """One receipt on its way to its row: the columns, the value as text, and the text's hash."""

    nr: str
    position: int
    trans_id: str
    at: str
    at_utc: datetime
    kind: str
    gross: int
    text: str
    digest: str

    @classmethod
    def of(cls, receipt: Receipt) -> "Delivered":
        """Make it from the value."""
        text = stored.receipt_text(receipt)
        return cls(
            receipt.nr,
            receipt.position,
            receipt.trans_id,
            receipt.at,
            receipt.at_utc,
            receipt.kind.value,
            receipt.gross,
            text,
            stored.digest(text),
        )


# As `_copy` writes them: what a row has beside its receipt, and then the fields of Delivered.
_COLUMNS = (
    *("company_id", "register_id", "version", "in_use", "undecided"),
    *("nr", "position", "trans_id", "at", "at_utc", "kind", "gross", "details", "digest"),
)


@transaction.atomic
def store_receipts(
    company: Company, register: Register, batch: Sequence[Delivered], touched: Touched
) -> None:
    """Store a batch of receipts; what is here already, with the same content, is skipped.

    The same nr with other content becomes an undecided version, not in use until a person decides.
    """
    touched.span([receipt.position for receipt in batch])
    lock(register)
    known = _known_receipts(register, batch)
    rows: list[tuple[Delivered, int]] = []
    for receipt in batch:
        versions = known[receipt.nr]
        if receipt.digest in versions:
            touched.same += 1
            continue
        if versions:
            touched.changed.append(receipt.nr)
        else:
            touched.new += 1
        version = max(versions.values(), default=0) + 1
        versions[receipt.digest] = version
        rows.append((receipt, version))
    if not rows:
        return
    if connection.vendor == "postgresql":
        _copy(company, register, rows)
    else:
        added = (_receipt_row(company, register, *row) for row in rows)
        ReceiptRow.objects.bulk_create(added, batch_size=500)


def _copy(company: Company, register: Register, rows: Iterable[tuple[Delivered, int]]) -> None:
    """Add rows by COPY, ten times as quick as INSERT (docs/decisions/0010)."""
    table = connection.ops.quote_name(ReceiptRow._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(column) for column in _COLUMNS)
    said = f"COPY {table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(said) as copy:
        for receipt, version in rows:
            first = version == 1
            row = (company.pk, register.pk, version, first, not first, *receipt)
            copy.write_row(row)


def lock(register: Register) -> None:
    """Let one delivery at a time write about a register, until the transaction ends."""
    Register.objects.select_for_update(no_key=True).get(pk=register.pk)


def _known_receipts(register: Register, batch: Sequence[Delivered]) -> dict[str, dict[str, int]]:
    """Give nr → digest → version for the receipts of the batch that are here."""
    positions = [receipt.position for receipt in batch]
    known: dict[str, dict[str, int]] = defaultdict(dict)
    rows = ReceiptRow.objects.filter(
        register=register, position__gte=min(positions), position__lte=max(positions)
    )
    for nr, digest, version in rows.values_list("nr", "digest", "version"):
        known[nr][digest] = version
    return known


def _receipt_row(
    company: Company, register: Register, receipt: Delivered, version: int
) -> ReceiptRow:
    return ReceiptRow(
        company=company,
        register=register,
        nr=receipt.nr,
        version=version,
        in_use=version == 1,
        undecided=version > 1,
        position=receipt.position,
        trans_id=receipt.trans_id,
        at=receipt.at,
        at_utc=receipt.at_utc,
        kind=receipt.kind,
        gross=receipt.gross,
        digest=receipt.digest,
        details=receipt.text,
    )


@transaction.atomic
def store_z_reports(
    company: Company, register: Register, reports: Sequence[ZReport], touched: Touched
) -> None:
    """Store Z reports. Other content under a known number is a new version and counts from now on.

    The evidence of which receipts one closes is kept from the delivery that saw the most of them, and
    of the days on which files that hold it were made the earliest: it was written before that.
    """
    numbers = {z.number for z in reports}
    touched.numbers |= numbers
    lock(register)
    versions: dict[str, list[ZReportRow]] = defaultdict(list)
    known = ZReportRow.objects.filter(register=register, number__in=numbers)
    for row in known.order_by("version"):
        versions[row.number].append(row)
    for z in reports:
        _store_z_report(company, register, z, versions[z.number])


def _store_z_report(
    company: Company, register: Register, z: ZReport, versions: list[ZReportRow]
) -> None:
    text = stored.z_text(z)
    digest = stored.digest(text)
    current = next((row for row in versions if row.in_use), None)
    if current and current.digest == digest:
        if _tells_more(z, current):
            _see(current, z)
            current.save(update_fields=_SEEN)
        return
    if current:
        current.in_use = False
        current.save(update_fields=["in_use"])
    row = ZReportRow(
        company=company,
        register=register,
        number=z.number,
        version=(versions[-1].version if versions else 0) + 1,
        at=z.at,
        at_utc=z.at_utc,
        total=z.total,
        digest=digest,
        details=text,
    )
    _see(row, z)
    row.save()
    versions.append(row)


_SEEN = (
    *("first_trans_id", "last_trans_id", "trans_count", "file_day"),
    *("receipts_counted", "receipts_printed", "figures"),
)


def _earliest(row: ZReportRow, z: ZReport) -> date | None:
    return min((day for day in (row.file_day, z.file_day) if day), default=None)


def _fullest(row: ZReportRow, z: ZReport) -> Counted | None:
    """Give the count beside which most receipts were seen printed, whichever delivery came first."""
    known = [counted for counted in (row.counted, z.counted) if counted]
    return max(known, key=lambda counted: (counted.printed, counted.reported), default=None)


def _tells_more(z: ZReport, row: ZReportRow) -> bool:
    kept = (row.file_day, row.counted)
    if z.figures and not row.figures:
        return True
    return z.evidence.count > row.trans_count or (_earliest(row, z), _fullest(row, z)) != kept


def _see(row: ZReportRow, z: ZReport) -> None:
    """Keep what a delivery tells about the file it came in."""
    row.file_day = _earliest(row, z)
    row.figures = row.figures or stored.figures_text(z)
    if counted := _fullest(row, z):
        row.receipts_counted, row.receipts_printed = counted.reported, counted.printed
    if z.evidence.count > row.trans_count:
        row.first_trans_id = z.evidence.first
        row.last_trans_id = z.evidence.last
        row.trans_count = z.evidence.count
