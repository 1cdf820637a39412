"""Every write about how things are booked: Kontooppsett, the chart, and journals as built."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from accounting.books.domain import stored
from accounting.books.domain.journal import Journal
from accounting.books.domain.setup import Account, Rule, RuleKey, VatCode
from accounting.books.models import (
    ChartAccount,
    ChartDepartment,
    ChartVatCode,
    JournalSnapshot,
    Settlement,
    SetupEntry,
)
from accounting.books.queries import rule_key
from accounting.company import audit
from accounting.company.models import Company, Department
from accounting.company.records import bump_setup_version

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def save_setup(
    company: Company,
    department: Department | None,
    rows: Mapping[RuleKey, Rule | None],
    *,
    actor: "AbstractBaseUser | None" = None,
) -> int:
    """Write rows of Kontooppsett; None removes a row. Gives how many changed.

    Each change stands in the activity log with before and after; the setup version grows once.
    """
    existing: dict[RuleKey, list[SetupEntry]] = defaultdict(list)
    for entry in company.setup_entries.filter(department=department).order_by("valid_from"):
        existing[rule_key(entry)].append(entry)
    changed = 0
    for key, rule in rows.items():
        kept = existing[key]
        before = [_said(entry) for entry in kept]
        after = _put(company, department, key, rule, kept) if rule else _remove(kept)
        if after != before:
            changed += 1
            subject = f"{department or ''} {key}".strip()
            audit.note(company, "setup-changed", subject, actor=actor, before=before, after=after)
    if changed:
        bump_setup_version(company)
    return changed


def _remove(kept: list[SetupEntry]) -> list[dict[str, str]]:
    for entry in kept:
        entry.delete()
    return []


def _put(
    company: Company,
    department: Department | None,
    key: RuleKey,
    rule: Rule,
    kept: list[SetupEntry],
) -> list[dict[str, str]]:
    """Write the rule for its day; the row's other days stay as they are."""
    others = [entry for entry in kept if entry.valid_from != rule.valid_from]
    entry, _ = SetupEntry.objects.update_or_create(
        company=company,
        department=department,
        role=key.role,
        own_code=key.own,
        standard_code=key.standard,
        vat_code=key.vat_code,
        valid_from=rule.valid_from,
        defaults={
            "account": rule.account,
            "posting_vat_code": rule.vat_code,
            "kind": rule.kind,
        },
    )
    return [_said(entry) for entry in sorted([*others, entry], key=lambda e: e.valid_from)]


def _said(entry: SetupEntry) -> dict[str, str]:
    return {
        "account": entry.account,
        "vat_code": entry.posting_vat_code,
        "kind": entry.kind,
        "valid_from": entry.valid_from.isoformat(),
    }


@transaction.atomic
def replace_chart(
    company: Company,
    accounts: Iterable[tuple[str, Account]],
    vat_codes: Iterable[tuple[str, VatCode]],
    departments: Iterable[tuple[str, str, str]],
) -> None:
    """Replace the fetched chart as a whole: (remote key, account), (key, VAT code), (key, code, name).

    The setup version grows, so that what was stopped for an account is tried against the new chart.
    """
    for table in (ChartAccount, ChartVatCode, ChartDepartment):
        table.objects.filter(company=company).delete()
    ChartAccount.objects.bulk_create(
        ChartAccount(
            company=company,
            remote_key=remote_key,
            number=account.number,
            name=account.name,
            active=account.active,
            vat_code=account.vat_code,
            vat_locked=account.vat_locked,
            department_required=account.department_required,
            control=account.control,
        )
        for remote_key, account in accounts
    )
    ChartVatCode.objects.bulk_create(
        ChartVatCode(
            company=company,
            remote_key=remote_key,
            code=code.code,
            name=code.name,
            rate=code.rate,
            active=code.active,
            valid_from=code.valid_from,
            valid_to=code.valid_to,
        )
        for remote_key, code in vat_codes
    )
    ChartDepartment.objects.bulk_create(
        ChartDepartment(company=company, remote_key=remote_key, code=code, name=name)
        for remote_key, code, name in departments
    )
    bump_setup_version(company)


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
