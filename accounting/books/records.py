"""Every write about how things are booked: Kontooppsett, the chart, and journals as built."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model

from accounting.books.domain import stored
from accounting.books.domain.journal import Journal
from accounting.books.domain.setup import Account, Rule, RuleKey, Rules, Terms, VatCode
from accounting.books.models import (
    ChartAccount,
    ChartDepartment,
    ChartTerms,
    ChartVatCode,
    JournalSnapshot,
    Settlement,
    SetupEntry,
)
from accounting.books.queries import rule_key, rules_in
from accounting.books.setup_changes import (
    Changes,
    ordered,
    same_rules,
    same_rules_of,
    subject,
    with_changes,
)
from accounting.company import audit
from accounting.company.models import Company, Department
from accounting.company.records import bump_setup_version

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class Overtaken(Exception):
    """Somebody else has saved the same rows of Kontooppsett since they were shown; nothing is written."""


@transaction.atomic
def save_setup(
    company: Company,
    department: Department | None,
    rows: Changes,
    *,
    shown: Rules | None = None,
    actor: "AbstractBaseUser | None" = None,
) -> int:
    """Write rows of Kontooppsett; None removes a row with all its days. Gives how many changed.

    A rule takes the place of the one of its own day; the row's other days stay. `shown` is the row set
    as the person saw it: raises Overtaken when it is kept otherwise by now, unless all of this stands
    there already. Each change stands in the activity log with before and after; the setup version grows
    once. The queries do not grow with the rows, save where a database takes only so many values a time.
    """
    kept = _kept_for_writing(company, department)
    saved = rules_in(kept)
    after = with_changes(saved, rows)
    if shown is not None and not same_rules(shown, saved) and not same_rules(after, saved):
        raise Overtaken
    return _write(company, department, kept, after, actor)


@transaction.atomic
def remove_rule(
    company: Company,
    department: Department | None,
    key: RuleKey,
    valid_from: date,
    *,
    actor: "AbstractBaseUser | None" = None,
) -> bool:
    """Take away what a row says from one day on; its other days stay. Says whether there was such."""
    kept = _kept_for_writing(company, department)
    after = dict(rules_in(kept))
    after[key] = tuple(rule for rule in after.get(key, ()) if rule.valid_from != valid_from)
    return _write(company, department, kept, after, actor) > 0


def _kept_for_writing(company: Company, department: Department | None) -> list[SetupEntry]:
    """Read a row set while nobody else can write it: whoever comes second waits here."""
    Company.objects.select_for_update().get(pk=company.pk)
    return list(company.setup_entries.filter(department=department).order_by("valid_from"))


def _write(
    company: Company,
    department: Department | None,
    kept: list[SetupEntry],
    after: Rules,
    actor: "AbstractBaseUser | None",
) -> int:
    """Make the row set what it shall be, note each row that changed, and count them."""
    before = rules_in(kept)
    keys = dict.fromkeys([*before, *after])
    changed = [key for key in keys if not same_rules_of(key, before, after)]
    if changed:
        name = str(department or "")
        told = [
            (subject(name, key), _said(before.get(key, ())), _said(after.get(key, ())))
            for key in changed
        ]
        _replace(company, department, kept, {key: after.get(key, ()) for key in changed})
        audit.note_all(company, "setup-changed", told, actor=actor)
        bump_setup_version(company)
    return len(changed)


def _replace(
    company: Company, department: Department | None, kept: list[SetupEntry], rows: Rules
) -> None:
    """Write whole rows, every day of each, in one statement for each of gone, changed and new."""
    wanted = {(key, rule.valid_from): rule for key, dated in rows.items() for rule in dated}
    there = {(rule_key(entry), entry.valid_from): entry for entry in kept}
    gone = [entry.pk for at, entry in there.items() if at[0] in rows and at not in wanted]
    SetupEntry.objects.filter(pk__in=gone).delete()
    SetupEntry.objects.bulk_update(
        [_filled(there[at], rule) for at, rule in wanted.items() if at in there],
        ["account", "posting_vat_code", "kind"],
    )
    SetupEntry.objects.bulk_create(
        _filled(_entry(company, department, *at), rule)
        for at, rule in wanted.items()
        if at not in there
    )


def _entry(
    company: Company, department: Department | None, key: RuleKey, valid_from: date
) -> SetupEntry:
    return SetupEntry(
        company=company,
        department=department,
        role=key.role,
        own_code=key.own,
        standard_code=key.standard,
        vat_code=key.vat_code,
        valid_from=valid_from,
    )


def _filled(entry: SetupEntry, rule: Rule) -> SetupEntry:
    entry.account, entry.posting_vat_code, entry.kind = rule.account, rule.vat_code, rule.kind
    return entry


def _said(dated: tuple[Rule, ...]) -> list[dict[str, str]]:
    return [
        {
            "account": rule.account,
            "vat_code": rule.vat_code,
            "kind": rule.kind,
            "valid_from": rule.valid_from.isoformat(),
        }
        for rule in ordered(dated)
    ]


@transaction.atomic
def replace_chart(
    company: Company,
    accounts: Iterable[tuple[str, Account]],
    vat_codes: Iterable[tuple[str, VatCode]],
    departments: Iterable[tuple[str, str, str]],
    terms: Terms | None = None,
) -> bool:
    """Replace the fetched chart as a whole: (remote key, account), (key, VAT code), (key, code, name).

    Where it is another than before the setup version grows, so that what was stopped for it is tried
    anew; says whether it was. Of two at once the second waits, and its chart stands.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    fetched: dict[type[Model], list[Model]] = {
        ChartAccount: [
            ChartAccount(company=company, remote_key=key, **asdict(each)) for key, each in accounts
        ],
        ChartVatCode: [
            ChartVatCode(company=company, remote_key=key, **asdict(each)) for key, each in vat_codes
        ],
        ChartDepartment: [
            ChartDepartment(company=company, remote_key=key, code=code, name=name)
            for key, code, name in departments
        ],
        ChartTerms: [ChartTerms(company=company, **asdict(terms or Terms()))],
    }
    changed = [table for table, rows in fetched.items() if not _same(company, table, rows)]
    for table in changed:
        table._default_manager.filter(company=company).delete()  # noqa: SLF001  # of any model
        table._default_manager.bulk_create(fetched[table])  # noqa: SLF001
    if changed:
        bump_setup_version(company)
    return bool(changed)


def _same(company: Company, table: type[Model], rows: Iterable[Model]) -> bool:
    """Say whether these rows are those that are kept."""
    names = [field.attname for field in table._meta.concrete_fields if not field.primary_key]
    kept = table._default_manager.filter(company=company).values_list(*names)  # noqa: SLF001
    return set(kept) == {tuple(getattr(row, name) for name in names) for row in rows}


def keep_journals(
    built: Iterable[tuple[Settlement, Journal]], setup_version: int, now: datetime
) -> list[JournalSnapshot]:
    """Keep journals as they were built, each with its hash and the setup version, in one statement."""
    snapshots = []
    for settlement, journal in built:
        content = stored.journal_text(journal)
        snapshots.append(
            JournalSnapshot(
                settlement=settlement,
                setup_version=setup_version,
                built_at=now,
                debit=journal.debit,
                content=content,
                digest=stored.digest(content),
            )
        )
    return JournalSnapshot.objects.bulk_create(snapshots)
