"""Kontooppsett as it was: what the activity log says has changed since is undone, the latest first."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from accounting.books.domain.setup import Kind, Rule, RuleKey, Rules, Setup
from accounting.books.models import JournalSnapshot
from accounting.books.queries import SetupReader, rules_of
from accounting.company.models import AuditEntry, Company, Register

Names = Mapping[str, int]


def setup_then(company: Company, register: Register, snapshot: JournalSnapshot) -> Setup:
    """Give the rules that a frozen journal was built with, as far as the log tells.

    The department is the one that the journal names: the till may stand in another by now. The chart
    is today's; it decides whether a journal is built, not what is on it.
    """
    journal = snapshot.as_journal()
    now = SetupReader(company).for_register(register)
    names = _names_since(company, snapshot.built_at)
    rules = _rules_at(company, names, snapshot.built_at)
    return replace(
        now,
        version=snapshot.setup_version,
        department=journal.department,
        own=rules.get(names.get(journal.department, 0), {}),
        default=rules.get(None, {}),
    )


def _names_since(company: Company, at: datetime) -> Names:
    """Give each department by the name it has, and by those that it had since then."""
    names = dict(company.departments.values_list("name", "pk"))
    renamed = company.audit.filter(action="department-renamed", at__gte=at).order_by("-pk")
    for entry in renamed:
        before, after = (entry.before or {}).get("name"), (entry.after or {}).get("name")
        if after in names and before:
            names.setdefault(before, names[after])
    return names


def _rules_at(company: Company, names: Names, at: datetime) -> Mapping[int | None, Rules]:
    rules: dict[int | None, dict[RuleKey, tuple[Rule, ...]]] = {
        department: dict(found) for department, found in rules_of(company).items()
    }
    changes = company.audit.filter(action="setup-changed", at__gt=at).order_by("-pk")
    for entry in changes:
        row = row_of(entry, names)
        if row:
            department, key = row
            rules.setdefault(department, {})[key] = rules_said(entry.before or ())
    return rules


def row_of(entry: AuditEntry, names: Names) -> tuple[int | None, RuleKey] | None:
    """Give the department and the row that a line of the log is about; None for one long gone."""
    for name, department in ("", None), *names.items():
        start = f"{name} " if name else ""
        if entry.subject.startswith(start):
            try:
                return department, RuleKey.parse(entry.subject[len(start) :])
            except ValueError:
                continue  # another's, whose name begins alike
    return None


def rules_said(said: Iterable[Mapping[str, str]]) -> tuple[Rule, ...]:
    """Read the rules of a row as the activity log keeps them."""
    return tuple(
        Rule(
            each["account"],
            each["vat_code"],
            date.fromisoformat(each["valid_from"]),
            Kind(each["kind"]),
        )
        for each in said
    )
