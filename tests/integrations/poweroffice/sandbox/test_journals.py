"""Journal drafts: what is taken, what is refused, what is shown of them again."""

import json
import time
import uuid
from urllib.parse import quote

import pytest

from tests.integrations.poweroffice.sandbox.process import KEYS, MANUAL, Keys, Sandbox

LIST = "/v2/JournalEntryVouchers"
OTHERS = [Keys(client="client-2"), Keys(application="application-2")]


def test_a_draft_is_answered_whole(sandbox: Sandbox) -> None:
    body = sandbox.journal(Comment="Fra kassen", DepartmentId=1621)
    answer = sandbox.call("POST", MANUAL, body)
    assert answer.status == 201
    found = answer.json
    assert str(uuid.UUID(found["Id"])) == found["Id"]
    assert (found["VoucherDate"], found["Description"]) == ("2021-03-30", "Z 1")
    assert "Comment" not in found
    assert "VoucherNo" not in found
    lines = found["ManualVoucherLines"]
    assert [line["CurrencyAmount"] for line in lines] == [295, 218.8, 0.4, 102.8, 232, 179.4]
    assert {line["PostingDate"] for line in lines} == {"2021-03-30"}
    assert {line["DepartmentId"] for line in lines} == {1621}
    assert len({line["Id"] for line in lines}) == 6
    assert sandbox.call("GET", f"{MANUAL}/{found['Id']}").json == found


def test_the_state_shows_the_six_lines_of_the_example(sandbox: Sandbox) -> None:
    sandbox.send(Description="Z 1 [px:1]", DepartmentId=1621)
    (draft,) = sandbox.state["drafts"]
    assert (draft["debit"], draft["credit"]) == ("514.20", "514.20")
    assert (draft["description"], draft["voucher_date"]) == ("Z 1 [px:1]", "2021-03-30")
    assert (draft["department"], draft["is_posted"], draft["voucher_no"]) == ("1", False, None)
    lines = [(it["account"], it["side"], it["amount"], it["vat_code"]) for it in draft["lines"]]
    assert lines == [
        ("1900", "debit", "295.00", "0"),
        ("1901", "debit", "218.80", "0"),
        ("7740", "debit", "0.40", "0"),
        ("3030", "credit", "102.80", "31"),
        ("3000", "credit", "232.00", "3"),
        ("3000", "credit", "179.40", "3"),
    ]
    assert {line["department"] for line in draft["lines"]} == {"1"}


