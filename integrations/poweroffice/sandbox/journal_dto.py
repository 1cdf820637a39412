"""How Go shows a journal draft: in the list, and whole."""

import json
from sqlite3 import Row
from typing import Any

from integrations.poweroffice.sandbox import drafts, jsontext, moment
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.message import not_found


def item(row: Row, lag: int) -> dict[str, Any]:
    """JournalEntryVoucherListItem: neither description nor reference (poweroffice.md 4.1)."""
    return {
        "Id": row["id"],
        "VoucherType": "ManualJournal",
        "IsPosted": row["posted"] is not None and row["posted"] <= lag,
        "InApprovalWorkflow": False,
        "IsCreatedByCurrentIntegration": True,
        "OriginatedFromEhf": False,
        "CreatedDateTimeOffset": moment.iso(row["created"]),
        "LastChangedDateTimeOffset": moment.iso(row["changed"]),
    }


def voucher(ledger: Ledger, draft_id: str) -> dict[str, Any]:
    """ManualJournalEntryVoucherDto: no VoucherNo, no state, no Comment."""
    draft = drafts.get(ledger, draft_id)
    if draft is None:
        raise not_found(f"Voucher with id = {draft_id} not found.")
    pages = ledger.rows("SELECT id, created FROM page WHERE draft_id = ? ORDER BY id", draft_id)
    return {
        "Id": draft_id,
        "VoucherDate": draft["voucher_date"],
        "CurrencyCode": draft["currency"],
        "Description": draft["description"],
        "DepartmentId": draft["department_id"],
        **json.loads(draft["extra"]),
        "ManualVoucherLines": [_line(line) for line in drafts.lines(ledger, draft_id)],
        "Pages": [
            {
                "Id": row["id"],
                "VoucherId": draft_id,
                "CreatedDateTimeOffset": moment.iso(row["created"]),
            }
            for row in pages
        ],
    }


def _line(line: Row) -> dict[str, Any]:
    return {
        "Id": line["id"],
        "DebitAccountId": line["debit_account_id"],
        "CreditAccountId": line["credit_account_id"],
        "DebitVatId": line["debit_vat_id"],
        "CreditVatId": line["credit_vat_id"],
        "CurrencyAmount": jsontext.amount(line["ore"]),
        "CurrencyCode": "NOK",
        "PostingDate": line["posting_date"],
        "Description": line["description"],
        "DepartmentId": line["department_id"],
        **jsontext.loads(line["extra"].encode()),
        "CreatedDateTimeOffset": moment.iso(line["created"]),
        "LastChangedDateTimeOffset": moment.iso(line["created"]),
    }
