"""The lists a client reads before it sends: settings, VAT codes, accounts, departments."""

from decimal import Decimal
from sqlite3 import Row
from typing import Any

from integrations.poweroffice.sandbox import moment, tokens
from integrations.poweroffice.sandbox.listing import Call, after, codes, flag, numbers, page
from integrations.poweroffice.sandbox.message import Response, answer

TYPES = {"1": "Asset", "2": "Liability", "3": "Income"}


def client_information(call: Call) -> Response:
    """ClientIntegrationInformationDto, with the privileges the token was issued with."""
    who = call.session
    body = {
        "ClientId": who.client_id,
        "ClientName": who.client_name,
        "ActiveClientSubscriptions": ["PowerOfficeGo"],
        "ValidPrivileges": sorted(who.privileges),
        "InvalidPrivileges": tokens.missing(who.privileges),
    }
    return answer(200, body)


def financial_settings(call: Call) -> Response:
    """ConversionDate and currency (poweroffice.md 4.9; not in the stored spec)."""
    conversion = call.ledger.setting("conversion_date")
    return answer(200, {"ConversionDate": conversion, "CurrencyCode": "NOK"})


def vat_settings(call: Call) -> Response:
    """IsVatRegistered (poweroffice.md 4.9; not in the stored spec)."""
    return answer(200, {"IsVatRegistered": call.ledger.setting("vat_registered")})


def lock_date_settings(call: Call) -> Response:
    """LockDateSettingsDto; the spec's date cannot be null, so no lock date is no member."""
    lock_date = call.ledger.setting("lock_date")
    return answer(200, {} if lock_date is None else {"LockDate": lock_date})


def vat_codes(call: Call) -> Response:
    active, expired = flag(call, "isActive"), flag(call, "includeExpired")
    today = moment.iso(moment.now_us())[:10]
    rows = [
        _vat_code(row)
        for row in call.ledger.rows("SELECT * FROM vat_code ORDER BY id")
        if active in (None, bool(row["active"]))
        and (expired or row["valid_to"] is None or row["valid_to"] >= today)
    ]
    return page(call, rows)


def _vat_code(row: Row) -> dict[str, Any]:
    return {
        "Id": row["id"],
        "Code": row["code"],
        "Name": row["name"],
        "Description": row["name"],
        "Rate": Decimal(row["rate_bp"]).scaleb(-4).normalize(),
        "IsActive": bool(row["active"]),
        "IsCustom": row["code"].startswith("C"),
        "ValidFrom": row["valid_from"],
        "ValidTo": row["valid_to"],
        "BaseVatCodeId": None,
        "VatBasisRatio": None,
        "VatBasisRatioValidFrom": None,
        "VatBasisRatios": None,
    }


def accounts(call: Call) -> Response:
    wanted, changed = (
        numbers(call, "accountNos"),
        after(call, "lastChangedDateTimeOffsetGreaterThan"),
    )
    sql = (
        "SELECT account.*, vat_code.id AS vat_id FROM account"
        " JOIN vat_code ON vat_code.code = account.vat_code ORDER BY number"
    )
    return page(
        call,
        [
            _account(row)
            for row in call.ledger.rows(sql)
            if wanted(row["number"]) and row["changed"] > changed
        ],
    )


def _account(row: Row) -> dict[str, Any]:
    return {
        "Id": row["id"],
        "AccountNo": row["number"],
        "Name": row["name"],
        "GeneralLedgerAccountType": TYPES.get(str(row["number"])[0], "Expense"),
        "IsActive": bool(row["active"]),
        "VatCode": row["vat_code"],
        "VatCodeId": row["vat_id"],
        "IsVatCodeLocked": bool(row["vat_locked"]),
        "IsDepartmentRequired": bool(row["department_required"]),
        "IsProjectRequired": False,
        "DepartmentId": None,
        "DepartmentCode": None,
        "CurrencyCode": None,
        "VatReturnSpecification": "None",
        "AgricultureDepartment": "None",
        "LastChangedDateTimeOffset": moment.iso(row["changed"]),
    }


def departments(call: Call) -> Response:
    wanted, active = codes(call, "codes"), flag(call, "isActive")
    name = call.query("name").lower()
    changed = after(call, "lastChangedDateTimeOffsetGreaterThan")
    rows = [
        _department(row)
        for row in call.ledger.rows("SELECT * FROM department ORDER BY id")
        if wanted(row["code"])
        and active in (None, bool(row["active"]))
        and name in row["name"].lower()
        and row["changed"] > changed
    ]
    return page(call, rows)


def _department(row: Row) -> dict[str, Any]:
    return {
        "Id": row["id"],
        "Code": row["code"],
        "Name": row["name"],
        "IsActive": bool(row["active"]),
        "ManagerEmployeeId": None,
        "ManagerEmployeeNo": None,
        "CreatedDateTimeOffset": moment.iso(row["changed"]),
        "LastChangedDateTimeOffset": moment.iso(row["changed"]),
        "CreatedFromImportJournalId": None,
    }
