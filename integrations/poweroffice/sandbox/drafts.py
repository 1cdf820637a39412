"""Rows of drafts, their lines and pages: what journals, posting, pages and control all read."""

import sqlite3
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from integrations.poweroffice.sandbox import jsontext
from integrations.poweroffice.sandbox.ledger import Ledger

Row = sqlite3.Row

LINES = """
SELECT line.*, debit.number AS debit_number, debit.name AS debit_name,
  debit.vat_code AS debit_default, credit.number AS credit_number, credit.name AS credit_name,
  credit.vat_code AS credit_default, debit_vat.code AS debit_vat_code,
  credit_vat.code AS credit_vat_code, department.code AS department_code
FROM line
LEFT JOIN account debit ON debit.id = line.debit_account_id
LEFT JOIN account credit ON credit.id = line.credit_account_id
LEFT JOIN vat_code debit_vat ON debit_vat.id = line.debit_vat_id
LEFT JOIN vat_code credit_vat ON credit_vat.id = line.credit_vat_id
LEFT JOIN department ON department.id = line.department_id
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a line: an account debited or credited; `ore` as it was sent.

    `vat_code` is the code sent with the line or None; `default_vat` the account's own.
    """

    side: Literal["debit", "credit"]
    account_id: int
    account: int
    name: str
    ore: int
    vat_code: str | None
    default_vat: str
    department_id: int | None
    department: str | None
    posting_date: str
    text: str | None

    @property
    def signed(self) -> int:
        """Debit +, credit −."""
        return self.ore if self.side == "debit" else -self.ore

    @property
    def effective_vat(self) -> str:
        """Go falls back to the account's code when a line carries none (poweroffice.md 4.1)."""
        return self.vat_code if self.vat_code is not None else self.default_vat


def sides(line: Row) -> list[Side]:
    """The one or two sides of a stored line."""
    return [
        Side(
            side,
            line[f"{side}_account_id"],
            line[f"{side}_number"],
            line[f"{side}_name"],
            line["ore"],
            line[f"{side}_vat_code"],
            line[f"{side}_default"],
            line["department_id"],
            line["department_code"],
            line["posting_date"],
            line["description"],
        )
        for side in ("debit", "credit")
        if line[f"{side}_account_id"] is not None
    ]


def get(ledger: Ledger, draft_id: str) -> Row | None:
    """A draft or posted voucher of any client."""
    return ledger.row("SELECT * FROM draft WHERE id = ?", draft_id)


def lines(ledger: Ledger, draft_id: str) -> list[Row]:
    return ledger.rows(f"{LINES} WHERE line.draft_id = ? ORDER BY line.id", draft_id)


def all_sides(ledger: Ledger) -> dict[str, list[Side]]:
    """The sides of every line in the books, by draft."""
    found: defaultdict[str, list[Side]] = defaultdict(list)
    for line in ledger.rows(f"{LINES} ORDER BY line.id"):
        found[line["draft_id"]].extend(sides(line))
    return found


def total(found: list[Side], side: str) -> int:
    return sum(one.ore for one in found if one.side == side)


def add(connection: sqlite3.Connection, head: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Store a draft with its lines inside the caller's transaction; gives its new id."""
    draft_id = str(uuid.uuid4())
    connection.execute(
        "INSERT INTO draft (id, client_id, client_name, application, voucher_date, currency,"
        " description, comment, department_id, extra, created, changed) VALUES (:id, :client_id,"
        " :client_name, :application, :voucher_date, :currency, :description, :comment,"
        " :department_id, :extra, :created, :created)",
        {**head, "id": draft_id, "extra": jsontext.dumps(head["extra"])},
    )
    connection.executemany(
        "INSERT INTO line (draft_id, debit_account_id, credit_account_id, debit_vat_id,"
        " credit_vat_id, ore, posting_date, description, department_id, extra, created) VALUES"
        " (:draft_id, :debit_account_id, :credit_account_id, :debit_vat_id, :credit_vat_id, :ore,"
        " :posting_date, :description, :department_id, :extra, :created)",
        [
            {
                **row,
                "draft_id": draft_id,
                "extra": jsontext.dumps(row["extra"]),
                "created": head["created"],
            }
            for row in rows
        ],
    )
    return draft_id


def pages(ledger: Ledger, draft_id: str | None = None) -> list[Row]:
    """The documents on one draft, or on all: name, type and content, oldest first."""
    sql = "SELECT * FROM page WHERE draft_id = COALESCE(?, draft_id) ORDER BY id"
    return ledger.rows(sql, draft_id)


def remove(ledger: Ledger, draft_id: str) -> bool:
    """Delete an unposted draft with lines and pages; False when there is none (any more)."""
    with ledger.write() as connection:
        sql = "DELETE FROM draft WHERE id = ? AND voucher_no IS NULL"
        return connection.execute(sql, (draft_id,)).rowcount == 1
