"""Customers: made once per reference, found again by it (poweroffice.md 4.7)."""

from typing import Any

from integrations.poweroffice.sandbox import documents, moment, shapes
from integrations.poweroffice.sandbox.documents import Document
from integrations.poweroffice.sandbox.listing import Call, after, numbers, page
from integrations.poweroffice.sandbox.message import Response, answer, problem
from integrations.poweroffice.sandbox.order_shapes import CUSTOMER

TITLE = "Customer validation error(s)"
FIRST_NUMBER, LAST_NUMBER = 10_000, 19_999


def create(call: Call) -> Response:
    body = shapes.body(call.request, CUSTOMER, strict=bool(call.ledger.setting("strict")))
    _check_name(body)
    check_department(call, body, TITLE)
    with call.ledger.write() as connection:
        others = documents.all_of(call.ledger, "customer", call.session.client_id)
        _check_unique(body, others)
        customer_id = 445_000 + documents.next_number(connection)
        taken = [other.body["Number"] for other in others]
        body.setdefault("Number", max([FIRST_NUMBER - 1, *taken]) + 1)
        documents.add(connection, call, "customer", str(customer_id), body)
    made = documents.all_of(call.ledger, "customer", call.session.client_id)
    return answer(201, next(dto(one) for one in made if one.id == str(customer_id)))


def _check_name(body: dict[str, Any]) -> None:
    needed = ("FirstName", "LastName") if body.get("IsPerson") else ("Name",)
    for name in needed:
        if name not in body:
            raise problem(400, TITLE, f"{name} is required.")
    if not FIRST_NUMBER <= body.get("Number", FIRST_NUMBER) <= LAST_NUMBER:
        raise problem(400, TITLE, f"Number must be between {FIRST_NUMBER} and {LAST_NUMBER}.")


def check_department(call: Call, body: dict[str, Any], title: str) -> None:
    """Resolve DepartmentId or DepartmentCode; -1 is none, an unknown one is 404."""
    wanted_id, wanted = body.get("DepartmentId"), body.get("DepartmentCode")
    if wanted_id == -1 or (wanted_id is None and wanted in (None, "-1")):
        body |= {"DepartmentId": None, "DepartmentCode": None}
        return
    key, value = ("code", wanted) if wanted_id is None else ("id", wanted_id)
    found = call.ledger.row(f"SELECT * FROM department WHERE {key} = ?", value)  # noqa: S608
    if found is None:
        shown = f"'{value}'" if key == "code" else value
        raise problem(404, title, f"Department with {key} = {shown} not found.")
    body |= {"DepartmentId": found["id"], "DepartmentCode": found["code"]}


def _check_unique(body: dict[str, Any], others: list[Document]) -> None:
    for name in ("ExternalImportReference", "ExternalNumber", "Number"):
        for other in others:
            if name in body and other.body.get(name) == body[name]:
                detail = f"'{body[name]}' is used on (contact) Id = {other.id}."
                raise problem(400, TITLE, f"{name} is already in use. {detail}")


def list_all(call: Call) -> Response:
    reference = call.query("externalImportReference")
    number, external = numbers(call, "customerNos"), numbers(call, "externalNos")
    since = max(
        after(call, "customerCreatedDateTimeOffsetGreaterThan"),
        after(call, "lastChangedDateTimeOffsetGreaterThan"),
    )
    return page(
        call,
        [
            dto(one)
            for one in documents.shown(call, "customer")
            if reference in ("", one.body.get("ExternalImportReference"))
            and number(one.body["Number"])
            and (not call.query("externalNos") or external(one.body.get("ExternalNumber", -1)))
            and one.created > since
        ],
    )


def dto(one: Document) -> dict[str, Any]:
    """CustomerDto."""
    made = moment.iso(one.created)
    body = {**documents.blank(CUSTOMER), **one.body}
    body.pop("SubLedgerNumberSeriesId", None)
    address = body.pop("MailAddress", None)
    if address is not None:
        body["MailAddress"] = {
            "CountryCode": "NO",
            **address,
            "Id": 9_000_000 + one.number,
            "LastChangedDateTimeOffset": made,
        }
    if body["IsPerson"]:
        body["Name"] = f"{body['FirstName']} {body['LastName']}"
    return {
        "InvoiceDeliveryType": "Print",
        **body,
        "IsPerson": bool(body["IsPerson"]),
        "IsVatFree": bool(body["IsVatFree"]),
        "IsArchived": bool(body["IsArchived"]),
        "Id": int(one.id),
        "SubledgerAccountId": 7_000_000 + one.number,
        "IsActive": True,
        "ContactCreatedDateTimeOffset": made,
        "CustomerCreatedDateTimeOffset": made,
        "LastChangedDateTimeOffset": made,
    }
