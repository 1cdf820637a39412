"""The chart a fresh sandbox starts with, and how a test lays something over it."""

import secrets
import sqlite3
import zlib
from decimal import Decimal, InvalidOperation
from typing import Any

from integrations.poweroffice.sandbox import chart_of_accounts as standard
from integrations.poweroffice.sandbox import moment
from integrations.poweroffice.sandbox.ledger import CHART, WORK, Ledger, put_setting

SETTINGS: dict[str, Any] = {
    "lock_date": None,
    "conversion_date": "2010-01-01",
    "vat_registered": True,
    "privileges": list(standard.PRIVILEGES),
    "clients": [],
    "limit": 10,
    "read_lag": 0,
    "token_seconds": 1200,
    "strict": True,
}
TYPES: dict[str, tuple[type, ...]] = {
    "lock_date": (str, type(None)),
    "conversion_date": (str, type(None)),
    "vat_registered": (bool,),
    "privileges": (list,),
    "clients": (list,),
    "limit": (int,),
    "read_lag": (int, Decimal),
    "token_seconds": (int,),
    "strict": (bool,),
}


def plant(ledger: Ledger) -> None:
    """Seed a ledger that has none yet; one that survived a restart is left as it is."""
    if ledger.row("SELECT 1 FROM setting WHERE name = 'secret'") is None:
        with ledger.write() as connection:
            put_setting(connection, "secret", secrets.token_hex(32))
            _plant(connection)


def reset(ledger: Ledger) -> None:
    """Empty the books and put the first seed back; ids come out the same, tokens stay valid."""
    with ledger.write() as connection:
        for table in (*WORK, *CHART):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own constants
        _plant(connection)
        ledger.epoch += 1


def _plant(connection: sqlite3.Connection) -> None:
    for name, value in SETTINGS.items():
        put_setting(connection, name, value)
    for code, name, rate_bp, valid_from in standard.VAT_CODES:
        row = {"name": name, "rate": Decimal(rate_bp).scaleb(-4), "valid_from": valid_from}
        _vat_code(connection, {"code": code, **row})
    for number, name, vat_code, marks in standard.ACCOUNTS:
        flags = dict.fromkeys(marks, True)
        active = not flags.pop("inactive", False)
        row = {"number": number, "name": name, "vat_code": vat_code, "active": active}
        _account(connection, {**row, **flags})
    for code, name in standard.DEPARTMENTS:
        _department(connection, {"code": code, "name": name})


def merge(ledger: Ledger, data: dict[str, Any]) -> None:
    """Lay accounts, VAT codes, departments and settings over what is there. Raises ValueError."""
    rows = {"vat_codes": _vat_code, "accounts": _account, "departments": _department}
    unknown = data.keys() - rows.keys() - SETTINGS.keys()
    if unknown:
        raise ValueError(f"Unknown in a seed: {', '.join(sorted(unknown))}")
    with ledger.write() as connection:
        for name, put in rows.items():
            for row in _rows(data, name):
                put(connection, row)
        for name in SETTINGS.keys() & data.keys():
            put_setting(connection, name, _setting(name, data[name]))


def _rows(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"{name} is a list of objects")
    return rows


def _setting(name: str, value: Any) -> Any:
    if not isinstance(value, TYPES[name]) or (isinstance(value, bool) and bool not in TYPES[name]):
        raise ValueError(f"{name} cannot be {value!r}")
    if name in ("lock_date", "conversion_date") and value is not None:
        return moment.day(str(value))
    return float(value) if isinstance(value, Decimal) else value


def _merged(
    connection: sqlite3.Connection,
    table: str,
    key: str,
    row: dict[str, Any],
    default: dict[str, Any],
) -> dict[str, Any]:
    """The stored row (or the default one) with the given values over it."""
    unknown = row.keys() - default.keys() - {key}
    if unknown or key not in row:
        raise ValueError(f"A row of {table} needs {key} and cannot hold {sorted(unknown)}")
    sql = f"SELECT * FROM {table} WHERE {key} = ?"  # noqa: S608 - our own constants
    found = connection.execute(sql, (row[key],)).fetchone()
    return {**default, **(dict(found) if found else {}), **row}


def _account(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    default = {
        "name": f"Konto {row.get('number')}", "vat_code": "0", "active": True,
        "vat_locked": False, "department_required": False, "control": False,
    }  # fmt: skip
    whole = _merged(connection, "account", "number", row, default)
    if not isinstance(whole["number"], int) or not 1 <= whole["number"] <= 99_999_999:
        raise ValueError(f"{whole['number']!r} is no account number")
    if not connection.execute(
        "SELECT 1 FROM vat_code WHERE code = ?", (whole["vat_code"],)
    ).fetchone():
        raise ValueError(f"Unknown VAT code {whole['vat_code']!r}")
    whole |= {"id": 1_000_003 + 7 * whole["number"], "changed": moment.now_us()}
    connection.execute(
        "INSERT INTO account (id, number, name, vat_code, active, vat_locked, department_required,"
        " control, changed) VALUES (:id, :number, :name, :vat_code, :active, :vat_locked,"
        " :department_required, :control, :changed) ON CONFLICT (id) DO UPDATE SET name = :name,"
        " vat_code = :vat_code, active = :active, vat_locked = :vat_locked,"
        " department_required = :department_required, control = :control, changed = :changed",
        whole,
    )


def _vat_code(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    default = {
        "name": f"Mva-kode {row.get('code')}", "rate": None, "active": True,
        "valid_from": "2005-01-01", "valid_to": None,
    }  # fmt: skip
    whole = _merged(connection, "vat_code", "code", row, default)
    if row.get("rate") is not None:
        whole["rate_bp"] = _basis_points(row["rate"])
    whole |= {"id": _remote_id(whole["code"], 201_604, 3), "rate_bp": whole.get("rate_bp", 0)}
    connection.execute(
        "INSERT INTO vat_code (id, code, name, rate_bp, active, valid_from, valid_to) VALUES (:id,"
        " :code, :name, :rate_bp, :active, :valid_from, :valid_to) ON CONFLICT (id) DO UPDATE SET"
        " name = :name, rate_bp = :rate_bp, active = :active, valid_from = :valid_from,"
        " valid_to = :valid_to",
        whole,
    )


def _department(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    default = {"name": f"Avdeling {row.get('code')}", "active": True}
    whole = _merged(connection, "department", "code", row, default)
    whole |= {"id": _remote_id(whole["code"], 1_601, 20), "changed": moment.now_us()}
    connection.execute(
        "INSERT INTO department (id, code, name, active, changed) VALUES (:id, :code, :name,"
        " :active, :changed) ON CONFLICT (id) DO UPDATE SET name = :name, active = :active,"
        " changed = :changed",
        whole,
    )


def _basis_points(rate: Any) -> int:
    """A rate 0..1, as Go writes it (0.1111), in basis points."""
    try:
        points = Decimal(str(rate)).scaleb(4)
    except InvalidOperation as error:
        raise ValueError(f"{rate!r} is no rate") from error
    if points != points.to_integral_value() or not 0 <= points <= 10_000:
        raise ValueError(f"A rate is 0..1 with four decimals, not {rate!r}")
    return int(points)


def _remote_id(code: Any, start: int, step: int) -> int:
    """An id that is never the code itself, and the same after every reset."""
    if not isinstance(code, str) or not code:
        raise ValueError(f"A code is a text, not {code!r}")
    if code.isascii() and code.isdigit() and len(code) <= 5 and str(int(code)) == code:
        return start + step * int(code)
    return 10_000_000 + zlib.crc32(code.encode())
