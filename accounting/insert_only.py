"""Tables that can only be added to, held by triggers on PostgreSQL and SQLite (reliability.md 4).

`@add_only` rows never change; `@write_once` rows are closed once, by filling the outcome columns.
The triggers are put back after every migrate: SQLite drops them whenever it rebuilds a table.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

_Table = TypeVar("_Table", bound=type[models.Model])


@dataclass(frozen=True, slots=True)
class Guard:
    """One guarded table: `closes` and `columns` are empty for a table whose rows never change."""

    model: type[models.Model]
    closes: str = ""
    columns: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Give the table's name, which also begins the triggers' names."""
        return self.model._meta.db_table


class GuardMissing(RuntimeError):
    """A table that must be add-only has lost its triggers."""


# When PostgreSQL's triggers fire, and the bits of pg_trigger.tgtype that say the same.
_MOMENTS = {
    "no_change": ("BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW", 1 + 2 + 8 + 16),
    "no_truncate": ("BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", 2 + 32),
}
# On which table, when and what each unconditional trigger that always fires does.
_STANDING_POSTGRESQL = """
    SELECT t.tgname, c.relname, t.tgtype, p.prosrc FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr::text = ''
    AND pg_table_is_visible(c.oid)
"""
_STANDING_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_GUARDS: dict[str, Guard] = {}


def add_only(model: _Table) -> _Table:
    """Guard a model whose rows can be added and never changed or deleted."""
    _GUARDS[model._meta.db_table] = Guard(model)
    return model


def write_once(*, closes: str, columns: Iterable[str]) -> Callable[[_Table], _Table]:
    """Guard a model whose rows are closed once: `closes` and `columns` may be set while it is null."""
    outcome = (closes, *columns)

    def register(model: _Table) -> _Table:
        _GUARDS[model._meta.db_table] = Guard(model, closes, outcome)
        return model

    return register


def install(using: BaseDatabaseWrapper = connection) -> None:
    """Put every guard in place on the tables that exist; safe to repeat."""
    tables = set(using.introspection.table_names())
    make = _postgresql if using.vendor == "postgresql" else _sqlite
    with using.cursor() as cursor:
        for guard in _GUARDS.values():
            if guard.table in tables:
                for statement in make(guard):
                    cursor.execute(statement)


@contextmanager
def lifted(
    models_: Collection[type[models.Model]], using: BaseDatabaseWrapper = connection
) -> Iterator[None]:
    """Take the guards of some tables away for a moment; only a database owner can, in a transaction.

    Nobody else ever sees them gone: PostgreSQL keeps others from the tables until the end, SQLite has
    one writer. A failure or a crash undoes it with everything else. Raises RuntimeError outside a
    transaction.
    """
    if not using.in_atomic_block:
        raise RuntimeError("guards are lifted in a transaction only")
    guards = [_GUARDS[model._meta.db_table] for model in models_]
    postgresql = using.vendor == "postgresql"
    with using.cursor() as cursor:
        for guard in guards:
            for name in _names(guard, postgresql=postgresql):
                cursor.execute(
                    f"DROP TRIGGER {name}" + (f" ON {guard.table}" if postgresql else "")
                )
    yield
    using.check_constraints()  # PostgreSQL alters no table while checks of foreign keys are due
    install(using)


def _names(guard: Guard, *, postgresql: bool) -> list[str]:
    wanted = _wanted_postgresql(guard) if postgresql else _wanted_sqlite(guard)
    return [row[0] for row in wanted]


def missing(using: BaseDatabaseWrapper = connection) -> list[str]:
    """Name the guards that are not in place; tables that do not exist yet are not missed.

    One that bears the name and does something else, or stands on another table, is not in place.
    """
    tables = set(using.introspection.table_names())
    postgresql = using.vendor == "postgresql"
    wanted = _wanted_postgresql if postgresql else _wanted_sqlite
    with using.cursor() as cursor:
        cursor.execute(_STANDING_POSTGRESQL if postgresql else _STANDING_SQLITE)
        standing = set(cursor.fetchall())
    guards = [guard for guard in _GUARDS.values() if guard.table in tables]
    return sorted(row[0] for guard in guards for row in wanted(guard) if row not in standing)


