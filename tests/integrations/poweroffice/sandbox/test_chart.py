"""What a client reads before it sends, and how the control changes it."""

import pytest

from tests.integrations.poweroffice.sandbox.process import Sandbox


def test_vat_codes_have_ids_that_are_not_the_codes(sandbox: Sandbox) -> None:
    rows = sandbox.call("GET", "/v2/VatCodes").json
    rates = {row["Code"]: row["Rate"] for row in rows}
    assert rates["3"] == 0.25
    assert rates["31"] == 0.15
    assert rates["32"] == 0.1111
    assert rates["33"] == 0.12
    assert {rates[code] for code in ("0", "5", "6", "7", "51", "52")} == {0}
    assert {"1", "11", "12", "13", "14", "15", "20", "81", "92"} <= rates.keys()
    assert all(str(row["Id"]) != row["Code"] for row in rows)
    assert all(row["ValidFrom"] for row in rows)


def test_inactive_and_expired_vat_codes_are_told_apart(sandbox: Sandbox) -> None:
    sandbox.seed(
        vat_codes=[
            {"code": "33", "active": False},
            {"code": "C9", "rate": 0.1, "valid_from": "2010-01-01", "valid_to": "2020-12-31"},
        ]
    )

    def codes(query: str) -> set[str]:
        return {row["Code"] for row in sandbox.call("GET", f"/v2/VatCodes?{query}").json}

    assert "33" not in codes("isActive=true")
    assert codes("isActive=false") == {"33"}
    assert "C9" not in codes("")
    assert "C9" in codes("includeExpired=true")


def test_accounts_are_found_by_number_and_range(sandbox: Sandbox) -> None:
    query = "accountNos=1900,%201901,3000-3005,7770-"
    rows = sandbox.call("GET", f"/v2/GeneralLedgerAccounts?{query}").json
    numbers = [row["AccountNo"] for row in rows]
    assert numbers == [1900, 1901, 3000, 3001, 3002, 3005, 7770, 7775, 7790, 7798]
    marks = {row["AccountNo"]: row for row in rows}
    assert marks[3001]["IsVatCodeLocked"]
    assert not marks[3000]["IsVatCodeLocked"]
    assert not marks[3002]["IsActive"]
    assert marks[3005]["IsDepartmentRequired"]
    assert (marks[3000]["VatCode"], marks[3000]["VatCodeId"]) == ("3", sandbox.vat("3"))
    assert marks[3000]["GeneralLedgerAccountType"] == "Income"


def test_the_suggested_setup_s_accounts_are_all_there(sandbox: Sandbox) -> None:
    rows = sandbox.call("GET", "/v2/GeneralLedgerAccounts").json
    codes = {row["AccountNo"]: row["VatCode"] for row in rows}
    payments = (1500, 1579, 1900, 1901, 1902, 1903, 1909, 1910, 1920, 2900, 2901, 2902, 2910)
    assert {codes[number] for number in (*payments, 7740, 7770)} == {"0"}
    sales = {3000: "3", 3010: "3", 3020: "3", 3030: "31", 3040: "31", 3050: "33", 3100: "5"}
    more = {3120: "5", 3200: "6", 3220: "6", 3900: "7"}
    assert {number: codes[number] for number in sales | more} == sales | more


def test_a_malformed_number_list_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/v2/GeneralLedgerAccounts?accountNos=19x0")
    assert (answer.status, answer.json["title"]) == (400, "Unable to cast object(s)")


def test_departments_are_found_by_code(sandbox: Sandbox) -> None:
    rows = sandbox.call("GET", "/v2/Departments").json
    assert [(row["Code"], row["Name"]) for row in rows] == [("1", "Sentrum"), ("2", "Torget")]
    assert [row["Code"] for row in sandbox.call("GET", "/v2/Departments?codes=2,9").json] == ["2"]
    assert sandbox.call("GET", "/v2/Departments?codes=9").status == 204


def test_settings_are_as_seeded(sandbox: Sandbox) -> None:
    assert sandbox.call("GET", "/v2/LockDateSettings").json == {}
    sandbox.seed(lock_date="2026-01-31", conversion_date="2024-01-01", vat_registered=False)
    assert sandbox.call("GET", "/v2/LockDateSettings").json == {"LockDate": "2026-01-31"}
    financial = sandbox.call("GET", "/v2/FinancialSettings").json
    assert financial == {"ConversionDate": "2024-01-01", "CurrencyCode": "NOK"}
    assert sandbox.call("GET", "/v2/VatSettings").json == {"IsVatRegistered": False}


def test_a_seed_changes_only_what_it_names(sandbox: Sandbox) -> None:
    before = sandbox.call("GET", "/v2/GeneralLedgerAccounts?accountNos=3000").json[0]
    sandbox.seed(accounts=[{"number": 3000, "vat_locked": True}, {"number": 3999}])
    after = sandbox.call("GET", "/v2/GeneralLedgerAccounts?accountNos=3000,3999").json
    kept = ("Id", "Name", "VatCode", "IsActive")
    assert [after[0][name] for name in kept] == [before[name] for name in kept]
    assert after[0]["IsVatCodeLocked"]
    assert after[1]["Name"] == "Konto 3999"


def test_ids_are_the_same_after_a_reset(sandbox: Sandbox) -> None:
    paths = ("/v2/GeneralLedgerAccounts", "/v2/VatCodes", "/v2/Departments")

    def ids() -> list[list[int]]:
        return [[row["Id"] for row in sandbox.call("GET", path).json] for path in paths]

    before = ids()
    sandbox.control("reset")
    sandbox.seed(limit=0)
    assert ids() == before


@pytest.mark.parametrize(
    "data",
    [
        {"unknown": 1},
        {"accounts": [{"name": "x"}]},
        {"accounts": [{"number": 3000, "colour": "red"}]},
        {"accounts": [{"number": 3000, "vat_code": "nope"}]},
        {"accounts": {"number": 3000}},
        {"vat_codes": [{"code": "3", "rate": 25}]},
        {"lock_date": "31.01.2026"},
        {"limit": "10"},
        {"strict": 1},
    ],
)
def test_a_seed_that_makes_no_sense_changes_nothing(sandbox: Sandbox, data: object) -> None:
    before = sandbox.call("GET", "/v2/GeneralLedgerAccounts").json
    assert sandbox.control("seed", data).status == 400
    assert sandbox.call("GET", "/v2/GeneralLedgerAccounts").json == before
