"""JournalEntryVouchers: manual journals that land as drafts in Bilagsføring (poweroffice.md 4.1)."""

import email.parser
import email.policy
import sqlite3
import uuid
from sqlite3 import Row
from typing import Any

from integrations.poweroffice.sandbox import drafts, journal_dto, moment, shapes
from integrations.poweroffice.sandbox.journal_shapes import (
    HEAD_DIMENSIONS,
    LINE_EXTRAS,
    MANUAL_JOURNAL,
)
from integrations.poweroffice.sandbox.listing import Call, after, flag, page
from integrations.poweroffice.sandbox.message import Response, answer, binding, not_found, problem

TITLE = "Voucher validation error(s)"


def create(call: Call) -> Response:
    """POST ManualJournals: an unbalanced draft is accepted, an unknown id in it is not."""
    body = shapes.body(call.request, MANUAL_JOURNAL, strict=bool(call.ledger.setting("strict")))
    for part in (body, *body.get("ManualVoucherLines", [])):
        _check_currency(part)
        _check_dimensions(part)
    rows = [_line(body, line) for line in body.get("ManualVoucherLines", [])]
    if call.request.altered and rows:
        rows[0]["ore"] += 100
    who = call.session
    head = {
        "client_id": who.client_id,
        "client_name": who.client_name,
        "application": who.application,
        "voucher_date": body["VoucherDate"],
        "currency": body["CurrencyCode"],
        "description": body.get("Description"),
        "comment": body.get("Comment"),
        "department_id": _department(body),
        "extra": dict.fromkeys(HEAD_DIMENSIONS),
        "created": moment.now_us(),
    }
    with call.ledger.write() as connection:
        _check_department(connection, head["department_id"])
        for row in rows:
            _check_line(connection, row)
        draft_id = drafts.add(connection, head, rows)
    return answer(201, journal_dto.voucher(call.ledger, draft_id))


def _check_currency(part: dict[str, Any]) -> None:
    """This sandbox keeps its books in kroner only."""
    code = part.get("CurrencyCode", "NOK")
    if code != "NOK":
        raise problem(404, TITLE, f"Currency with code = '{code}' not found.")


def _check_dimensions(part: dict[str, Any]) -> None:
    """This sandbox has no projects, locations or free dimensions: only -1 (none) is known."""
    for name in HEAD_DIMENSIONS:
        if part.get(name, -1) != -1:
            label = name.removesuffix("Id")
            raise problem(404, TITLE, f"{label} with id = {part[name]} not found.")


def _department(part: dict[str, Any]) -> int | None:
    """-1 says none."""
    found: int | None = part.get("DepartmentId")
    return None if found == -1 else found