def verify(using: BaseDatabaseWrapper = connection) -> None:
    """Raise GuardMissing, naming them, when a guard is not in place."""
    lost = missing(using)
    if lost:
        raise GuardMissing(
            f"The add-only guards {', '.join(lost)} are missing. Run `manage.py migrate`."
        )


def _columns(guard: Guard) -> list[str]:
    return [str(field.column) for field in guard.model._meta.concrete_fields]


def _wanted_postgresql(guard: Guard) -> list[tuple[str, str, int, str]]:
    table, body = guard.table, _refusal(guard)
    return [(f"{table}_{kind}", table, bits, body) for kind, (_when, bits) in _MOMENTS.items()]


def _refusal(guard: Guard) -> str:
    """Give the body of PostgreSQL's function that refuses."""
    table = guard.table
    allowed = ", ".join(f"'{column}'" for column in guard.columns)
    only_closing = (
        f"IF TG_OP = 'UPDATE' AND OLD.{guard.closes} IS NULL AND NEW.{guard.closes} IS NOT NULL"
        f" AND to_jsonb(OLD) - ARRAY[{allowed}] = to_jsonb(NEW) - ARRAY[{allowed}]"
        " THEN RETURN NEW; END IF;"
        if guard.closes
        else ""
    )
    return (
        f" BEGIN {only_closing} RAISE EXCEPTION '{table} is add-only: % is not allowed', TG_OP"
        f" USING ERRCODE = '23514', CONSTRAINT = '{table}_add_only'; END "
    )


def _postgresql(guard: Guard) -> list[str]:
    table = guard.table
    refuse = f"{table}_refuse"
    function = f"{refuse}() RETURNS trigger LANGUAGE plpgsql AS $${_refusal(guard)}$$"
    statements = [f"CREATE OR REPLACE FUNCTION {function}"]
    for kind, (moment, _bits) in _MOMENTS.items():
        name = f"{table}_{kind}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {moment.format(table=table)} EXECUTE FUNCTION {refuse}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    return statements


def _sqlite(guard: Guard) -> list[str]:
    statements = []
    for name, create in _wanted_sqlite(guard):
        statements += [f"DROP TRIGGER IF EXISTS {name}", create]
    return statements


def _wanted_sqlite(guard: Guard) -> list[tuple[str, str]]:
    table = guard.table
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is add-only'); END"
    changed = ""
    if guard.closes:
        kept = [column for column in _columns(guard) if column not in guard.columns]
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in kept)
        changed = f"WHEN OLD.{guard.closes} IS NOT NULL OR NEW.{guard.closes} IS NULL OR {differs}"
    taken = " OR ".join(f"({condition})" for condition in _same_row(guard))
    # INSERT OR REPLACE deletes without firing delete triggers (reliability.md 4).
    replaced = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608
    moments = {
        "no_update": f"BEFORE UPDATE ON {table} {changed}",
        "no_delete": f"BEFORE DELETE ON {table}",
        "no_replace": f"BEFORE INSERT ON {table} {replaced}",
    }
    return [
        (f"{table}_{kind}", f"CREATE TRIGGER {table}_{kind} {moment} {refuse}")
        for kind, moment in moments.items()
    ]


def _same_row(guard: Guard) -> list[str]:
    """Give the conditions under which a new row would replace an old one: same key, same unique."""
    meta = guard.model._meta
    columns = {field.name: field.column for field in meta.concrete_fields}
    taken = [f"{f.column} = NEW.{f.column}" for f in meta.concrete_fields if f.unique]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            same = [f"{columns[n]} = NEW.{columns[n]}" for n in constraint.fields]
            taken.append(" AND ".join([*same, *_while_open(guard, constraint)]))
    return taken


def _while_open(guard: Guard, constraint: models.UniqueConstraint) -> list[str]:
    """Give what else must hold where only open rows are unique; other conditions are not understood."""
    if constraint.condition is None:
        return []
    if constraint.condition != models.Q(**{f"{guard.closes}__isnull": True}):
        raise ValueError(f"{guard.table}: the guard cannot follow the constraint {constraint.name}")
    return [f"{guard.closes} IS NULL", f"NEW.{guard.closes} IS NULL"]
