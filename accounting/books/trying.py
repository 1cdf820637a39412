"""«Prøv oppsettet»: the latest settlements booked with a setup that nobody has saved. Writes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal, build_journal
from accounting.books.domain.money import Ore
from accounting.books.domain.setup import Setup
from accounting.books.models import Settlement
from accounting.books.queries import SetupReader
from accounting.books.setup_changes import Changes, with_changes
from accounting.books.setup_reading import SetupReading

HOW_MANY = 30


@dataclass(frozen=True, slots=True)
class Tried:
    """One settlement as it is booked now, and as it would be; issues where it would be stopped."""

    settlement_id: int
    day: SalesDay
    before: Journal | tuple[Issue, ...]
    after: Journal | tuple[Issue, ...]

    @property
    def stopped(self) -> bool:
        """Say whether it would be stopped."""
        return not isinstance(self.after, Journal)

    @property
    def freed(self) -> bool:
        """Say whether it is stopped now, and would no longer be."""
        return not self.stopped and not isinstance(self.before, Journal)

    @property
    def changed(self) -> bool:
        """Say whether it would be booked, and otherwise than now."""
        return not self.stopped and self.before != self.after

    @property
    def reasons(self) -> tuple[Issue, ...]:
        """Give what would stop it."""
        return () if isinstance(self.after, Journal) else self.after


@dataclass(frozen=True, slots=True)
class AccountMove:
    """What the settlements that change book on one account, now and then; øre, debit +."""

    account: str
    before: Ore
    after: Ore

    @property
    def difference(self) -> Ore:
        """Give after less before."""
        return Ore(self.after - self.before)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a setup would do to settlements, the latest first."""

    tried: tuple[Tried, ...]

    @property
    def changed(self) -> tuple[Tried, ...]:
        """Give those that would be booked otherwise, with those that are stopped now."""
        return tuple(each for each in self.tried if each.changed)

    @property
    def stopped(self) -> tuple[Tried, ...]:
        """Give those that would be stopped."""
        return tuple(each for each in self.tried if each.stopped)

    @property
    def freed(self) -> int:
        """Count those that are stopped now and would no longer be."""
        return sum(each.freed for each in self.tried)

    @property
    def stopped_already(self) -> int:
        """Count those that would be stopped and are so now."""
        return sum(not isinstance(each.before, Journal) for each in self.stopped)

    @property
    def same(self) -> int:
        """Count those that would be booked as now."""
        return len(self.tried) - len(self.changed) - len(self.stopped)

    @property
    def moves(self) -> tuple[AccountMove, ...]:
        """Give the accounts whose sum would change, over the settlements that are booked both ways."""
        both = [each for each in self.changed if not each.freed]
        before = _per_account(each.before for each in both)
        after = _per_account(each.after for each in both)
        moves = (
            AccountMove(account, Ore(before[account]), Ore(after[account]))
            for account in sorted({*before, *after})
        )
        return tuple(move for move in moves if move.difference)


def _per_account(built: Iterable[Journal | tuple[Issue, ...]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for journal in built:
        for line in journal.lines if isinstance(journal, Journal) else ():
            sums[line.account] += line.amount
    return sums


def try_setup(days: Iterable[tuple[int, SalesDay, Setup, Setup]]) -> Trial:
    """Book each (settlement id, day, setup now, setup then) both ways. Pure."""
    return Trial(
        tuple(
            Tried(number, day, build_journal(day, now), build_journal(day, then))
            for number, day, now, then in days
        )
    )


def try_changes(reading: SetupReading, changes: Changes) -> Trial:
    """Try changes on the latest settlements of the department, or of the company for the default.

    A handful of queries whatever the number of settlements.
    """
    company, department = reading.company, reading.department
    here = department.pk if department else None
    now = SetupReader(company, reading.chart, reading.rules)
    then = now.with_rules(here, with_changes(reading.saved, changes))
    settlements = Settlement.objects.filter(company=company, current=True, has_movement=True)
    if department:
        settlements = settlements.filter(register__department=department)
    latest = settlements.select_related("register").order_by("-business_date", "-pk")[:HOW_MANY]
    return try_setup(
        (each.pk, each.as_day(), now.for_register(each.register), then.for_register(each.register))
        for each in latest
    )
