"""Customers, products and sales orders: the small part that invoices will need."""

from typing import Any

import pytest

from tests.integrations.poweroffice.sandbox.process import Keys, Sandbox

IN_USE = "ExternalImportReference is already in use."


def customer(sandbox: Sandbox, **more: Any) -> Any:
    body = {"Name": "Kari AS", "ExternalImportReference": "px-c-1", **more}
    return sandbox.call("POST", "/v2/Customers", body)


def product(sandbox: Sandbox, **more: Any) -> Any:
    body = {"Name": "Julebord", "Code": "KAT-25", "StandardSalesAccount": 3000, **more}
    return sandbox.call("POST", "/v2/Products", body)


def order(sandbox: Sandbox, customer_id: int, **more: Any) -> Any:
    lines = [
        {"ProductCode": "KAT-25", "Quantity": 24, "ProductUnitPrice": 396.125, "Allowance": 10},
        {"LineType": "Text", "Description": "Bong 55"},
    ]
    start = {"CustomerId": customer_id, "ExternalImportReference": "px-inv-1"}
    return sandbox.call(
        "POST", "/v2/SalesOrders/Complete", {**start, "SalesOrderLines": lines, **more}
    )


def test_a_customer_is_found_again_by_reference(sandbox: Sandbox) -> None:
    path = "/v2/Customers?externalImportReference=px-c-1"
    assert sandbox.call("GET", path).status == 204
    address = {"ZipCode": "0550", "City": "Oslo"}
    made = customer(sandbox, MailAddress=address, DepartmentCode="1")
    assert made.status == 201
    assert made.json["Number"] == 10_000
    assert made.json["DepartmentId"] == 1621
    assert made.json["MailAddress"]["CountryCode"] == "NO"
    assert sandbox.call("GET", path).json == [made.json]
    assert sandbox.call("GET", path, keys=Keys(client="client-2")).status == 204


def test_a_reference_is_used_by_one_customer_only(sandbox: Sandbox) -> None:
    first = customer(sandbox).json
    answer = customer(sandbox)
    assert answer.status == 400
    assert answer.json["title"] == "Customer validation error(s)"
    assert answer.json["detail"] == f"{IN_USE} 'px-c-1' is used on (contact) Id = {first['Id']}."
    assert customer(sandbox, ExternalImportReference=None).status == 201


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Name": ""}, 400),
        ({"IsPerson": True}, 400),
        ({"Number": 5}, 400),
        ({"DepartmentCode": "9"}, 404),
        ({"MailAddress": {"City": "Oslo"}}, 400),
        ({"ExternalImportReference": "x" * 51}, 400),
        ({"Unknown": 1}, 400),
    ],
)
def test_a_customer_that_is_not_right_is_refused(
    sandbox: Sandbox, change: Any, status: int
) -> None:
    assert customer(sandbox, **change).status == status
    assert sandbox.state["customers"] == []


def test_a_product_is_found_again_by_code(sandbox: Sandbox) -> None:
    made = product(sandbox)
    assert made.status == 201
    assert made.json["StandardSalesAccountId"] == sandbox.account(3000)
    assert sandbox.call("GET", "/v2/Products?codes=KAT-25,X").json == [made.json]
    assert sandbox.call("GET", "/v2/Products?codes=X").status == 204
    assert product(sandbox, StandardSalesAccount=9999).status == 404


def test_an_order_s_vat_follows_the_product_s_account(sandbox: Sandbox) -> None:
    customer_id = customer(sandbox).json["Id"]
    product(sandbox)
    made = order(sandbox, customer_id, DepartmentCode="2")
    assert made.status == 201
    line, text = made.json["SalesOrderLines"]
    assert (line["NetAmount"], line["VatAmount"], line["TotalAmount"]) == (
        8556.3,
        2139.08,
        10695.38,
    )
    assert (line["VatCode"], line["VatRate"]) == ("3", 0.25)
    assert (text["LineType"], text["TotalAmount"]) == ("Text", 0)
    assert (made.json["NetAmount"], made.json["TotalAmount"]) == (8556.3, 10695.38)
    assert (made.json["SalesOrderStatus"], made.json["LineCount"]) == ("Draft", 2)
    assert made.json["DepartmentId"] == 1641
    path = f"/v2/SalesOrders/{made.json['Id']}"
    assert sandbox.call("GET", f"{path}/Complete").json == made.json
    (listed,) = sandbox.call("GET", "/v2/SalesOrders?onlyCreatedByCurrentIntegration=true").json
    assert listed["ExternalImportReference"] == "px-inv-1"
    assert "SalesOrderLines" not in listed
    other = Keys(application="application-2")
    answer = sandbox.call("GET", "/v2/SalesOrders?onlyCreatedByCurrentIntegration=true", keys=other)
    assert answer.status == 204


def test_a_vat_free_customer_buys_from_the_optional_account(sandbox: Sandbox) -> None:
    customer_id = customer(sandbox, IsVatFree=True).json["Id"]
    product(sandbox)
    line = order(sandbox, customer_id).json["SalesOrderLines"][0]
    assert (line["VatCode"], line["VatAmount"]) == ("5", 0)


def test_a_reference_makes_one_order_until_it_is_deleted(sandbox: Sandbox) -> None:
    customer_id = customer(sandbox).json["Id"]
    product(sandbox)
    first = order(sandbox, customer_id).json["Id"]
    answer = order(sandbox, customer_id)
    assert answer.status == 400
    assert answer.json["title"] == "Sales order validation error(s)"
    assert answer.json["detail"] == f"{IN_USE} 'px-inv-1' is used on (sales order) Id = {first}."
    assert len(sandbox.state["orders"]) == 1
    assert sandbox.call("DELETE", f"/v2/SalesOrders/{first}").status == 200
    assert sandbox.call("DELETE", f"/v2/SalesOrders/{first}").status == 404
    assert order(sandbox, customer_id).status == 201


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"CustomerId": 1}, 404),
        ({"CustomerId": None}, 400),
        ({"CustomerId": None, "CustomerNo": 10_000}, 201),
        ({"DepartmentCode": "9"}, 404),
        ({"SalesOrderStatus": "Sent"}, 400),
        ({"SalesOrderLines": [{"Quantity": 1}]}, 400),
        ({"SalesOrderLines": [{"ProductCode": "X", "Quantity": 1}]}, 404),
        ({"SalesOrderLines": [{"ProductCode": "KAT-25"}]}, 400),
        ({"SalesOrderLines": [{"LineType": "Text", "ExternalImportReference": "a"}] * 2}, 400),
    ],
)
def test_an_order_that_is_not_right_is_refused(sandbox: Sandbox, change: Any, status: int) -> None:
    customer_id = customer(sandbox).json["Id"]
    product(sandbox)
    assert order(sandbox, customer_id, **change).status == status
    assert len(sandbox.state["orders"]) == (status == 201)
