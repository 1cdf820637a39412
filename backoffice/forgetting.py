"""Forgetting years whose duty to be kept is over: the only way past the guards (insert_only.py).

Accounting material is kept five years after the end of its year (bokføringsloven § 13; reliability.md
1, Law). One company's year goes whole, in one transaction with its line in the log, or not at all.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import models, transaction
from django.db.models import Model, QuerySet

from accounting import clock, insert_only
from accounting.books import forgetting as books
from accounting.books.models import JournalSnapshot
from accounting.company import audit
from accounting.company import forgetting as log
from accounting.company.models import AuditEntry, Company
from integrations.exports import forgetting as exports
from integrations.exports.models import Attempt
from integrations.pos import forgetting as pos

KEPT_YEARS = 5
GUARDED = (Attempt, JournalSnapshot, AuditEntry)


class MustBeKept(Exception):
    """The years are not over, or something of them is not finished."""


def check(before: int) -> None:
    """Hold a year against the duty. Raises MustBeKept."""
    first_kept = clock.today().year - KEPT_YEARS
    if before > first_kept:
        last = before - 1
        raise MustBeKept(
            f"{last} må oppbevares ut {last + KEPT_YEARS}. Nå kan det som er eldre enn"
            f" {first_kept}, slettes: --before {first_kept}."
        )


def years(company: Company, before: int) -> range:
    """Give the years of a company that can be forgotten, oldest first."""
    first = books.first_year(company)
    return range(before if first is None else first, before)


def counted(company: Company, year: int) -> Counter[str]:
    """Count what would be forgotten with a year and whatever is older, by table; nothing is changed.

    Raises MustBeKept.
    """
    end = _end(company, year)
    rows = (*_unguarded(company, end), *_guarded(company, end))
    return Counter({each.model._meta.model_name or "": each.count() for each in rows})


def forget(company: Company, year: int, by: str) -> Counter[str]:
    """Forget a year and whatever is older, whole or not at all; give how many rows of each table.

    Receipts go first: while they do, nobody is kept from the guarded tables. Raises MustBeKept.
    """
    check(year + 1)
    gone: Counter[str] = Counter()
    with transaction.atomic(durable=True):
        end = _end(company, year)
        for rows in _unguarded(company, end):
            gone += _delete(rows)
        with insert_only.lifted(GUARDED):
            for rows in _guarded(company, end):
                gone += _delete(rows)
        rows_gone = ", ".join(f"{name} {number}" for name, number in sorted(gone.items()))
        after = {"year": year, "name": by, "rows": rows_gone}
        audit.note(company, "year-forgotten", str(year), after=after)
    return gone


def _end(company: Company, year: int) -> date:
    """Give the day on which what is kept begins. Raises MustBeKept."""
    end = date(year + 1, 1, 1)
    open_ones = exports.unfinished_before(company, end)
    if open_ones:
        raise MustBeKept(
            f"{company.org_no}: {open_ones} overføringer til og med {year} er ikke ferdige."
            " Send dem, eller utelat dem, først."
        )
    return end


def _unguarded(company: Company, end: date) -> Iterator[QuerySet[Model]]:
    yield books.receipts_before(company, end)
    yield books.z_reports_before(company, end)
    yield books.closed_days_before(company, end)
    yield pos.files_before(company, books.midnight(end))
    yield exports.slots_before(company, end)


def _guarded(company: Company, end: date) -> Iterator[QuerySet[Model]]:
    """What is guarded, and what it stands on, in the order in which nothing points at what goes."""
    yield exports.attempts_before(company, end)
    yield exports.exports_before(company, end)
    yield exports.runs_before(company, end)
    yield books.snapshots_before(company, end)
    yield books.settlements_before(company, end)
    yield log.log_before(company, books.midnight(end))


def _delete(rows: QuerySet[models.Model]) -> Counter[str]:
    """Delete without reading whole rows; give how many of each table, what hung on them too."""
    _, by_label = rows.only("pk").delete()
    return Counter({label.split(".")[1].lower(): number for label, number in by_label.items()})
