"""The sandbox's ledger: one SQLite file, written before any answer leaves the process."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS account (
  id INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, name TEXT NOT NULL,
  vat_code TEXT NOT NULL, active INTEGER NOT NULL, vat_locked INTEGER NOT NULL,
  department_required INTEGER NOT NULL, control INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS vat_code (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  rate_bp INTEGER NOT NULL, active INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT);
CREATE TABLE IF NOT EXISTS department (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  active INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS draft (
  id TEXT PRIMARY KEY, client_id TEXT NOT NULL, client_name TEXT NOT NULL,
  application TEXT NOT NULL, voucher_date TEXT NOT NULL, currency TEXT NOT NULL,
  description TEXT, comment TEXT, department_id INTEGER, extra TEXT NOT NULL,
  created INTEGER NOT NULL, changed INTEGER NOT NULL, posted INTEGER, voucher_no INTEGER,
  UNIQUE (client_id, voucher_no));
CREATE INDEX IF NOT EXISTS draft_created ON draft (client_id, application, created);
CREATE TABLE IF NOT EXISTS line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
  debit_account_id INTEGER REFERENCES account, credit_account_id INTEGER REFERENCES account,
  debit_vat_id INTEGER REFERENCES vat_code, credit_vat_id INTEGER REFERENCES vat_code,
  ore INTEGER NOT NULL, posting_date TEXT NOT NULL, description TEXT,
  department_id INTEGER REFERENCES department, extra TEXT NOT NULL,
  created INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS line_draft ON line (draft_id);
CREATE TABLE IF NOT EXISTS page (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id TEXT NOT NULL REFERENCES draft ON DELETE CASCADE,
  name TEXT NOT NULL, kind TEXT NOT NULL, content BLOB NOT NULL, created INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS page_draft ON page (draft_id);
CREATE TABLE IF NOT EXISTS entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT, draft_id TEXT NOT NULL REFERENCES draft,
  account_id INTEGER NOT NULL REFERENCES account, posting_date TEXT NOT NULL,
  ore INTEGER NOT NULL, vat_id INTEGER NOT NULL REFERENCES vat_code, vat_ore INTEGER NOT NULL,
  department_id INTEGER, description TEXT, created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS document (
  number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL, application TEXT NOT NULL, reference TEXT, body TEXT NOT NULL,
  created INTEGER NOT NULL, UNIQUE (client_id, kind, reference));
"""
WORK = ("entry", "page", "line", "draft", "document")
CHART = ("account", "vat_code", "department")


class Ledger:
    """Draws a lock around every use, so that threads see whole transactions only."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            ":memory:" if path is None else path, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("PRAGMA foreign_keys=ON")
        self._connection.executescript(TABLES)
        self.epoch = 0  # counts resets, so that a late commit cannot land after one

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed to the file when the block ends, else undone."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def setting(self, name: str) -> Any:
        """A setting's value; every name is planted by the seed, so a missing one is an error."""
        found = self.row("SELECT value FROM setting WHERE name = ?", name)
        if found is None:
            raise KeyError(name)
        return json.loads(found["value"])

    def close(self) -> None:
        """Waits for the transaction under way, then closes the file."""
        with self._lock:
            self._connection.close()


def put_setting(connection: sqlite3.Connection, name: str, value: Any) -> None:
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, json.dumps(value)))