def _line(head: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    """A line as it is stored: what it does not say it inherits from the head."""
    return {
        "debit_account_id": line.get("DebitAccountId"),
        "credit_account_id": line.get("CreditAccountId"),
        "debit_vat_id": line.get("DebitVatId"),
        "credit_vat_id": line.get("CreditVatId"),
        "ore": line.get("CurrencyAmount", 0),
        "posting_date": line.get("PostingDate", head["VoucherDate"]),
        "description": line.get("Description"),
        "department_id": _department(line if "DepartmentId" in line else head),
        "extra": {name: line[name] for name in LINE_EXTRAS if name in line},
    }


def _check_line(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    for side in ("debit", "credit"):
        if row[f"{side}_account_id"] is not None:
            _check_account(connection, row[f"{side}_account_id"])
        vat_id = row[f"{side}_vat_id"]
        if vat_id is not None and not _exists(connection, "vat_code", vat_id):
            raise problem(404, TITLE, f"Vat code with id = {vat_id} not found.")
    _check_department(connection, row["department_id"])


def _exists(connection: sqlite3.Connection, table: str, row_id: int) -> bool:
    sql = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 - our own constants
    return connection.execute(sql, (row_id,)).fetchone() is not None


def _check_account(connection: sqlite3.Connection, account_id: int) -> None:
    sql = "SELECT number, active, control FROM account WHERE id = ?"
    found = connection.execute(sql, (account_id,)).fetchone()
    if found is None:
        raise problem(404, TITLE, f"General ledger account with id = {account_id} not found.")
    if found["control"]:
        detail = f"Account {found['number']} is a sub-ledger control account and cannot be used."
        raise problem(400, TITLE, detail)
    if not found["active"]:
        raise problem(400, TITLE, f"Account {found['number']} is not active.")


def _check_department(connection: sqlite3.Connection, department_id: int | None) -> None:
    if department_id is not None and not _exists(connection, "department", department_id):
        raise problem(404, TITLE, f"Department with id = {department_id} not found.")


def list_all(call: Call) -> Response:
    """GET JournalEntryVouchers: drafts and posted ones of this integration, oldest first."""
    lag, is_posted = call.newest_shown(), flag(call, "isPosted")
    in_approval = flag(call, "inApprovalWorkflow")
    rows = call.ledger.rows(
        "SELECT id, created, changed, posted FROM draft WHERE client_id = ? AND application = ?"
        " AND created > ? AND created <= ? ORDER BY created, id",
        call.session.client_id,
        call.session.application,
        after(call, "createdDateTimeOffsetGreaterThan"),
        lag,
    )
    changed = after(call, "lastChangedDateTimeOffsetGreaterThan")
    items = [journal_dto.item(row, lag) for row in rows if row["changed"] > changed]
    return page(
        call,
        [
            item
            for item in items
            if is_posted in (None, item["IsPosted"]) and in_approval in (None, False)
        ],
    )


def show(call: Call) -> Response:
    """GET ManualJournals/{id}; the read lag hides a young one here as well."""
    draft = _own(call)
    if draft["created"] > call.newest_shown():
        raise not_found(f"Voucher with id = {draft['id']} not found.")
    return answer(200, journal_dto.voucher(call.ledger, draft["id"]))


def delete(call: Call) -> Response:
    """DELETE JournalEntryVouchers/{id}: 409 once it is posted."""
    draft = _own(call)
    if not drafts.remove(call.ledger, draft["id"]):
        _refuse_posted(_own(call))
    return Response(200)


def _own(call: Call) -> Row:
    """The voucher named in the path, if this integration made it; else 404."""
    try:
        draft_id = str(uuid.UUID(call.params[0]))
    except ValueError as error:
        raise binding({"id": f"The value '{call.params[0]}' is not valid."}) from error
    draft = drafts.get(call.ledger, draft_id)
    who = (call.session.client_id, call.session.application)
    if draft is None or (draft["client_id"], draft["application"]) != who:
        raise not_found(f"Voucher with id = {draft_id} not found.")
    return draft


def _refuse_posted(draft: Row) -> None:
    if draft["voucher_no"] is not None:
        raise problem(409, "Object conflict", f"Voucher with id = {draft['id']} is already posted.")


def add_page(call: Call) -> Response:
    """POST VoucherPages: a multipart `file`; 201 without a body. One page per file here."""
    draft = _own(call)
    _refuse_posted(draft)
    name, kind, content = _file(call)
    now = moment.now_us()
    with call.ledger.write() as connection:
        connection.execute(
            "INSERT INTO page (draft_id, name, kind, content, created) VALUES (?, ?, ?, ?, ?)",
            (draft["id"], name, kind, content, now),
        )
        connection.execute("UPDATE draft SET changed = ? WHERE id = ?", (now, draft["id"]))
    return Response(201)


def _file(call: Call) -> tuple[str, str, bytes]:
    """Name, content type and content of the multipart field `file`."""
    head = f"Content-Type: {call.request.header('content-type')}\r\n\r\n".encode("latin-1")
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    for part in parser.parsebytes(head + call.request.body).iter_parts():
        if part.get_param("name", header="content-disposition") == "file":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content:
                return part.get_filename() or "file", part.get_content_type(), content
    raise binding({"file": "The file field is required."})
