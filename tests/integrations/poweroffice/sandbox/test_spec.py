"""Answers against the stored API description: every GET, and what is posted."""

import json
from pathlib import Path
from typing import Any

import openapi_core
import pytest
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.response.exceptions import InvalidData

from tests.integrations.poweroffice.sandbox.process import MANUAL, Answer, Sandbox

pytestmark = pytest.mark.needs_shared
HOST = "https://goapi.poweroffice.net"


@pytest.fixture(scope="module")
def spec(shared: Path) -> openapi_core.OpenAPI:
    file = shared / "reference" / "poweroffice-openapi.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    # The description names no status for some product answers; 201 is what was observed.
    responses = document["paths"]["/Products"]["post"]["responses"]
    responses["201"] = responses["200"]
    return openapi_core.OpenAPI.from_dict(document)


def check(spec: openapi_core.OpenAPI, method: str, path: str, answer: Answer, body: Any) -> None:
    """Raises when the answer does not fit the description of this call."""
    bare, _, query = path.partition("?")
    arguments = dict(pair.split("=") for pair in query.split("&") if pair)
    request = MockRequest(
        HOST,
        method.lower(),
        bare,
        args=arguments,
        content_type="application/json",
        data=json.dumps(body).encode() if body is not None else b"",
    )
    kind = answer.headers.get("Content-Type", "application/json").partition(";")[0]
    response = MockResponse(answer.body, answer.status, content_type=kind)
    spec.validate_response(request, response)


def full(sandbox: Sandbox) -> tuple[str, str]:
    """One of each in the books; gives a draft's and an order's id."""
    made = sandbox.call(
        "POST",
        "/v2/Customers",
        {"Name": "Kari AS", "MailAddress": {"ZipCode": "0550", "City": "Oslo"}},
    ).json
    sandbox.call("POST", "/v2/Products", {"Name": "Mat", "Code": "M", "UnitPrice": 99.5})
    lines = [{"ProductCode": "M", "Quantity": 2}, {"LineType": "Text", "Description": "x"}]
    order = {"CustomerId": made["Id"], "SalesOrderLines": lines}
    order_id = sandbox.call("POST", "/v2/SalesOrders/Complete", order).json["Id"]
    draft_id = sandbox.send(DepartmentId=1621)
    sandbox.control(f"post/{sandbox.send(DepartmentId=1621)}")
    sandbox.seed(lock_date="2020-12-31")
    return draft_id, order_id


PATHS = [
    "/ClientIntegrationInformation",
    "/LockDateSettings",
    "/VatCodes",
    "/GeneralLedgerAccounts",
    "/Departments",
    "/JournalEntryVouchers",
    "/JournalEntryVouchers/ManualJournals/{draft}",
    "/AccountTransactions?fromDate=2021-03-01&toDate=2021-03-31",
    "/Customers",
    "/Products",
    "/SalesOrders",
    "/SalesOrders/{order}/Complete",
]


@pytest.mark.parametrize("template", PATHS)
def test_every_answer_fits_the_description(
    sandbox: Sandbox, spec: openapi_core.OpenAPI, template: str
) -> None:
    draft_id, order_id = full(sandbox)
    path = "/v2" + template.format(draft=draft_id, order=order_id)
    answer = sandbox.call("GET", path)
    assert (answer.status, len(answer.body) > 2) == (200, True)
    check(spec, "GET", path, answer, None)


def posts(sandbox: Sandbox) -> dict[str, Any]:
    customer = sandbox.call("POST", "/v2/Customers", {"Name": "Per"}).json["Id"]
    product = {"Name": "Mat", "Code": "M", "StandardSalesAccount": 3030}
    sandbox.call("POST", "/v2/Products", product)
    line = {"ProductCode": "M", "Quantity": 1, "ProductUnitPrice": 10}
    return {
        MANUAL: sandbox.journal(DepartmentId=1621),
        "/v2/Customers": {"IsPerson": True, "FirstName": "Kari", "LastName": "Nordmann"},
        "/v2/Products": {"Name": "Drikke"},
        "/v2/SalesOrders/Complete": {"CustomerId": customer, "SalesOrderLines": [line]},
    }


@pytest.mark.parametrize(
    "path", [MANUAL, "/v2/Customers", "/v2/Products", "/v2/SalesOrders/Complete"]
)
def test_what_is_posted_is_answered_as_described(
    sandbox: Sandbox, spec: openapi_core.OpenAPI, path: str
) -> None:
    body = posts(sandbox)[path]
    answer = sandbox.call("POST", path, body)
    assert answer.status == 201
    check(spec, "POST", path, answer, body)
    refused = sandbox.call("POST", path, {**body, "Nothing": 1})
    assert refused.status == 400
    check(spec, "POST", path, refused, body)


def test_the_check_would_see_a_wrong_answer(sandbox: Sandbox, spec: openapi_core.OpenAPI) -> None:
    answer = sandbox.call("GET", "/v2/VatCodes")
    bent = answer.body.replace(b'"Rate":0.25', b'"Rate":"25"')
    with pytest.raises(InvalidData):
        check(spec, "GET", "/v2/VatCodes", Answer(200, answer.headers, bent), None)
    more = answer.body.replace(b'"Rate":0.25', b'"Rate":0.25,"Colour":"red"')
    with pytest.raises(InvalidData):
        check(spec, "GET", "/v2/VatCodes", Answer(200, answer.headers, more), None)
