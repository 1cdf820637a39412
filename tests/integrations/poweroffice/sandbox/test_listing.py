"""Paging, projection and order, the same for every list."""

import json

import pytest

from tests.integrations.poweroffice.sandbox.process import Sandbox


def test_pages_follow_each_other_by_the_link(sandbox: Sandbox) -> None:
    whole = [row["Id"] for row in sandbox.call("GET", "/v2/VatCodes").json]
    found: list[int] = []
    path = "/demo/v2/VatCodes?isActive=true&PageSize=12"
    for _ in range(3):
        answer = sandbox.call("GET", path)
        found += [row["Id"] for row in answer.json]
        link = json.loads(answer.headers["X-Pagination"])["nextPageLink"]
        if link is None:
            break
        path = link.removeprefix(f"http://127.0.0.1:{sandbox.port}")
    assert found == whole
    assert link is None


def test_a_list_without_rows_is_204_without_a_body(sandbox: Sandbox) -> None:
    for path in ("/v2/JournalEntryVouchers", "/v2/VatCodes?PageNumber=99", "/v2/Customers"):
        answer = sandbox.call("GET", path)
        assert (answer.status, answer.body) == (204, b"")


def test_fields_are_projected_in_the_order_asked(sandbox: Sandbox) -> None:
    row = sandbox.call("GET", "/v2/VatCodes?Fields=code,Id&PageSize=1").json[0]
    assert list(row) == ["Code", "Id"]


def test_unknown_fields_are_refused(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/v2/VatCodes?Fields=Id;Code")
    assert answer.status == 400
    assert answer.json["title"] == "Invalid resourceParameter"
    detail = "Fields property in resourceParameter is not formatted correct."
    assert answer.json["detail"] == detail


def test_rows_are_ordered_when_asked(sandbox: Sandbox) -> None:
    rows = sandbox.call("GET", "/v2/Departments?OrderBy=Name%20desc").json
    assert [row["Name"] for row in rows] == ["Torget", "Sentrum"]


@pytest.mark.parametrize(
    "query",
    ["$top=1", "PageSize=20001", "PageSize=0", "PageNumber=0", "PageNumber=x", "OrderBy=Nothing"],
)
def test_bad_list_options_are_refused(sandbox: Sandbox, query: str) -> None:
    assert sandbox.call("GET", f"/v2/VatCodes?{query}").status == 400


def test_the_largest_page_and_unknown_names_pass(sandbox: Sandbox) -> None:
    assert sandbox.call("GET", "/v2/VatCodes?pagesize=20000&somethingElse=1").status == 200
