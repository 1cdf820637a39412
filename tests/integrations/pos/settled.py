"""A file's settlements as values, each with its receipts, and the journals they become.

The same rules as everywhere (`cut`, `settle`, `build_journal`), put together once more here so that the
tests can count every receipt: what is settled, what waits for the rest, what no Z has closed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time

from accounting.books.domain import stored
from accounting.books.domain.codes import Role
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.periods import Closing, Mark, cut, z_order
from accounting.books.domain.sales import Receipt, ZReport
from accounting.books.domain.setup import Kind, Rule, RuleKey, Setup
from accounting.books.domain.totals import settle
from accounting.books.suggestions import GIFT_CARDS, SUGGESTED
from integrations.pos.saft import Item, ReceiptRead, ZRead

OPENING = time(5)
# What people add to the suggestions: what has none, and the groups that are no turnover.
ADDED = {
    RuleKey(Role.SALES, "910", "", "7"): Rule("2970", "0", kind=Kind.DEPOSIT),
    RuleKey(Role.SALES, "920", "", "7"): Rule("2910", "0", kind=Kind.TIP),
    RuleKey(Role.DEPOSIT): Rule("1570", "0"),
    RuleKey(Role.PAIDIN): Rule("1911", "0"),
    RuleKey(Role.PAIDOUT): Rule("1912", "0"),
    RuleKey(Role.SUSPENSE): Rule("1990", "0"),
}


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


def the_setup(some: Iterable[SalesDay], added: Mapping[RuleKey, Rule] = ADDED) -> Setup:
    """The suggested setup, with the groups that look like gift cards set up as such, and ADDED."""
    looks = {
        RuleKey(Role.SALES, sale.group, "", sale.vat_code): Rule(
            GIFT_CARDS, "0", kind=Kind.GIFT_CARD
        )
        for day in some
        for sale in day.sales
        if sale.seems_gift_card
    }
    return Setup(default={key: (rule,) for key, rule in {**SUGGESTED, **looks, **added}.items()})


def journal_text(day: SalesDay, setup: Setup) -> str:
    """The journal as it would be stored and sent. Fails where something stands in the way."""
    return stored.journal_text(the_journal(day, setup))


def the_journal(day: SalesDay, setup: Setup) -> Journal:
    """The journal of a settlement. Fails where something stands in the way."""
    built: Journal | tuple[Issue, ...] = build_journal(day, setup)
    assert isinstance(built, Journal), built
    return built
