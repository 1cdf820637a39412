"""What is still to be booked when a settlement that was booked turns out to be another. Pure.

Only the difference per (account, VAT code, department) is posted, as a balanced journal of its own:
never a reversal of what stands there (DESIGN.md 5). Where Kontooppsett has changed since, amounts move
between accounts, so that each account ends as the new build has it (docs/decisions/0015).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from accounting.books.domain.journal import Journal, Line
from accounting.books.domain.money import ZERO, Ore

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One (account, VAT code, department) before and after, in signed øre; `text` is its line's."""

    account: str
    vat_code: str
    department: str
    text: str
    before: Ore
    after: Ore

    @property
    def difference(self) -> Ore:
        """Give what is still to be booked; debit is +."""
        return Ore(self.after - self.before)


def correction(new: Journal, sent: Sequence[Journal], corrects: str) -> Journal | None:
    """Give the journal that makes the sum of all parts equal to `new`; None where it is so already.

    `sent` are the parts that stand over there, in their order; `corrects` is what people call the
    first of them. Its date is that of `new`: a date alone is nothing to correct with money.
    """
    lines = tuple(_difference(new, sent))
    if not lines:
        return None
    codes = dict(code for part in (*sent, new) for code in _departments(part))
    used = {line.department for line in lines} - {new.department, ""}
    return replace(
        new,
        lines=lines,
        corrects=corrects,
        other_departments=tuple((name, codes[name]) for name in sorted(used)),
    )


def _departments(part: Journal) -> Iterator[tuple[str, str]]:
    yield part.department, part.department_code
    yield from part.other_departments


def changes(new: Journal, sent: Sequence[Journal]) -> tuple[Change, ...]:
    """Give what differs, as people are shown it before they approve; () where nothing does."""
    before, after = _sums(line for part in sent for line in part.lines), _sums(new.lines)
    return tuple(
        Change(*_place(line), line.text, before.get(place, ZERO), after.get(place, ZERO))
        for line in _difference(new, sent)
        for place in [_place(line)]
    )


def total(parts: Iterable[Journal]) -> Ore:
    """Give the debit side of everything in the parts together."""
    sums = _sums(line for part in parts for line in part.lines)
    return Ore(sum(amount for amount in sums.values() if amount > 0))


def _difference(new: Journal, sent: Sequence[Journal]) -> Iterator[Line]:
    """Give the lines of the difference: first as the new build has them, then what it lacks."""
    stands = [replace(line, amount=Ore(-line.amount)) for part in sent for line in part.lines]
    every = [*new.lines, *stands]
    for place, amount in _sums(every).items():
        if amount:
            yield replace(_telling(line for line in every if _place(line) == place), amount=amount)


def _telling(lines: Iterable[Line]) -> Line:
    """Choose the line whose words tell what moved: the kind of money that differs most."""
    found = list(lines)
    moved: dict[tuple[str, str], int] = {}
    for line in found:
        kind = (line.role, line.group)
        moved[kind] = moved.get(kind, 0) + line.amount
    return max(found, key=lambda line: abs(moved[line.role, line.group]))


def _sums(lines: Iterable[Line]) -> dict[Place, Ore]:
    sums: dict[Place, Ore] = {}
    for line in lines:
        sums[_place(line)] = Ore(sums.get(_place(line), ZERO) + line.amount)
    return sums


def _place(line: Line) -> Place:
    return line.account, line.vat_code, line.department
