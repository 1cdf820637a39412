"""Why a journal line has its amount: the rules that put it there, and the receipts behind it. Pure."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from accounting.books.domain.day import SalesDay
from accounting.books.domain.journal import Journal, Line, booked
from accounting.books.domain.money import Ore
from accounting.books.domain.postings import COUNTED, Posting, Source, postings
from accounting.books.domain.sales import Receipt
from accounting.books.domain.setup import Rule, RuleKey, Setup
from accounting.books.domain.totals import money_of


@dataclass(frozen=True, slots=True)
class Placed:
    """One amount of a line, and the rule that placed it: the row's key, what it says, whose row it is."""

    posting: Posting
    key: RuleKey
    rule: Rule
    own: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """Everything that a line is summed from; the amounts of `placed` make the line's, to the øre."""

    line: Line
    placed: tuple[Placed, ...]

    @property
    def sources(self) -> frozenset[Source]:
        """Name the amounts, as `part_of` finds them again in each receipt."""
        return frozenset(each.posting.source for each in self.placed)


def behind(journal: Journal, day: SalesDay, setup: Setup, number: int) -> Behind | None:
    """Explain one line of a journal, by its place; None where these rules do not give this line.

    They do not where the journal was built with others, or the settlement is another by now.
    """
    line = journal.lines[number]
    placed = defaultdict[tuple[str, str, str, str], list[Placed]](list)
    for posting in postings(day):
        lines, _issues = booked(posting, day.business_date, setup)
        found = setup.find(posting.wanted, day.business_date)
        for each in lines if found else ():
            key, rule = found or (posting.wanted, Rule("", ""))
            placed[each.place].append(Placed(posting, key, rule, setup.holds(key)))
    there = placed.get(line.place, [])
    if sum(each.posting.amount for each in there) != line.amount:
        return None
    return Behind(line, tuple(there))


def part_of(receipt: Receipt, sources: frozenset[Source]) -> Ore:
    """Give what of a receipt is in the amounts that these sources name; debit is +, as in the line.

    Over all receipts of a settlement the parts make the amounts, less what a person counted.
    """
    amounts: Counter[Source] = Counter()
    for posting in postings(money_of([receipt])):
        amounts[posting.source] += posting.amount
    return Ore(sum(amounts[source] for source in sources - {COUNTED}))
