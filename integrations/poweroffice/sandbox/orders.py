"""Sales orders: invoice drafts with a duplicate check by reference (poweroffice.md 4.5)."""

import uuid
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from integrations.poweroffice.sandbox import customers, documents, moment, posting, shapes
from integrations.poweroffice.sandbox.documents import Document
from integrations.poweroffice.sandbox.jsontext import amount
from integrations.poweroffice.sandbox.listing import Call, after, codes, flag, numbers, page
from integrations.poweroffice.sandbox.message import Response, answer, binding, not_found, problem
from integrations.poweroffice.sandbox.order_shapes import ORDER, ORDER_LINE

TITLE = "Sales order validation error(s)"
STANDARD_ACCOUNT, OPTIONAL_ACCOUNT = 3000, 3100  # the client's own sales settings


def create(call: Call) -> Response:
    """POST SalesOrders/Complete: VAT is not sent, it follows from each product's account."""
    body = shapes.body(call.request, ORDER, strict=bool(call.ledger.setting("strict")))
    customer = _customer(call, body)
    customers.check_department(call, body, TITLE)
    order_id = str(uuid.uuid4())
    lines = [
        _line(call, line, customer, order_id, place)
        for place, line in enumerate(body.get("SalesOrderLines", []))
    ]
    references = [r for line in lines if (r := line["ExternalImportReference"]) is not None]
    if len(set(references)) != len(references):
        raise problem(400, TITLE, "ExternalImportReference is used on more than one line.")
    body |= {"CustomerId": int(customer.id), "CustomerNo": customer.body["Number"]}
    with call.ledger.write() as connection:
        _check_unique(call, body.get("ExternalImportReference"))
        documents.add(connection, call, "order", order_id, {**body, "SalesOrderLines": lines})
    return answer(201, complete(call, _find(call, order_id)))


def _customer(call: Call, body: dict[str, Any]) -> Document:
    known = documents.all_of(call.ledger, "customer", call.session.client_id)
    if "CustomerId" in body:
        found = [one for one in known if one.id == str(body["CustomerId"])]
        label = f"id = {body['CustomerId']}"
    elif "CustomerNo" in body:
        found = [one for one in known if one.body["Number"] == body["CustomerNo"]]
        label = f"customer no = {body['CustomerNo']}"
    else:
        raise problem(400, TITLE, "CustomerId or CustomerNo is required.")
    if not found:
        raise problem(404, TITLE, f"Customer with {label} not found.")
    return found[0]


def _check_unique(call: Call, reference: str | None) -> None:
    for other in documents.all_of(call.ledger, "order", call.session.client_id):
        if reference is not None and other.body.get("ExternalImportReference") == reference:
            detail = f"'{reference}' is used on (sales order) Id = {other.id}."
            raise problem(400, TITLE, f"ExternalImportReference is already in use. {detail}")


def _line(
    call: Call, line: dict[str, Any], customer: Document, order_id: str, place: int
) -> dict[str, Any]:
    """SalesOrderLineDto, with the VAT and the sums Go works out (stored as they stand)."""
    whole = {**documents.blank(ORDER_LINE), "LineType": "Normal", "SortOrder": place, **line}
    customers.check_department(call, whole, TITLE)
    head = {"Id": str(uuid.uuid4()), "SalesOrderId": order_id}
    if whole["LineType"] != "Normal":
        zero = {"NetAmount": 0, "VatAmount": 0, "TotalAmount": 0}
        return {**whole, **head, **zero, "VatCode": None, "VatId": None, "VatRate": None}
    product = _product(call, whole)
    if whole["Quantity"] is None:
        raise problem(400, TITLE, "Quantity is required on a line with a product.")
    whole |= {"ProductId": int(product.id), "ProductCode": product.body["Code"]}
    for name, source in (("ProductUnitPrice", "UnitPrice"), ("Description", "Name")):
        if whole[name] is None:
            whole[name] = product.body.get(source, 0)
    return {**whole, **head, **_sums(call, whole, product, customer)}


def _product(call: Call, line: dict[str, Any]) -> Document:
    known = documents.all_of(call.ledger, "product", call.session.client_id)
    wanted_id, code = line["ProductId"], line["ProductCode"]
    if wanted_id is None and code is None:
        raise problem(400, TITLE, "ProductId or ProductCode is required on a Normal line.")
    for one in known:
        if one.id == str(wanted_id) or (wanted_id is None and one.body["Code"] == code):
            return one
    label = f"code = '{code}'" if wanted_id is None else f"id = {wanted_id}"
    raise problem(404, TITLE, f"Product with {label} not found.")


