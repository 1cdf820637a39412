"""A till's file becomes rows: read wholly first, then stored, so that a refused file leaves nothing.

While it is read, what it holds is spooled to a temporary file; only after a clean end are rows written,
in short transactions. A kill in between leaves whole receipts and whole settlements, and reading the
same file again finishes.
"""

import gc
import hashlib
import pickle
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, BinaryIO

from django.conf import settings
from django.db import connection

from accounting import clock
from accounting.books.deliveries import Delivered, Touched, store_receipts, store_z_reports
from accounting.books.domain.issues import Issue, sentence
from accounting.books.domain.sales import Receipt, ZReport
from accounting.books.settling import Settled, Source, settle_register
from accounting.company.models import Company, Register
from accounting.company.records import see_register
from integrations.pos.archives import read_delivery
from integrations.pos.saft import FileNoted, ReceiptRead, ZRead

BATCH = 1000
MOST_AT_HAND = 6_000  # receipts kept as they were read, of all files together: some 20 MB
BETWEEN_COLLECTIONS = 200_000  # objects made; Python's own is 700
_Place = tuple[str, str]
_AtHand = dict[tuple[str, str], Receipt]  # by nr and digest


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
    """Read a SAF-T file, or a ZIP file of several, and store what is new in it.

    `progress` is told the bytes read so far. Raises RefusedFile, with nothing stored, for a file that
    cannot be taken as it is.
    """
    return take_in_all(company, [file], progress)[0]


def take_in_all(
    company: Company, files: Sequence[BinaryIO], progress: Callable[[int], object] = lambda _: None
) -> list[Report]:
    """Take several files in: all are read before anything is stored. One report for each.

    Raises RefusedFile, with nothing of any of them stored, as soon as one is refused.
    """
    with read_all(company, files, progress) as deliveries:
        return [_settle(store(company, delivery), delivery) for delivery in deliveries]


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let the cyclic collector look seldom: values make no circles (decision 0010)."""
    usual = gc.get_threshold()
    gc.set_threshold(BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def read_all(
    company: Company, files: Sequence[BinaryIO], progress: Callable[[int], object] = lambda _: None
) -> Iterator[list["Delivery"]]:
    """Read files wholly, and hold what they tell until the block ends. Raises RefusedFile."""
    with _few_collections(), ExitStack() as stack:
        at_hand: _AtHand = {}
        deliveries = []
        for file in files:
            source = Source(sha256_of(file), clock.now())
            delivery = Delivery(stack.enter_context(tempfile.TemporaryFile()), source, at_hand)
            _read(company, file, delivery, progress)
            deliveries.append(delivery)
        yield deliveries


def _read(
    company: Company, file: BinaryIO, delivery: "Delivery", progress: Callable[[int], object]
) -> None:
    for item in read_delivery(file, settings.UPLOAD_UNPACKED_MAX_BYTES, company.org_no):
        if isinstance(item, ReceiptRead):
            delivery.add((item.location, item.till_id), item.receipt)
            progress(file.tell())
        elif isinstance(item, ZRead):
            delivery.close((item.location, item.till_id), item.z)
        elif isinstance(item, FileNoted):
            delivery.noted.append(item.issue)


def sha256_of(file: BinaryIO) -> str:
    """Give the file's SHA-256 in hex; it is read from its start and left there."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


class Delivery:
    """What a file holds, kept aside until its end was good: batches of receipts, and Z reports.

    The first receipts stay in memory, also as values in `at_hand`; the others go to a temporary file.
    """

    def __init__(self, file: IO[bytes], source: Source, at_hand: _AtHand) -> None:
        """Begin with nothing."""
        self._file = file
        self.source = source
        self.at_hand = at_hand
        self._place: _Place = ("", "")
        self._batch: list[Delivered] = []
        self._in_memory: list[tuple[_Place, list[Delivered]]] = []
        self.z_reports: dict[_Place, list[ZReport]] = defaultdict(list)
        self.noted: list[Issue] = []

    def add(self, place: _Place, receipt: Receipt) -> None:
        """Keep a receipt; a batch is of one register."""
        if place != self._place or len(self._batch) == BATCH:
            self._write()
            self._place = place
        delivered = Delivered.of(receipt)
        self._batch.append(delivered)
        if len(self.at_hand) < MOST_AT_HAND:
            self.at_hand[receipt.nr, delivered.digest] = receipt

    def close(self, place: _Place, z: ZReport) -> None:
        """Keep a Z report: they are few, so they stay in memory."""
        self.z_reports[place].append(z)

    def _write(self) -> None:
        if self._batch and len(self.at_hand) < MOST_AT_HAND:
            self._in_memory.append((self._place, self._batch))
        elif self._batch:
            pickle.dump((self._place, self._batch), self._file, protocol=5)
        self._batch = []

    def batches(self) -> Iterator[tuple[_Place, list[Delivered]]]:
        """Give back the receipts, as they came, and let go of them: they are given once."""
        self._write()
        self._in_memory.reverse()
        while self._in_memory:
            yield self._in_memory.pop()
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301 (our own, written above, seen by no other)
            except EOFError:
                return


def _give_way(held: float) -> None:
    """Leave room for other writers after a transaction of so many seconds.

    SQLite keeps no queue: who waits looks again every tenth of a second, and batches without a pause
    between them would leave nothing to be found. PostgreSQL needs none of this.
    """
    if connection.vendor == "sqlite":
        time.sleep(held / 2)


_Registers = list[tuple[Register, Touched]]


def store(company: Company, delivery: Delivery) -> _Registers:
    """Store receipts first and Z reports after them: no Z is ever here before its receipts are.

    Gives the registers that are to be settled, with what was touched of each.
    """
    registers: dict[_Place, tuple[Register, Touched]] = {}

    def seen(place: _Place) -> tuple[Register, Touched]:
        if place not in registers:
            registers[place] = (see_register(company, *place), Touched(at_hand=delivery.at_hand))
        return registers[place]

    for place, batch in delivery.batches():
        register, touched = seen(place)
        begun = time.perf_counter()
        store_receipts(company, register, batch, touched)
        _give_way(time.perf_counter() - begun)
    for place, reports in delivery.z_reports.items():
        register, touched = seen(place)
        for first in range(0, len(reports), BATCH):
            store_z_reports(company, register, reports[first : first + BATCH], touched)
    return list(registers.values())


def _settle(registers: _Registers, delivery: Delivery) -> Report:
    report = Report(findings=dict.fromkeys(delivery.noted))
    for register, touched in registers:
        settled = settle_register(register, touched, delivery.source)
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
