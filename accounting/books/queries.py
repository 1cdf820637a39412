"""Reads: the setup that a register is booked with, settlements, and the chart's remote keys."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, QuerySet, Value

from accounting.books.domain import stored
from accounting.books.domain.codes import Role
from accounting.books.domain.sales import NOTHING_SEEN, Receipt, ZReport
from accounting.books.domain.setup import (
    Account,
    Chart,
    Kind,
    Rule,
    RuleKey,
    Rules,
    Setup,
    Terms,
    VatCode,
)
from accounting.books.models import ChartDepartment, Settlement, SetupEntry
from accounting.books.models import Receipt as ReceiptRow
from accounting.books.models import ZReport as ZReportRow
from accounting.company.models import AuditEntry, Company, Department, Register

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Known(TypedDict):
    known: bool


def chart_of(company: Company) -> Chart:
    """Give the accounting system's chart as last fetched; empty before the first time."""
    departments = company.chart_departments.values_list("code", "name")
    return replace(_booked_on(company), departments=dict(departments))


def _booked_on(company: Company) -> Chart:
    """Give what of the chart the rules of booking look at, as plain rows: there are hundreds."""
    accounts = company.chart_accounts.values_list(
        "number", "name", "active", "vat_code", "vat_locked", "department_required", "control"
    )
    # One statement reads the codes and, beside each, the terms: this is read for every page and run.
    vat_codes = company.chart_vat_codes.values_list(
        "company__chart_terms__locked_through",
        "company__chart_terms__begins",
        "company__chart_terms__vat_registered",
        "code",
        "name",
        "rate",
        "active",
        "valid_from",
        "valid_to",
    )
    terms = Terms()
    codes: dict[str, VatCode] = {}
    for locked_through, begins, registered, code, name, rate, active, since, until in vat_codes:
        codes[code] = VatCode(code, name, rate, active, since, until)
        terms = Terms(locked_through, begins, registered is not False)
    return Chart(accounts={row[0]: Account(*row) for row in accounts}, vat_codes=codes, terms=terms)


class SetupReader:
    """Gives the setup of any register of one company, reading the tables once for all of them.

    `company` must be freshly read: its setup version is stamped on what is built.
    """

    def __init__(
        self,
        company: Company,
        chart: Chart | None = None,
        rules: Mapping[int | None, Rules] | None = None,
    ) -> None:
        """Read what is not given: the company's chart, and its rules by department."""
        self._company = company
        self._chart = _booked_on(company) if chart is None else chart
        self._rules = rules_of(company) if rules is None else rules
        # A till of a department that is archived still books on it: the money was taken there.
        there = ChartDepartment.objects.filter(company=company, code=OuterRef("remote_code"))
        known = Exists(there) if self._chart.fetched else Value(value=True)
        departments = company.departments.annotate(known=known)
        self._departments = {d.pk: d for d in departments}
        self._several = sum(d.archived_at is None for d in self._departments.values()) > 1

    def with_rules(self, department: int | None, rules: Rules) -> "SetupReader":
        """Give a reader with other rules for one department by its id, or the default; asks nothing."""
        other = copy(self)
        other._rules = {**self._rules, department: rules}  # noqa: SLF001  # one of our own
        return other

    def for_register(self, register: Register) -> Setup:
        """Give the setup that this register's settlements are booked with."""
        own = self._departments.get(register.department_id or 0)
        return self._setup(own, self._company.place_of(register))

    def for_departments(self) -> list[Setup]:
        """Give the setup of each department in use; of a company without any, its only one."""
        used = [each for each in self._departments.values() if each.archived_at is None]
        return [self._setup(each, "") for each in used] or [self._setup(None, "")]

    def _setup(self, own: "WithAnnotations[Department, _Known] | None", place: str) -> Setup:
        return Setup(
            version=self._company.setup_version,
            place=place,
            department=own.name if own else "",
            department_code=own.remote_code if own else "",
            decided=own is not None or not self._several,
            link_needed=self._several,
            gone=own is not None and bool(own.remote_code) and not own.known,
            own=self._rules.get(own.pk if own else 0, {}),
            default=self._rules.get(None, {}),
            chart=self._chart,
        )


def rules_of(company: Company) -> Mapping[int | None, Rules]:
    """Give the saved rules of each department by its id; those of the default under None."""
    entries: dict[int | None, list[SetupEntry]] = defaultdict(list)
    for entry in company.setup_entries.all():
        entries[entry.department_id].append(entry)
    return {department: rules_in(rows) for department, rows in entries.items()}


