"""What a journal's body must be: names, kinds, amounts to the øre, known ids."""

from typing import Any

import pytest

from tests.integrations.poweroffice.sandbox.process import MANUAL, Sandbox


def test_names_are_read_in_any_case(sandbox: Sandbox) -> None:
    body = {name.swapcase(): value for name, value in sandbox.journal().items()}
    assert sandbox.call("POST", MANUAL, body).status == 201


@pytest.mark.parametrize("name", ["VoucherDate", "CurrencyCode"])
@pytest.mark.parametrize("value", [None, ""])
def test_required_fields_are_asked_for(sandbox: Sandbox, name: str, value: object) -> None:
    answer = sandbox.call("POST", MANUAL, sandbox.journal(**{name: value}))
    assert answer.status == 400
    assert answer.json["title"] == "One or more validation errors occurred."
    assert answer.json["errors"] == {name: [f"The {name} field is required."]}


@pytest.mark.parametrize(
    "change",
    [
        {"VoucherDate": "30.03.2021"},
        {"VoucherDate": 20210330},
        {"CurrencyCode": "NOKK"},
        {"DepartmentId": "1"},
        {"DepartmentId": True},
        {"DepartmentId": 2**63},
        {"Comment": "x" * 1001},
        {"Description": 7},
        {"ManualVoucherLines": {}},
        {"ManualVoucherLines": [1]},
        {"ManualVoucherLines": [{"CurrencyAmount": 1.005}]},
        {"ManualVoucherLines": [{"CurrencyAmount": "1.00"}]},
        {"ManualVoucherLines": [{"CurrencyAmount": None}]},
        {"ManualVoucherLines": [{"CurrencyAmount": 1e20}]},
        {"ManualVoucherLines": [{"DebitVatId": 1.5}]},
        {"ManualVoucherLines": [{"DebitVatReturnSpecification": 2}]},
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(sandbox: Sandbox, change: Any) -> None:
    answer = sandbox.call("POST", MANUAL, {**sandbox.journal(), **change})
    assert answer.status == 400
    assert answer.json["errors"]
    assert sandbox.state["drafts"] == []


def test_an_enum_as_a_number_is_refused_in_go_s_own_words(sandbox: Sandbox) -> None:
    line = {"DebitVatReturnSpecification": 2}
    answer = sandbox.call("POST", MANUAL, {**sandbox.journal(), "ManualVoucherLines": [line]})
    path = "ManualVoucherLines[0].DebitVatReturnSpecification"
    text = "Enum 'VatReturnSpecification' with value = 2 is not valid."
    whole = f"{text} (Enums is not allowed to be represented as integers)."
    assert answer.json["errors"][path] == [whole]


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b"\xff", b'{"CurrencyAmount": NaN}', b"[" * 100_000],
)
def test_a_body_that_is_no_json_object_is_refused(sandbox: Sandbox, text: bytes) -> None:
    assert sandbox.raw("POST", MANUAL, text, sandbox.head()).status == 400


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0.1", "0.10"),
        ("102.80", "102.80"),
        ("1e2", "100.00"),
        ("-0.40", "-0.40"),
        ("9007199254740.99", "9007199254740.99"),
        ("1.000000000000000000000000000000000", "1.00"),
    ],
)
def test_amounts_are_kept_to_the_ore(sandbox: Sandbox, text: str, amount: str) -> None:
    line = f'{{"DebitAccountId": {sandbox.account(1900)}, "CurrencyAmount": {text}}}'
    body = f'{{"VoucherDate":"2026-01-31","CurrencyCode":"NOK","ManualVoucherLines":[{line}]}}'
    assert sandbox.raw("POST", MANUAL, body.encode(), sandbox.head()).status == 201
    assert sandbox.state["drafts"][0]["lines"][0]["amount"] == amount


@pytest.mark.parametrize("text", ["1.001", "1.000000000000000000000000000000001", "1e-99999"])
def test_more_than_two_decimals_are_refused(sandbox: Sandbox, text: str) -> None:
    body = (
        '{"VoucherDate":"2026-01-31","CurrencyCode":"NOK",'
        f'"ManualVoucherLines":[{{"CurrencyAmount": {text}}}]}}'
    )
    assert sandbox.raw("POST", MANUAL, body.encode(), sandbox.head()).status == 400


def test_unknown_properties_are_refused_unless_the_switch_is_off(sandbox: Sandbox) -> None:
    body = sandbox.journal(ExternalImportReference="x")
    answer = sandbox.call("POST", MANUAL, body)
    assert answer.status == 400
    assert list(answer.json["errors"]) == ["ExternalImportReference"]
    assert answer.json["traceId"].startswith("00-")
    sandbox.seed(strict=False)
    assert sandbox.call("POST", MANUAL, body).status == 201


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ({"DebitAccountId": 5}, "General ledger account with id = 5 not found."),
        ({"CreditAccountId": 5}, "General ledger account with id = 5 not found."),
        ({"DebitVatId": 3}, "Vat code with id = 3 not found."),
        ({"CreditVatId": 3}, "Vat code with id = 3 not found."),
        ({"DepartmentId": 9}, "Department with id = 9 not found."),
        ({"ProjectId": 4}, "Project with id = 4 not found."),
        ({"CurrencyCode": "EUR"}, "Currency with code = 'EUR' not found."),
    ],
)
def test_an_unknown_id_in_a_line_is_404(sandbox: Sandbox, line: Any, detail: str) -> None:
    answer = sandbox.call("POST", MANUAL, sandbox.journal(line))
    assert (answer.status, answer.json["detail"]) == (404, detail)
    assert answer.json["title"] == "Voucher validation error(s)"
    assert sandbox.state["drafts"] == []


def test_an_unknown_department_on_the_head_is_404(sandbox: Sandbox) -> None:
    assert sandbox.call("POST", MANUAL, sandbox.journal(DepartmentId=9)).status == 404


@pytest.mark.parametrize(("number", "word"), [(1500, "control"), (3002, "not active")])
def test_control_and_inactive_accounts_are_refused(
    sandbox: Sandbox, number: int, word: str
) -> None:
    line = sandbox.line("Credit", number, "0", 100)
    answer = sandbox.call("POST", MANUAL, sandbox.journal(line))
    assert answer.status == 400
    assert word in answer.json["detail"]
