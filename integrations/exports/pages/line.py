"""«Hvorfor dette tallet?»: one journal line, the rules that placed it, and the receipts behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from accounting.books.as_then import setup_then
from accounting.books.domain.behind import Behind, Placed, behind, part_of
from accounting.books.domain.journal import Line
from accounting.books.domain.setup import Rule, RuleKey, Setup
from accounting.books.queries import SetupReader, changes_of, receipts_of
from accounting.books.row_words import rule_words
from accounting.books.setup_changes import same_but_date, subject
from accounting.company.models import AuditEntry, Company
from integrations.exports.pages.beside import KINDS
from integrations.exports.pages.shown import Shown


@dataclass(frozen=True, slots=True)
class Part:
    """One receipt and what of it is in the line, in øre, + on the line's own side."""

    nr: str
    at: datetime
    kind: str
    amount: int

    @property
    def words(self) -> str:
        """Say what the receipt is."""
        return str(KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class PlacedBy:
    """One rule of the line: what it places, the row, who saved it, and what would count today.

    `department` is the row's own department, None for the company's default; `now` is None where the
    same would count today, or nothing would: then `gone`.
    """

    names: tuple[str, ...]
    key: RuleKey
    rule: Rule
    department: int | None
    department_name: str
    saved: AuditEntry | None
    now: Rule | None
    gone: bool

    @property
    def words(self) -> str:
        """Give the rule as people write it: `3030, mva 31`."""
        return rule_words(self.rule)

    @property
    def words_now(self) -> str:
        """Give the rule that would count today."""
        return rule_words(self.now)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line explained. Without `rules` nothing that is known gives it, and the page says so.

    `count` is what of the amount a person counted; `receipts` and it make the line, but for `rest`. All
    in øre, + on the line's own side.
    """

    it: Shown
    number: int
    line: Line
    account_name: str
    version: int
    built_at: datetime | None
    rules: tuple[PlacedBy, ...]
    receipts: tuple[Part, ...]
    count: int

    @property
    def sum(self) -> int:
        """Give the sum of the receipts' parts in øre."""
        return sum(part.amount for part in self.receipts)

    @property
    def amount(self) -> int:
        """Give the line's amount, which is never negative on its own side."""
        return abs(self.line.amount)

    @property
    def total(self) -> int:
        """Give what receipts and count make, in øre."""
        return self.sum + self.count

    @property
    def rest(self) -> int:
        """Give what neither receipts nor the count explain: 0 unless the till has delivered others."""
        return self.amount - self.total


def shown_line(company: Company, it: Shown, number: int) -> ShownLine | None:
    """Explain line `number` of a settlement's journal, counted from 1; None where it has no such."""
    if it.journal is None or not 1 <= number <= len(it.lines):
        return None
    found, setup = _explained(company, it, number - 1)
    snapshot = it.export.snapshot if it.frozen and it.export else None
    return ShownLine(
        it=it,
        number=number,
        line=it.journal.lines[number - 1],
        account_name=it.lines[number - 1].name,
        version=setup.version,
        built_at=snapshot.built_at if snapshot else None,
        rules=tuple(_rules(company, it, found, setup)) if found else (),
        receipts=tuple(_parts(it, found)) if found else (),
        count=_count(found) if found else 0,
    )


def _explained(company: Company, it: Shown, index: int) -> tuple[Behind | None, Setup]:
    """Ask the rules that the journal was built with; a correction is a difference, which none gives."""
    now = SetupReader(company).for_register(it.settlement.register)
    snapshot = it.export.snapshot if it.frozen and it.export else None
    same = snapshot is None or snapshot.setup_version == company.setup_version
    setup = now if same or not snapshot else setup_then(company, it.settlement.register, snapshot)
    if it.journal is None or it.journal.corrects:
        return None, setup
    found = behind(it.journal, it.day, setup, index)
    # What the log cannot tell exactly, today's rules may: they give the line, or they do not.
    found = found or behind(it.journal, it.day, replace(now, version=setup.version), index)
    return found, setup


def _rules(company: Company, it: Shown, found: Behind, setup: Setup) -> Iterator[PlacedBy]:
    today = SetupReader(company).for_register(it.settlement.register)
    named: dict[tuple[RuleKey, bool], list[Placed]] = {}
    for each in found.placed:
        named.setdefault((each.key, each.own), []).append(each)
    snapshot = it.export.snapshot if it.frozen and it.export else None
    for (key, own), placed in named.items():
        name = setup.department if own else ""
        changes = changes_of(company, subject(name, key))
        if snapshot:
            changes = changes.filter(at__lte=snapshot.built_at)
        now = today.find(placed[0].posting.wanted, it.day.business_date)
        rule = placed[0].rule
        yield PlacedBy(
            names=tuple(dict.fromkeys(each.posting.text for each in placed)),
            key=key,
            rule=rule,
            department=it.settlement.register.department_id if own else None,
            department_name=name,
            saved=changes.first(),
            now=now[1] if now and not same_but_date(now[1], rule) else None,
            gone=now is None,
        )


def _parts(it: Shown, found: Behind) -> Iterator[Part]:
    sources, sign = found.sources, _sign(found.line)
    for receipt in receipts_of(it.settlement):
        amount = part_of(receipt, sources)
        if amount:
            yield Part(receipt.nr, receipt.at_utc, receipt.kind, sign * amount)


def _count(found: Behind) -> int:
    counted = sum(p.posting.amount for p in found.placed if p.posting.counted)
    return _sign(found.line) * counted


def _sign(line: Line) -> int:
    return 1 if line.amount > 0 else -1
