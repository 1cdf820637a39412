"""Rows of customers, products and sales orders: one JSON body each, unique by reference."""

import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from integrations.poweroffice.sandbox import jsontext, moment
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.listing import Call
from integrations.poweroffice.sandbox.shapes import Many, OneOf, Shape

Kind = Literal["customer", "product", "order"]


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    number: int
    client_id: str
    application: str
    created: int
    body: dict[str, Any]


def blank(shape: Shape) -> dict[str, Any]:
    """Null for every field of a DTO that may be null, so that `Fields` knows its name."""
    kinds = OneOf | Shape | Many
    return {name: None for name, kind in shape.fields.items() if not isinstance(kind, kinds)}


def all_of(ledger: Ledger, kind: Kind, client_id: str | None = None) -> list[Document]:
    """The documents of one client, or of all, oldest first."""
    rows = ledger.rows(
        "SELECT * FROM document WHERE kind = ? AND client_id = COALESCE(?, client_id)"
        " ORDER BY number",
        kind,
        client_id,
    )
    return [_document(row) for row in rows]


def shown(call: Call, kind: Kind) -> list[Document]:
    """What a list may show to this client, the read lag taken off."""
    lag = call.newest_shown()
    mine = all_of(call.ledger, kind, call.session.client_id)
    return [document for document in mine if document.created <= lag]


def next_number(connection: sqlite3.Connection) -> int:
    sql = "SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'document'"
    return int(connection.execute(sql).fetchone()[0])


def add(
    connection: sqlite3.Connection, call: Call, kind: Kind, document_id: str, body: dict[str, Any]
) -> int:
    """Store a document inside the caller's transaction; gives the moment it was made (µs)."""
    now = moment.now_us()
    who = call.session
    connection.execute(
        "INSERT INTO document (kind, id, client_id, application, reference, body, created)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            kind,
            document_id,
            who.client_id,
            who.application,
            body.get("ExternalImportReference"),
            jsontext.dumps(body),
            now,
        ),
    )
    return now


def _document(row: sqlite3.Row) -> Document:
    return Document(
        row["id"],
        row["number"],
        row["client_id"],
        row["application"],
        row["created"],
        jsontext.loads(row["body"].encode()),
    )
