"""AccountTransactions: the entries of posted vouchers, by posting date (poweroffice.md 4.10)."""

from decimal import Decimal
from sqlite3 import Row
from typing import Any

from integrations.poweroffice.sandbox import moment
from integrations.poweroffice.sandbox.jsontext import amount
from integrations.poweroffice.sandbox.listing import Call, after, codes, numbers, page
from integrations.poweroffice.sandbox.message import Response, binding

ENTRIES = """
SELECT entry.*, account.number AS account_no, vat_code.code AS vat_code, vat_code.rate_bp,
  department.code AS department_code, draft.voucher_no, draft.voucher_date,
  draft.description AS voucher_description
FROM entry JOIN draft ON draft.id = entry.draft_id JOIN account ON account.id = entry.account_id
JOIN vat_code ON vat_code.id = entry.vat_id LEFT JOIN department ON department.id = entry.department_id
WHERE draft.client_id = ? AND entry.posting_date BETWEEN ? AND ? AND entry.created <= ?
  AND entry.created > ? ORDER BY entry.id
"""


def list_all(call: Call) -> Response:
    """GET AccountTransactions: fromDate and toDate are required, both inclusive."""
    first, last = _day(call, "fromDate"), _day(call, "toDate")
    since = max(
        after(call, f"{name}DateTimeOffsetGreaterThan") for name in ("created", "lastChanged")
    )
    rows = call.ledger.rows(
        ENTRIES, call.session.client_id, first, last, call.newest_shown(), since
    )
    account, voucher = numbers(call, "accountNos"), numbers(call, "voucherNos")
    department, vat = codes(call, "departmentCodes"), codes(call, "vatCodes")
    kind = codes(call, "voucherTypes")
    return page(
        call,
        [
            _entry(row)
            for row in rows
            if account(row["account_no"])
            and voucher(row["voucher_no"])
            and department(row["department_code"])
            and vat(row["vat_code"])
            and kind("ManualJournal")
        ],
    )


def _day(call: Call, name: str) -> str:
    text = call.query(name)
    if not text:
        raise binding({name: f"The {name} field is required."})
    try:
        return moment.day(text[:10])
    except ValueError as error:
        raise binding({name: f"The value '{text}' is not valid."}) from error


def _entry(row: Row) -> dict[str, Any]:
    return {
        "Id": row["id"],
        "VoucherId": row["draft_id"],
        "VoucherNo": row["voucher_no"],
        "VoucherType": "ManualJournal",
        "VoucherDate": row["voucher_date"],
        "VoucherDescription": row["voucher_description"],
        "PostingDate": row["posting_date"],
        "AccountId": row["account_id"],
        "AccountNo": row["account_no"],
        "Amount": amount(row["ore"]),
        "CurrencyAmount": amount(row["ore"]),
        "CurrencyCode": "NOK",
        "VatId": row["vat_id"],
        "VatCode": row["vat_code"],
        "VatRate": Decimal(row["rate_bp"]).scaleb(-4).normalize(),
        "VatAmount": amount(row["vat_ore"]),
        "DepartmentId": row["department_id"],
        "DepartmentCode": row["department_code"],
        "Description": row["description"],
        "ExternalImportReference": None,
        "ImportedVoucherNo": None,
        "IsReversed": False,
        "ReversedVoucherId": None,
        "CreatedDateTimeOffset": moment.iso(row["created"]),
        "LastChangedDateTimeOffset": moment.iso(row["created"]),
    }