def rules_in(entries: Iterable[SetupEntry]) -> Rules:
    """Give the rules that rows of one department, or of the default, hold."""
    rules: dict[RuleKey, tuple[Rule, ...]] = {}
    for entry in entries:
        key = rule_key(entry)
        rule = Rule(entry.account, entry.posting_vat_code, entry.valid_from, Kind(entry.kind))
        rules[key] = (*rules.get(key, ()), rule)
    return rules


def rule_key(entry: SetupEntry) -> RuleKey:
    """Give the row of Kontooppsett that an entry belongs to."""
    return RuleKey(Role(entry.role), entry.own_code, entry.standard_code, entry.vat_code)


def settlements_from(company: Company, day: datetime.date) -> QuerySet[Settlement]:
    """Give the current settlements with movement that were created on or after the day."""
    return company.settlements.filter(current=True, has_movement=True, created_on__gte=day)


def settlement_of(company: Company, register: Register, z_number: str) -> Settlement | None:
    """Give the current settlement of one Z."""
    return company.settlements.filter(register=register, z_number=z_number, current=True).first()


def stopped_by(company: Company, source_sha256: str, most: int) -> Sequence[Settlement]:
    """Give the first settlements that came from one file and that its content stops, by day."""
    rows = company.settlements.filter(source_sha256=source_sha256, current=True, stopped=True)
    ordered = rows.select_related("register__department").order_by("business_date", "pk")
    return list(ordered.defer("content")[:most])


def receipts_of(settlement: Settlement) -> Iterator[Receipt]:
    """Give the receipts that a settlement spans, in the till's order, those that count now.

    One query; there may be tens of thousands, and no more than a batch is held at a time.
    """
    rows = _spanned(settlement).filter(in_use=True).order_by("position", "nr")
    values = rows.values_list("nr", "position", "at_utc", "details")
    for row in values.iterator():
        yield stored.receipt_from(*row)


def twice_delivered(settlement: Settlement) -> list[str]:
    """Give the numbers of the receipts that a settlement spans and the till delivered anew."""
    later = _spanned(settlement).filter(version__gt=1)
    return list(later.order_by("position").values_list("nr", flat=True).distinct())


def versions_of(settlement: Settlement, nr: str) -> list[ReceiptRow]:
    """Give every version of one receipt of a settlement, the first delivered first."""
    return list(_spanned(settlement).filter(nr=nr).order_by("version"))


def _spanned(settlement: Settlement) -> QuerySet[ReceiptRow]:
    rows = ReceiptRow.objects.filter(register=settlement.register_id)
    span = (settlement.first_position, settlement.last_position)
    return rows.filter(position__range=span) if None not in span else rows.none()


def z_report_of(settlement: Settlement) -> ZReport:
    """Give what the till's Z report says of a settlement, as it was last delivered."""
    row = ZReportRow.objects.get(
        register=settlement.register_id, number=settlement.z_number, in_use=True
    )
    z = stored.z_from(row.details, row.at_utc, NOTHING_SEEN)
    return replace(z, figures=stored.figures_from(row.figures))


@dataclass(frozen=True, slots=True)
class RemoteKeys:
    """The accounting system's own ids, opaque here: account number, VAT code, department code → id."""

    accounts: Mapping[str, str]
    vat_codes: Mapping[str, str]
    departments: Mapping[str, str]


def code_book(company: Company) -> RemoteKeys:
    """Give the remote ids of everything in the fetched chart."""
    return RemoteKeys(
        accounts=dict(company.chart_accounts.values_list("number", "remote_key")),
        vat_codes=dict(company.chart_vat_codes.values_list("code", "remote_key")),
        departments=dict(company.chart_departments.values_list("code", "remote_key")),
    )


def active_departments(company: Company) -> Iterable[Department]:
    """Give the departments that are in use, by name."""
    return company.departments.filter(archived_at=None).order_by("name")


def last_change(company: Company, subjects: Collection[str]) -> AuditEntry | None:
    """Give the latest change of any of these rows of Kontooppsett, with who made it."""
    changes = company.audit.filter(action="setup-changed", subject__in=subjects)
    return changes.select_related("actor").order_by("-pk").first()


def changes_of(company: Company, subject: str) -> QuerySet[AuditEntry]:
    """Give every change of one row of Kontooppsett, the latest first."""
    changes = company.audit.filter(action="setup-changed", subject=subject)
    return changes.select_related("actor").order_by("-pk")
