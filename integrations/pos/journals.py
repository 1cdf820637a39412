"""One register's journal, summed while it is read: a file of any size, in the memory of a few days.

Z reports come before the receipts they close, so a period is settled as soon as the journal's own
evidence says where it ends. What was settled is put aside, for a receipt may come late: then all of
it is taken back and cut anew, so that the answer is the same in any order.
"""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from tempfile import SpooledTemporaryFile
from typing import Any

from accounting.books.domain.day import CreditSale, SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.movements import credit_sales
from accounting.books.domain.periods import Closing, Mark, Period, cut, z_order
from accounting.books.domain.sales import Receipt, ZReport
from accounting.books.domain.totals import settle

MOST_IN_MEMORY = 1 << 16


@dataclass(slots=True)
class Told:
    """What one register's journal comes to."""

    location: str
    till_id: str
    days: list[bytes] = field(default_factory=list)  # pickled: as values they take far more
    credit_sales: list[CreditSale] = field(default_factory=list)
    open: int = 0
    findings: list[Issue] = field(default_factory=list)

    def keep(self, day: SalesDay) -> None:
        """Keep a settlement, as small as it can be."""
        self.days.append(pickle.dumps(day, protocol=5))

    def settlements(self) -> Iterator[SalesDay]:
        """Give the settlements, and let go of each."""
        self.days.reverse()
        while self.days:
            yield _unpickled(self.days.pop())


class Journal:
    """What one register delivered; a receipt or Z that is there twice counts once."""

    def __init__(self, location: str, till_id: str, opening: time) -> None:
        """Begin a register; `opening` is when its business day begins."""
        self._opening = opening
        self._reports: dict[tuple[str, str, int], bytes] = {}  # pickled, as what is told
        self._receipts: dict[str, Receipt] = {}  # those that are not settled yet
        self._changed: set[str] = set()
        # Those that are, as pickled lists; `forget` closes it.
        self._settled = SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115
        self._late = False
        self._told = Told(location, till_id)
        self._begin()

    def _begin(self) -> None:
        self._told = Told(self._told.location, self._told.till_id)
        self._left = sorted(map(_unpickled, self._reports.values()), key=_order)
        self._settled_to: tuple[int, datetime, str] | None = None  # the last Z that is, in Z order
        self._before: Mark | None = None  # the last receipt that is settled
        self._previous = ""
        self._look_again_at = 0
        self._ids = {receipt.trans_id for receipt in self._receipts.values()}

    def close(self, z: ZReport) -> None:
        """Keep a Z report; those of one file come before their receipts."""
        key = (z.number, z.at, z.total)
        if key in self._reports:
            return
        self._reports[key] = pickle.dumps(z, protocol=5)
        if self._settled_to and _order(z) <= self._settled_to:
            self._take_back()
        else:
            self._left = sorted([*self._left, z], key=_order)

    def add(self, receipt: Receipt) -> None:
        """Keep a receipt; the same nr with other content is noted (saft.md 4.4)."""
        if self._before and receipt.position <= self._before.position:
            self._take_back()
        if self._receipts.setdefault(receipt.nr, receipt) != receipt:
            self._changed.add(receipt.nr)
        self._ids.add(receipt.trans_id)
        while self._next_is_certain(receipt):
            self._settle(1)

    def end(self) -> Told:
        """Settle what is left, and give what the journal comes to."""
        self._settle(len(self._left))
        self._told.open = len(self._receipts)
        self._told.credit_sales += credit_sales(list(self._receipts.values()))
        self._reports.clear()
        self._receipts.clear()
        return self._told

    def forget(self) -> None:
        """Let go of what was put aside."""
        self._settled.close()

    def _next_is_certain(self, newest: Receipt) -> bool:
        """Say whether no receipt to come can change the next period, but one that comes late.

        The last receipt that its Z names is here, and one that is after its end. The newest receipt
        says when it is worth looking; where that was in vain, twice as many are waited for.
        """
        if self._late or not self._left or len(self._receipts) < self._look_again_at:
            return False
        z, following = self._left[0], [z.evidence.first for z in self._left[1:2]]
        named_are_here = not z.evidence.last or z.evidence.last in self._ids
        after_it = newest.at_utc > z.at_utc or not self._ids.isdisjoint(following)
        if not (named_are_here and after_it):
            return False
        certain = self._cut(1)[0].end < len(self._receipts)
        self._look_again_at = 0 if certain else 2 * len(self._receipts)
        return certain

    def _in_order(self) -> list[Receipt]:
        return sorted(self._receipts.values(), key=lambda r: (r.position, r.nr))

    def _cut(self, count: int) -> Sequence[Period]:
        """Cut the next periods; the Z report after them has a say in where the last one ends."""
        closings = [Closing(z.number, z.at_utc, z.evidence) for z in self._left[: count + 1]]
        marks = [_mark(receipt) for receipt in self._in_order()]
        return cut(marks, closings, self._before, self._previous).periods[:count]

    def _take_back(self) -> None:
        """Begin anew with all receipts, and wait for the end from now on."""
        self._receipts = {r.nr: r for r in self._put_aside()} | self._receipts
        self._late = True
        self._begin()

    def _put_aside(self) -> Iterator[Receipt]:
        """Give what was settled; nothing more is put there."""
        self._settled.seek(0)
        while True:
            try:
                yield from pickle.load(self._settled)  # noqa: S301 (written below, seen by no other)
            except EOFError:
                self._settled.truncate(0)
                return

    def _settle(self, count: int) -> None:
        """Settle the next Z reports, and let go of their receipts."""
        receipts, periods = self._in_order(), self._cut(count)
        for z, period in zip(self._left, periods, strict=False):
            self._tell(z, period, receipts[period.first : period.end])
        if not periods:
            return
        end, self._previous = periods[-1].end, periods[-1].number
        self._settled_to = _order(self._left[count - 1])
        self._left = self._left[count:]
        self._before = _mark(receipts[end - 1]) if end else self._before
        pickle.dump(receipts[:end], self._settled, protocol=5)
        self._told.credit_sales += credit_sales(receipts[:end])
        self._receipts = {receipt.nr: receipt for receipt in receipts[end:]}
        self._ids = {receipt.trans_id for receipt in receipts[end:]}

    def _tell(self, z: ZReport, period: Period, part: Sequence[Receipt]) -> None:
        register = self._told.till_id
        if not period.complete:
            issue = Issue("z-incomplete", z.number, (("register", register),))
            self._told.findings.append(issue)
            return
        day = settle(z, part, register, self._opening, period.gaps, period.previous)
        changed = [Issue("receipt-changed", r.nr) for r in part if r.nr in self._changed]
        findings = (*changed, *day.findings)
        self._told.keep(replace(day, findings=findings))


def _unpickled(value: bytes) -> Any:
    return pickle.loads(value)  # noqa: S301 (pickled here, seen by no other)


def _order(z: ZReport) -> tuple[int, datetime, str]:
    return z_order(z.number, z.at_utc)


def _mark(receipt: Receipt) -> Mark:
    return Mark(receipt.position, receipt.nr, receipt.trans_id, receipt.at_utc)