def test_the_list_says_neither_description_nor_reference(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    (item,) = sandbox.call("GET", LIST).json
    assert item["Id"] == draft_id
    assert item["VoucherType"] == "ManualJournal"
    assert (item["IsPosted"], item["InApprovalWorkflow"]) == (False, False)
    assert item["IsCreatedByCurrentIntegration"] is True
    assert not item.keys() & {"Description", "ExternalImportReference"}


def test_the_list_filters_by_moment_exclusively(sandbox: Sandbox) -> None:
    first, second = sandbox.send(), sandbox.send()
    items = {item["Id"]: item for item in sandbox.call("GET", LIST).json}
    moment = quote(items[first]["CreatedDateTimeOffset"])

    def ids(query: str) -> list[str]:
        answer = sandbox.call("GET", f"{LIST}?{query}")
        return [item["Id"] for item in answer.json] if answer.body else []

    assert ids(f"createdDateTimeOffsetGreaterThan={moment}") == [second]
    assert ids("createdDateTimeOffsetGreaterThan=2020-01-01T00:00:00%2B01:00") == [first, second]
    assert sandbox.control(f"post/{first}").status == 200
    assert ids("isPosted=true") == [first]
    assert ids("isPosted=false") == [second]
    assert ids("inApprovalWorkflow=true") == []
    changed = quote(items[second]["LastChangedDateTimeOffset"])
    assert ids(f"lastChangedDateTimeOffsetGreaterThan={changed}") == [first]


@pytest.mark.parametrize("query", ["isPosted=ja", "createdDateTimeOffsetGreaterThan=i+går"])
def test_filters_that_cannot_be_read_are_refused(sandbox: Sandbox, query: str) -> None:
    assert sandbox.call("GET", f"{LIST}?{quote(query, safe='=')}").status == 400


@pytest.mark.parametrize("other", OTHERS, ids=["client", "application"])
def test_a_draft_is_seen_by_its_own_integration_and_client_only(
    sandbox: Sandbox, other: Keys
) -> None:
    draft_id = sandbox.send()
    assert sandbox.call("GET", LIST, keys=other).status == 204
    for method, path in (("GET", f"{MANUAL}/{draft_id}"), ("DELETE", f"{LIST}/{draft_id}")):
        answer = sandbox.call(method, path, keys=other)
        assert answer.status == 404
        assert answer.json == {
            "title": "Object(s) not found",
            "status": 404,
            "detail": f"Voucher with id = {draft_id} not found.",
        }
    assert sandbox.call("GET", f"{MANUAL}/{draft_id}", keys=KEYS).status == 200


def test_minus_one_is_no_department(sandbox: Sandbox) -> None:
    draft_id = sandbox.send(
        sandbox.line("Debit", 1900, "0", 1),
        sandbox.line("Credit", 3000, "3", 1, DepartmentId=-1, ProjectId=-1),
        DepartmentId=1641,
    )
    lines = sandbox.call("GET", f"{MANUAL}/{draft_id}").json["ManualVoucherLines"]
    assert [line["DepartmentId"] for line in lines] == [1641, None]


def test_a_line_may_carry_both_sides_and_more(sandbox: Sandbox) -> None:
    line = {
        "DebitAccountId": sandbox.account(1920),
        "CreditAccountId": sandbox.account(3000),
        "CreditVatId": sandbox.vat("3"),
        "CurrencyAmount": 125,
        "Quantity": 2.5,
        "PostingDate": "2026-01-30",
        "Accrual": {"IsActive": False},
    }
    draft_id = sandbox.send(line)
    (found,) = sandbox.call("GET", f"{MANUAL}/{draft_id}").json["ManualVoucherLines"]
    assert found.items() >= line.items()
    (draft,) = sandbox.state["drafts"]
    assert [line["side"] for line in draft["lines"]] == ["debit", "credit"]
    assert [line["vat_code"] for line in draft["lines"]] == [None, "3"]


def test_an_unbalanced_draft_is_accepted(sandbox: Sandbox) -> None:
    sandbox.send(sandbox.line("Debit", 1900, "0", 100))
    (draft,) = sandbox.state["drafts"]
    assert (draft["debit"], draft["credit"]) == ("100.00", "0.00")


def test_the_same_journal_twice_makes_two_drafts(sandbox: Sandbox) -> None:
    assert sandbox.send() != sandbox.send()
    assert len(sandbox.state["drafts"]) == 2


def test_a_draft_is_deleted_once(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    assert sandbox.call("DELETE", f"{LIST}/{draft_id}").status == 200
    assert sandbox.call("DELETE", f"{LIST}/{draft_id}").status == 404
    assert sandbox.state["drafts"] == []


def test_a_posted_voucher_cannot_be_deleted_or_given_pages(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    sandbox.control(f"post/{draft_id}")
    for method, path in (("DELETE", ""), ("POST", "/VoucherPages")):
        answer = sandbox.call(method, f"{LIST}/{draft_id}{path}")
        assert answer.status == 409
        assert answer.json["title"] == "Object conflict"
        assert answer.json["detail"] == f"Voucher with id = {draft_id} is already posted."
    assert sandbox.call("GET", f"{MANUAL}/{draft_id}").status == 200  # the id persists


def multipart(name: str, content: bytes) -> tuple[bytes, str]:
    head = f'Content-Disposition: form-data; name="{name}"; filename="z.pdf"\r\n'
    kind = "Content-Type: application/pdf\r\n\r\n"
    body = b"--sep\r\n" + (head + kind).encode() + content + b"\r\n--sep--\r\n"
    return body, "multipart/form-data; boundary=sep"


def test_a_page_is_a_multipart_file(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    body, kind = multipart("file", b"%PDF-1.7\r\n\x00\xff")
    path = f"{LIST}/{draft_id}/VoucherPages"
    answer = sandbox.raw("POST", path, body, {**sandbox.head(), "Content-Type": kind})
    assert (answer.status, answer.body) == (201, b"")
    (page,) = sandbox.call("GET", f"{MANUAL}/{draft_id}").json["Pages"]
    assert page["VoucherId"] == draft_id
    assert sandbox.state["drafts"][0]["pages"] == 1


@pytest.mark.parametrize("name", ["document", "file"])
def test_a_page_without_a_file_is_refused(sandbox: Sandbox, name: str) -> None:
    draft_id = sandbox.send()
    body, kind = multipart(name, b"" if name == "file" else b"x")
    path = f"{LIST}/{draft_id}/VoucherPages"
    answer = sandbox.raw("POST", path, body, {**sandbox.head(), "Content-Type": kind})
    assert answer.status == 400
    assert sandbox.call("POST", path, {}).status == 400  # not multipart at all


@pytest.mark.slow
def test_young_rows_are_hidden_by_the_read_lag(sandbox: Sandbox) -> None:
    sandbox.seed(read_lag=0.4)
    draft_id = sandbox.send()
    assert sandbox.call("GET", LIST).status == 204
    assert sandbox.call("GET", f"{MANUAL}/{draft_id}").status == 404
    time.sleep(0.45)
    assert [item["Id"] for item in sandbox.call("GET", LIST).json] == [draft_id]
    assert sandbox.call("GET", f"{MANUAL}/{draft_id}").status == 200
    sandbox.control(f"post/{draft_id}")
    assert sandbox.call("GET", LIST).json[0]["IsPosted"] is False
    time.sleep(0.45)
    assert sandbox.call("GET", LIST).json[0]["IsPosted"] is True


def test_an_id_that_is_no_uuid_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", f"{MANUAL}/123")
    assert answer.status == 400
    assert json.dumps(answer.json["errors"]) == '{"id": ["The value \'123\' is not valid."]}'
