"""A file's receipts divided among its Z reports, each receipt in one place: settled, waiting or open.

The same rules as everywhere (`cut`, `settle`), put together once more here, without a database, so that
tests can count every receipt.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time

from accounting.books.domain.day import SalesDay
from accounting.books.domain.periods import Closing, Mark, cut, z_order
from accounting.books.domain.sales import Receipt, ZReport
from accounting.books.domain.totals import settle
from integrations.pos.saft import Item, ReceiptRead, ZRead

OPENING = time(5)


@dataclass
class Register:
    """One register's journal: what came of every receipt that it delivered."""

    place: tuple[str, str]
    receipts: dict[str, Receipt] = field(default_factory=dict)
    reports: list[ZReport] = field(default_factory=list)
    settled: list[tuple[SalesDay, list[Receipt]]] = field(default_factory=list)
    waiting: list[Receipt] = field(default_factory=list)
    open: list[Receipt] = field(default_factory=list)

    def divide(self) -> "Register":
        """Give each Z its receipts."""
        receipts = sorted(self.receipts.values(), key=lambda r: (r.position, r.nr))
        marks = [Mark(r.position, r.nr, r.trans_id, r.at_utc) for r in receipts]
        reports = sorted(self.reports, key=lambda z: z_order(z.number, z.at_utc))
        found = cut(marks, [Closing(z.number, z.at_utc, z.evidence) for z in reports])
        for z, period in zip(reports, found.periods, strict=True):
            part = receipts[period.first : period.end]
            if period.complete:
                day = settle(z, part, self.place[1], OPENING, period.gaps, period.previous)
                self.settled.append((day, part))
            else:
                self.waiting += part
        self.open = receipts[found.open_from :]
        return self


def registers(items: Iterable[Item]) -> list[Register]:
    """Give every register of a file, its journal divided among its Z reports."""
    found: dict[tuple[str, str], Register] = {}
    for item in items:
        if isinstance(item, ReceiptRead | ZRead):
            place = (item.location, item.till_id)
            register = found.setdefault(place, Register(place))
            if isinstance(item, ZRead):
                register.reports.append(item.z)
            else:
                register.receipts.setdefault(item.receipt.nr, item.receipt)
    return [register.divide() for register in found.values()]


def days(items: Iterable[Item]) -> Iterator[SalesDay]:
    """Give every settlement of a file."""
    return (day for register in registers(items) for day, _ in register.settled)
