"""How much of Kontooppsett is ready, for whoever asks whether a company can export."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounting import clock
from accounting.books.domain.setup import RuleKey
from accounting.books.queries import active_departments
from accounting.books.row_words import words_of
from accounting.books.setup_reading import SetupReading
from accounting.books.setup_rows import Row
from accounting.books.setup_usage import has_rule
from accounting.company.models import Company, Department


@dataclass(frozen=True, slots=True)
class Lacking:
    """A row that is not ready: its name, and what its link to Kontooppsett carries.

    `department` is '' for the company's default.
    """

    department: str
    key: RuleKey
    name: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """`ready` of `total` rows can be booked; `missing` names the others."""

    ready: int
    total: int
    missing: tuple[Lacking, ...]

    @property
    def complete(self) -> bool:
        """Say whether every row is ready."""
        return not self.missing


def readiness(company: Company, department: Department | None = None) -> Readiness:
    """Count the rows that settlements need: one department's, or for None those of the whole company.

    Before any till has delivered, the usual rows count. In the whole company's count each row stands
    once: at the default, or at the department that has a rule of its own for it.
    """
    reading = SetupReading(company, department, clock.today())
    if department:
        return _counted([(department.name, row) for row in reading.page().wanted])
    rows = [("", row) for row in reading.page().wanted]
    for each in active_departments(company):
        rows += [(each.name, row) for row in _answered_for(reading.of(each))]
    return _counted(rows)


def _answered_for(reading: SetupReading) -> Iterator[Row]:
    """Give the rows of a department that it has a rule of its own for, as narrow or as wide as it is."""
    for row in reading.page().wanted:
        if row.used and has_rule(reading.saved, row.used, reading.today):
            yield row


def _counted(rows: list[tuple[str, Row]]) -> Readiness:
    missing = [Lacking(name, row.key, words_of(row)[0]) for name, row in rows if not row.ready]
    return Readiness(len(rows) - len(missing), len(rows), tuple(missing))
