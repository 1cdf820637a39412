"""Triggers that bear a guard's name and guard nothing, by how they fail, for the database at hand."""

from tests.accounting.write_routes import CHANGE_GUARD, SQLITE

TABLE, ANOTHER = "exports_attempt", "company_company"
_RAISE = "SELECT RAISE(ABORT, 'exports_attempt is add-only')"


def _on_sqlite(table: str = TABLE, when: str = "", does: str = _RAISE) -> list[str]:
    created = f"CREATE TRIGGER {CHANGE_GUARD} BEFORE UPDATE ON {table} {when} BEGIN {does}; END"
    return [f"DROP TRIGGER {CHANGE_GUARD}", created]


def _on_postgresql(
    table: str = TABLE,
    what: str = "UPDATE OR DELETE",
    when: str = "",
    calls: str = f"{TABLE}_refuse",
) -> list[str]:
    """Stand a trigger in for the guard, always firing as the guard does."""
    created = (
        f"CREATE TRIGGER {CHANGE_GUARD} BEFORE {what} ON {table}"
        f" FOR EACH ROW {when} EXECUTE FUNCTION {calls}()"
    )
    return [
        f"DROP TRIGGER {CHANGE_GUARD} ON {TABLE}",
        created,
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {CHANGE_GUARD}",
    ]


def _function(name: str) -> str:
    returns = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    return f"CREATE OR REPLACE FUNCTION {name}() {returns}"


_SQLITE = {
    "does nothing": _on_sqlite(does="SELECT 1"),
    "on another table": _on_sqlite(table=ANOTHER),
    "never fires": _on_sqlite(when="WHEN 0"),
}
_POSTGRESQL = {
    "does nothing": [_function(f"{TABLE}_refuse")],
    "calls another function": [_function("nothing"), *_on_postgresql(calls="nothing")],
    "on another table": _on_postgresql(table=ANOTHER),
    "never fires": _on_postgresql(when="WHEN (false)"),
    "on updates only": _on_postgresql(what="UPDATE"),
    "on one column only": _on_postgresql(what="UPDATE OF status OR DELETE"),
}
STAND_INS = _SQLITE if SQLITE else _POSTGRESQL