def _sums(
    call: Call, line: dict[str, Any], product: Document, customer: Document
) -> dict[str, Any]:
    standard = line["UseStandardSalesAccount"]
    if standard is None:
        standard = not customer.body.get("IsVatFree")
    name, fallback = ("Standard", STANDARD_ACCOUNT) if standard else ("Optional", OPTIONAL_ACCOUNT)
    vat = call.ledger.row(
        "SELECT vat_code.* FROM account JOIN vat_code ON vat_code.code = account.vat_code"
        " WHERE account.number = ?",
        product.body.get(f"{name}SalesAccount", fallback),
    )
    if vat is None:
        raise problem(400, TITLE, "The product has no sales account.")
    share = 1 - Decimal(line["Allowance"] or 0) / 100
    net = _ore(Decimal(line["Quantity"]) * Decimal(line["ProductUnitPrice"]) * share * 100)
    rate = vat["rate_bp"] if vat["code"] in posting.VAT_ACCOUNTS else 0
    tax = _ore(Decimal(net) * rate / 10_000)
    sums = {"NetAmount": net, "VatAmount": tax, "TotalAmount": net + tax}
    return {
        **{key: amount(value) for key, value in sums.items()},
        "VatCode": vat["code"],
        "VatId": vat["id"],
        "VatRate": Decimal(rate).scaleb(-4).normalize(),
    }


def _ore(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def list_all(call: Call) -> Response:
    """GET SalesOrders: there is no filter by reference, the client looks through the rows."""
    number, department = numbers(call, "customerNos"), codes(call, "departmentCodes")
    status, mine = call.query("orderStatus"), flag(call, "onlyCreatedByCurrentIntegration")
    since = after(call, "lastChangedDateTimeOffsetGreaterThan")
    rows = [head(call, one) for one in documents.shown(call, "order") if one.created > since]
    return page(
        call,
        [
            row
            for row in rows
            if number(row["CustomerNo"])
            and department(row["DepartmentCode"])
            and status.lower() in ("", row["SalesOrderStatus"].lower())
            and (not mine or row["IsCreatedByCurrentIntegration"])
        ],
    )


def show(call: Call) -> Response:
    order = _find(call, call.params[0])
    if order.created > call.newest_shown():
        raise not_found(f"Sales order with id = {order.id} not found.")
    return answer(200, complete(call, order))


def delete(call: Call) -> Response:
    """Deleting frees the reference here; whether it does in Go is unknown."""
    order = _find(call, call.params[0])
    with call.ledger.write() as connection:
        connection.execute("DELETE FROM document WHERE id = ? AND kind = 'order'", (order.id,))
    return Response(200)


def _find(call: Call, text: str) -> Document:
    try:
        order_id = str(uuid.UUID(text))
    except ValueError as error:
        raise binding({"id": f"The value '{text}' is not valid."}) from error
    for one in documents.all_of(call.ledger, "order", call.session.client_id):
        if one.id == order_id:
            return one
    raise not_found(f"Sales order with id = {order_id} not found.")


def head(call: Call, order: Document) -> dict[str, Any]:
    """SalesOrderDto."""
    body = {**documents.blank(ORDER), **order.body}
    lines = body.pop("SalesOrderLines")
    return {
        "SalesOrderStatus": "Draft",
        **body,
        "CurrencyCode": body["CurrencyCode"] or "NOK",
        "Id": order.id,
        "SalesOrderNo": order.number,
        "LineCount": len(lines),
        "NetAmount": sum((line["NetAmount"] for line in lines), Decimal(0)),
        "TotalAmount": sum((line["TotalAmount"] for line in lines), Decimal(0)),
        "IsCreatedByCurrentIntegration": order.application == call.session.application,
        "CreatedDateTimeOffset": moment.iso(order.created),
        "LastChangedDateTimeOffset": moment.iso(order.created),
    }


def complete(call: Call, order: Document) -> dict[str, Any]:
    """SalesOrderCompleteDto: the head with its lines."""
    return {**head(call, order), "SalesOrderLines": order.body["SalesOrderLines"]}
