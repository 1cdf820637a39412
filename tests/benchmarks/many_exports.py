"""Three years of exports as rows, made by the database itself: a million in about a minute (PostgreSQL).

One settlement a till and day, newest last; tills are spread over four departments. Nearly all are
posted. The same number stands stopped, in doubt or waiting however many there are: what is stopped is
mended, it does not grow with the years. The vouchers share one snapshot, so that the disk holds them.
"""

import json
from datetime import date

from django.db import connection, models

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.models import Settlement
from accounting.company.models import Company, Register
from integrations.exports.models import Export
from integrations.exports.states import Sent
from tests import build

DAYS = 1_096
LAST_DAY = date(2026, 12, 31)
DEPARTMENTS = ("Sentrum", "Torget", "Bryggen", "Havna")
STOPPED, REMOVED, DOUBTED, WAITING = 40, 10, 5, 20
_BLOCKED = [to_json(Issue("too-many-tries", facts=(("tries", "8"),), fix=Fix(Page.STATUS)))]
_REMOVED = [to_json(Issue("draft-removed", facts=(("mark", "K7F39QXD"),), fix=Fix(Page.STATUS)))]


def a_company_of_years(org_no: str, count: int) -> Company:
    """A company with so many exports."""
    company = build.a_company(org_no, f"Selskap {org_no}")
    day = {"cash": "125.00", "sales": {"3": "125.00"}}
    build.ended(build.a_ready_export(company, register="first", **day), Sent("first"))
    for name in DEPARTMENTS:
        build.a_department(company, name)
    company.exports.update(mark="K7F39QXD")
    _grow(company, count)
    return company


def _grow(company: Company, count: int) -> None:
    have = company.exports.count()
    tills = _tills(company, -(-count // DAYS))
    with connection.cursor() as cursor:
        cursor.execute(*_settlements(company, tills, have, count))
        cursor.execute(*_exports(company))
        cursor.execute("VACUUM ANALYZE")  # now, not while we measure
    assert company.exports.count() == count


def _tills(company: Company, number: int) -> list[int]:
    places = list(company.departments.order_by("pk"))
    names = [f"k{i:04}" for i in range(number)]
    Register.objects.bulk_create(
        [
            Register(company=company, till_id=name, department=places[i % len(places)])
            for i, name in enumerate(names)
        ],
        ignore_conflicts=True,
    )
    rows = company.registers.filter(till_id__in=names).order_by("till_id")
    return list(rows.values_list("pk", flat=True))


def _settlements(company: Company, tills: list[int], have: int, count: int) -> tuple[str, list]:
    """Number `i` is day `i % DAYS` back of till `i / DAYS`."""
    columns = {
        "register_id": f"(%s::bigint[])[1 + i / {DAYS}]",
        "z_number": f"({DAYS} - i %% {DAYS})::text",
        "business_date": f"%s::date - (i %% {DAYS})",
        "created_on": f"%s::date - (i %% {DAYS})",
        "closed_at": f"(%s::date - (i %% {DAYS}))::timestamptz + interval '22 hours'",
        "gross": "(i::bigint * 7919) %% 900000 + 10000",
        "content": "''",
    }
    names, said = _copied(Settlement, columns)
    sql = (
        f"INSERT INTO books_settlement ({names}) SELECT {said} FROM books_settlement t,"  # noqa: S608
        " generate_series(%s, %s) i WHERE t.id = %s"
    )
    template = company.exports.order_by("pk").values_list("settlement", flat=True)[0]
    return sql, [tills, LAST_DAY, LAST_DAY, LAST_DAY, have - 1, count - 2, template]


def _exports(company: Company) -> tuple[str, list]:
    """One export for each settlement that has none; the latest few are those that are not posted."""
    ends = [STOPPED, STOPPED + REMOVED, STOPPED + REMOVED + DOUBTED]
    ends += [ends[-1] + WAITING, ends[-1] + 3 * WAITING]
    state = (
        "CASE WHEN s.nr <= {} THEN 'BLOCKED' WHEN s.nr <= {} THEN 'REMOVED'"
        " WHEN s.nr <= {} THEN 'UNCERTAIN' WHEN s.nr <= {} THEN 'READY'"
        " WHEN s.nr %% 97 = 0 THEN 'LEFT_OUT' WHEN s.nr <= {} THEN 'SENT' ELSE 'POSTED' END"
    ).format(*ends)
    arrived = f"s.nr > {ends[3]} AND s.nr %% 97 <> 0"
    columns = {
        "document": "'settlement||' || s.till_id || '|' || s.z_number",
        "settlement_id": "s.id",
        "state": state,
        "reason": "CASE WHEN s.nr %% 97 = 0 THEN 'Ført manuelt' ELSE '' END",
        "mark": "upper(substr(md5(s.id::text), 1, 8))",
        "voucher_date": "s.business_date",
        "debit": "s.gross",
        "vat": "s.gross / 5",
        "issues": f"CASE WHEN s.nr <= {ends[0]} THEN %s::jsonb"
        f" WHEN s.nr <= {ends[1]} THEN %s::jsonb ELSE '[]'::jsonb END",
        "not_before": "NULL",
        "remote_id": f"CASE WHEN {arrived} OR s.nr BETWEEN {ends[0] + 1} AND {ends[1]}"
        " THEN s.id::text END",
        "arrived_at": f"CASE WHEN {arrived} THEN s.closed_at + interval '7 hours' END",
        "voucher_no": f"CASE WHEN {arrived} THEN s.id::text ELSE '' END",
        "changed_at": "s.closed_at + interval '8 hours'",
        "created_at": "s.closed_at + interval '7 hours'",
    }
    names, said = _copied(Export, columns)
    newest = (
        "SELECT s.*, r.till_id, row_number() OVER (ORDER BY s.business_date DESC, s.id) AS nr"
        " FROM books_settlement s JOIN company_register r ON r.id = s.register_id"
        " WHERE s.company_id = %s AND s.content = ''"
    )
    sql = (
        f"INSERT INTO exports_export ({names}) SELECT {said} FROM exports_export t, ({newest}) s"  # noqa: S608
        " WHERE t.id = %s AND NOT EXISTS (SELECT 1 FROM exports_export e WHERE e.settlement_id = s.id)"
    )
    template = company.exports.order_by("pk").values_list("pk", flat=True)[0]
    return sql, [json.dumps(_BLOCKED), json.dumps(_REMOVED), company.pk, template]


def _copied(model: type[models.Model], columns: dict[str, str]) -> tuple[str, str]:
    """A table's columns but its key, and what each is filled with: ours, else the template's."""
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    ours = [name for name in names if name in columns]
    assert set(ours) == set(columns), set(columns) - set(names)
    order = [*columns, *(name for name in names if name not in columns)]
    return ", ".join(order), ", ".join(columns.get(name, f"t.{name}") for name in order)
