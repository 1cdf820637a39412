"""Every way to change a row of a guarded table that we could think of, by name, for both databases."""

# ruff: noqa: S608 (table names of our own models)

import json
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import connection, models

from accounting.books.models import JournalSnapshot
from accounting.company.models import AuditEntry, Company
from integrations.exports.models import Attempt, ExportStart
from tests.build import NOW

SQLITE = connection.vendor == "sqlite"
# The trigger's word, or that of PROTECT or of a foreign key, where they are asked before it.
REFUSED = "is add-only|Cannot delete some instances|foreign key"
LATER = NOW + timedelta(days=9)

# Model → a column, and another value for it.
TABLES = {
    ExportStart: ("day", "2026-01-01"),
    AuditEntry: ("action", "nothing-happened"),
    JournalSnapshot: ("debit", 1),
    Attempt: ("started_at", LATER),
}


def change_of(row: models.Model) -> tuple[str, object]:
    return TABLES[type(row)]


def by_save(row):
    setattr(row, *change_of(row))
    row.save()


def by_save_of_one_field(row):
    column, value = change_of(row)
    setattr(row, column, value)
    row.save(update_fields=[column])


def by_update(row):
    column, value = change_of(row)
    type(row)._base_manager.update(**{column: value})


def by_bulk_update(row):
    column, value = change_of(row)
    setattr(row, column, value)
    type(row)._base_manager.bulk_update([row], [column])


def by_update_or_create(row):
    column, value = change_of(row)
    type(row)._base_manager.update_or_create(pk=row.pk, defaults={column: value})


def by_upsert(row):
    column, value = change_of(row)
    setattr(row, column, value)
    type(row)._base_manager.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=[column]
    )


def by_moving_it_to_another_key(row):
    type(row)._base_manager.filter(pk=row.pk).update(id=row.pk + 1000)


def by_moving_it_to_another_company(row):
    other = Company.objects.create(org_no="974760673", name="Et annet selskap AS")
    if any(field.name == "company" for field in row._meta.fields):
        type(row)._base_manager.filter(pk=row.pk).update(company=other)
    else:  # an attempt belongs to a company by its export
        by_update(row)


def by_deleting_the_company(row):
    Company.objects.filter(audit__isnull=False).delete()


def by_deleting_the_company_in_sql(row):
    execute("DELETE FROM company_company")
    connection.check_constraints()  # foreign keys are asked at commit, which a test never reaches


def by_delete(row):
    row.delete()


def by_delete_of_many(row):
    type(row)._base_manager.all().delete()


def by_raw_delete(row):
    queryset = type(row)._base_manager.all()
    queryset._raw_delete(queryset.db)


def by_sql_update(row):
    execute(f"UPDATE {row._meta.db_table} SET {change_of(row)[0]} = {change_of(row)[0]}")


def by_sql_delete(row):
    execute(f"DELETE FROM {row._meta.db_table}")


def by_loaddata(row, tmp_path):
    column, value = change_of(row)
    call_command("dumpdata", row._meta.label, output=str(tmp_path / "rows.json"), verbosity=0)
    rows = json.loads((tmp_path / "rows.json").read_text())
    for each in rows:
        each["fields"][column] = str(value)
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    call_command("loaddata", str(tmp_path / "rows.json"), verbosity=0)


ANYWHERE: list[Callable] = [
    by_save,
    by_save_of_one_field,
    by_update,
    by_bulk_update,
    by_update_or_create,
    by_upsert,
    by_moving_it_to_another_key,
    by_moving_it_to_another_company,
    by_deleting_the_company,
    by_deleting_the_company_in_sql,
    by_delete,
    by_delete_of_many,
    by_raw_delete,
    by_sql_update,
    by_sql_delete,
]


def replace(row, how: str, *, key: bool) -> None:
    """Insert the changed row over the old one: with its key, or with its unique fields only."""
    table = row._meta.db_table
    names = [f.column for f in row._meta.concrete_fields if key or not f.primary_key]
    values = [f"'{change_of(row)[1]}'" if name == change_of(row)[0] else name for name in names]
    execute(
        f"INSERT OR {how} INTO {table} ({', '.join(names)})"
        f" SELECT {', '.join(values)} FROM {table} WHERE id = {row.pk}"
    )


def by_insert_or_replace(row):
    replace(row, "REPLACE", key=True)


def by_insert_or_ignore(row):
    replace(row, "IGNORE", key=True)


def by_replace_into(row):
    execute(
        f"REPLACE INTO {row._meta.db_table} SELECT * FROM {row._meta.db_table} WHERE id = {row.pk}"
    )


def by_update_or_replace(row):
    execute(f"UPDATE OR REPLACE {row._meta.db_table} SET id = id + 1000")


def by_update_or_ignore(row):
    column, value = change_of(row)
    execute(f"UPDATE OR IGNORE {row._meta.db_table} SET {column} = '{value}'")


def by_upsert_in_sql(row):
    column, value = change_of(row)
    table = row._meta.db_table
    execute(
        f"INSERT INTO {table} SELECT * FROM {table} WHERE id = {row.pk}"
        f" ON CONFLICT (id) DO UPDATE SET {column} = '{value}'"
    )


ON_SQLITE = [
    by_insert_or_replace,
    by_insert_or_ignore,
    by_replace_into,
    by_update_or_replace,
    by_update_or_ignore,
    by_upsert_in_sql,
]


def truncate(what: str) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the rows made just now are what refuses it
    execute(f"TRUNCATE {what}")


def by_truncate(row):
    truncate(row._meta.db_table)


def by_truncate_cascade(row):
    truncate(f"{row._meta.db_table} CASCADE")


def by_truncate_of_the_company(row):
    truncate("company_company CASCADE")


def by_replication_role(row):
    execute("SET LOCAL session_replication_role = replica")
    by_sql_delete(row)


def by_merge(row):
    column, value = change_of(row)
    table = row._meta.db_table
    execute(
        f"MERGE INTO {table} t USING {table} s ON t.id = s.id"
        f" WHEN MATCHED THEN UPDATE SET {column} = '{value}'"
    )


def by_copy_upsert(row):
    table = row._meta.db_table
    execute(
        f"INSERT INTO {table} SELECT * FROM {table} WHERE id = {row.pk}"
        f" ON CONFLICT (id) DO UPDATE SET {change_of(row)[0]} = '{change_of(row)[1]}'"
    )


def by_plain_insert(row):
    """What there is without INSERT OR REPLACE: the unique fields refuse it."""
    row.pk = None
    row._state.adding = True
    row.save()


def by_replacing_it_under_another_key(row):
    replace(row, "REPLACE", key=False)


ON_POSTGRESQL = [
    by_truncate,
    by_truncate_cascade,
    by_truncate_of_the_company,
    by_replication_role,
    by_merge,
    by_copy_upsert,
]


EVERYWHERE = ANYWHERE + (ON_SQLITE if SQLITE else ON_POSTGRESQL)
UNDER_ANOTHER_KEY = [by_replacing_it_under_another_key] if SQLITE else [by_plain_insert]
CHANGE_GUARD = f"exports_attempt_{'no_update' if SQLITE else 'no_change'}"
# SQLite cannot switch a trigger off, only drop it.
SWITCHED_OFF = (
    [f"DROP TRIGGER {CHANGE_GUARD}"]
    if SQLITE
    else [
        f"ALTER TABLE exports_attempt {how} TRIGGER {CHANGE_GUARD}"
        for how in ("DISABLE", "ENABLE", "ENABLE REPLICA")
    ]
)


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
