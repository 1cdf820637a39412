"""A till's file becomes rows: read wholly first, then stored, so that a refused file leaves nothing.

While it is read, what it holds is spooled to a temporary file; only after a clean end are rows written,
in short transactions. A kill in between leaves whole receipts and whole settlements, and reading the
same file again finishes.
"""

import hashlib
import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, BinaryIO

from accounting import clock
from accounting.books.deliveries import Delivered, Touched, store_receipts, store_z_report
from accounting.books.domain.issues import Issue, sentence
from accounting.books.domain.sales import ZReport
from accounting.books.settling import Settled, Source, settle_register
from accounting.company.models import Company, Register
from accounting.company.records import see_register
from integrations.pos.saft import ReceiptRead, ZRead, read

BATCH = 1000
_Place = tuple[str, str]
_Spooled = tuple[_Place, Delivered | ZReport]


@dataclass(slots=True)
class Report:
    """What came of one file: settlements by outcome, receipts new and known, and what was found."""

    settlements: dict[str, int] = field(
        default_factory=lambda: {"new": 0, "same": 0, "changed": 0, "incomplete": 0}
    )
    receipts: dict[str, int] = field(default_factory=lambda: {"new": 0, "same": 0})
    findings: dict[Issue, None] = field(default_factory=dict)

    def as_json(self, name: str) -> dict[str, object]:
        """Give the document of `import_saft --json` (DESIGN.md 6)."""
        return {
            "file": name,
            "settlements": self.settlements,
            "receipts": self.receipts,
            "findings": [
                {
                    "code": issue.code,
                    "severity": "blocked" if issue.blocks else "warning",
                    "text": sentence(issue),
                }
                for issue in self.findings
            ],
        }


def take_in(
    company: Company, file: BinaryIO, progress: Callable[[int], object] = lambda _: None
) -> Report:
    """Read a SAF-T file and store what is new in it; `progress` is told the bytes read so far.

    Raises RefusedFile, with nothing stored, for a file that cannot be taken as it is.
    """
    source = Source(sha256_of(file), clock.now())
    with tempfile.TemporaryFile() as spool:
        for item in read(file, expected_org_no=company.org_no):
            if isinstance(item, ReceiptRead):
                _spool(spool, (item.location, item.till_id), Delivered.of(item.receipt))
                progress(file.tell())
            elif isinstance(item, ZRead):
                _spool(spool, (item.location, item.till_id), item.z)
        spool.seek(0)
        return _store(company, _spooled(spool), source)


def sha256_of(file: BinaryIO) -> str:
    """Give the file's SHA-256 in hex; it is read from its start and left there."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def _spool(spool: IO[bytes], place: _Place, thing: Delivered | ZReport) -> None:
    pickle.dump((place, thing), spool, protocol=5)


def _spooled(spool: IO[bytes]) -> Iterator[_Spooled]:
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301 (our own, written above, never seen by another)
        except EOFError:
            return


def _store(company: Company, spooled: Iterator[_Spooled], source: Source) -> Report:
    """Store receipts first and Z reports after them: no Z is ever here before its receipts are."""
    registers: dict[_Place, tuple[Register, Touched]] = {}
    z_reports: list[tuple[_Place, ZReport]] = []
    batch: list[Delivered] = []
    at: _Place | None = None
    for place, thing in spooled:
        if place not in registers:
            registers[place] = (see_register(company, *place), Touched())
        if isinstance(thing, ZReport):
            z_reports.append((place, thing))
            continue
        if at is not None and (place != at or len(batch) >= BATCH):
            store_receipts(company, registers[at][0], batch, registers[at][1])
            batch = []
        at = place
        batch.append(thing)
    if at is not None and batch:
        store_receipts(company, registers[at][0], batch, registers[at][1])
    for place, z in z_reports:
        register, touched = registers[place]
        store_z_report(company, register, z, touched)
    return _settle(list(registers.values()), source)


def _settle(registers: list[tuple[Register, Touched]], source: Source) -> Report:
    report = Report()
    for register, touched in registers:
        settled = settle_register(register, touched, source)
        report.receipts["new"] += touched.new
        report.receipts["same"] += touched.same
        _add(report, settled, register)
        report.findings.update((Issue("receipt-changed", nr), None) for nr in touched.changed)
    return report


def _add(report: Report, settled: Settled, register: Register) -> None:
    for outcome in report.settlements:
        report.settlements[outcome] += settled.count(outcome)
    for number in settled.incomplete:
        facts = (("register", register.till_id),)
        report.findings[Issue("z-incomplete", number, facts)] = None
    report.findings.update(settled.stops)
