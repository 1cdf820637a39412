"""Products: they carry the sales account, and through it the VAT of an order line (4.8)."""

from sqlite3 import Row
from typing import Any

from integrations.poweroffice.sandbox import documents, moment, shapes
from integrations.poweroffice.sandbox.documents import Document
from integrations.poweroffice.sandbox.listing import Call, after, codes, flag, page
from integrations.poweroffice.sandbox.message import Response, answer, problem
from integrations.poweroffice.sandbox.order_shapes import PRODUCT

TITLE = "Product validation error(s)"


def create(call: Call) -> Response:
    """201 as observed (the spec says 200). A second product with the same Code is let through:

    whether Go refuses it is unknown, and a client must not count on it.
    """
    body = shapes.body(call.request, PRODUCT, strict=bool(call.ledger.setting("strict")))
    if "ProductGroupId" in body or "ProductGroupCode" in body:
        raise problem(404, TITLE, "Product group not found.")
    for name in ("StandardSalesAccount", "OptionalSalesAccount"):
        _resolve(call, body, name)
    with call.ledger.write() as connection:
        number = documents.next_number(connection)
        body.setdefault("Code", str(number))
        documents.add(connection, call, "product", str(660_000 + number), body)
    made = documents.all_of(call.ledger, "product", call.session.client_id)
    return answer(201, next(dto(one) for one in made if one.id == str(660_000 + number)))


def _resolve(call: Call, body: dict[str, Any], name: str) -> None:
    """Fill account number and id from whichever was sent; the id wins."""
    wanted_id, wanted = body.get(f"{name}Id"), body.get(name)
    if wanted_id is None and wanted is None:
        return
    key, value = ("number", wanted) if wanted_id is None else ("id", wanted_id)
    sql = f"SELECT * FROM account WHERE {key} = ?"  # noqa: S608 - our own constants
    found: Row | None = call.ledger.row(sql, value)
    if found is None:
        label = "account no" if key == "number" else "id"
        raise problem(404, TITLE, f"General ledger account with {label} = {value} not found.")
    body |= {name: found["number"], f"{name}Id": found["id"]}


def list_all(call: Call) -> Response:
    wanted, archived = codes(call, "codes"), flag(call, "isArchived")
    since = max(
        after(call, f"{name}DateTimeOffsetGreaterThan") for name in ("created", "lastChanged")
    )
    return page(
        call,
        [
            dto(one)
            for one in documents.shown(call, "product")
            if wanted(one.body["Code"])
            and archived in (None, bool(one.body.get("IsArchived")))
            and one.created > since
        ],
    )


def dto(one: Document) -> dict[str, Any]:
    """ProductDto."""
    body = {**documents.blank(PRODUCT), **one.body}
    return {
        "ProductType": "Product",
        "UnitOfMeasureCode": "EA",
        **body,
        "IsArchived": bool(body["IsArchived"]),
        "IsStockItem": bool(body["IsStockItem"]),
        "Id": int(one.id),
        "CreatedDateTimeOffset": moment.iso(one.created),
        "LastChangedDateTimeOffset": moment.iso(one.created),
    }
