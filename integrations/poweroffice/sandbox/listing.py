"""What all lists share: filters, paging, `Fields`, `OrderBy`, 204 when empty (poweroffice.md 2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from integrations.poweroffice.sandbox import jsontext, moment
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.message import (
    Refusal,
    Request,
    Response,
    answer,
    binding,
    problem,
)
from integrations.poweroffice.sandbox.tokens import Session

PAGE_SIZE, LARGEST_PAGE = 5000, 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call that passed the gateway: who asks, what stood in the path, and the books."""

    request: Request
    session: Session
    params: tuple[str, ...]
    ledger: Ledger

    def query(self, name: str) -> str:
        return self.request.query.get(name.lower(), "").strip()

    def newest_shown(self) -> int:
        """Rows made after this moment (µs) are not shown yet: the read lag of the replica."""
        return moment.now_us() - int(self.ledger.setting("read_lag") * 1_000_000)


def page(call: Call, rows: Sequence[dict[str, Any]]) -> Response:
    """One page of the rows: 200 with a bare array and `X-Pagination`, or 204 without a body."""
    if any(name.startswith("$") for name in call.request.query):
        raise problem(400, "Invalid resourceParameter", "OData query options are not supported.")
    number, size = _whole(call, "PageNumber", 1), _whole(call, "PageSize", PAGE_SIZE)
    if number < 1 or not 1 <= size <= LARGEST_PAGE:
        raise problem(
            400, "Invalid resourceParameter", f"PageSize must be between 1 and {LARGEST_PAGE}."
        )
    ordered = _ordered(call, rows)
    shown = ordered[(number - 1) * size : number * size]
    if not shown:
        return Response(204)
    pages = -(-len(ordered) // size)
    head = {"totalCount": len(ordered), "pageSize": size, "currentPage": number}
    links = {"totalPages": pages, "nextPageLink": _link(call, number + 1, size, pages)}
    body = [_projected(call, row) for row in shown]
    return answer(200, body, {"X-Pagination": jsontext.dumps({**head, **links})})


def _link(call: Call, number: int, size: int, pages: int) -> str | None:
    if number > pages:
        return None
    kept = {k: v for k, v in call.request.query.items() if k not in ("pagenumber", "pagesize")}
    query = urlencode({**kept, "PageNumber": number, "PageSize": size})
    return f"http://{call.request.header('host')}{call.request.path}?{query}"


def _whole(call: Call, name: str, default: int) -> int:
    text = call.query(name)
    if not text:
        return default
    try:
        return int(text)
    except ValueError as error:
        raise binding({name: f"The value '{text}' is not valid."}) from error


def _bad_fields() -> Refusal:
    return problem(
        400,
        "Invalid resourceParameter",
        "Fields property in resourceParameter is not formatted correct.",
    )


def _projected(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    if not call.query("Fields"):
        return row
    names = {name.lower(): name for name in row}
    wanted = [name.strip().lower() for name in call.query("Fields").split(",")]
    if any(name not in names for name in wanted):
        raise _bad_fields()
    return {names[name]: row[names[name]] for name in wanted}


def _ordered(call: Call, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    if not rows or not call.query("OrderBy"):
        return rows
    name, _, direction = call.query("OrderBy").partition(" ")
    names = {key.lower(): key for key in rows[0]}
    if name.lower() not in names or direction.strip().lower() not in ("", "asc", "desc"):
        raise problem(400, "Invalid resourceParameter", f"OrderBy '{name}' is not known.")
    key = names[name.lower()]
    return sorted(
        rows,
        key=lambda row: (row[key] is not None, row[key]),
        reverse=direction.strip().lower() == "desc",
    )


def flag(call: Call, name: str) -> bool | None:
    """A true/false filter, None when it was not given."""
    text = call.query(name).lower()
    if text not in ("", "true", "false"):
        raise binding({name: f"The value '{text}' is not valid."})
    return None if not text else text == "true"


def after(call: Call, name: str) -> int:
    """The moment (µs) of an exclusive `…GreaterThan` filter; -1 when it was not given."""
    text = call.query(name)
    if not text:
        return -1
    try:
        return moment.parse(text)
    except ValueError as error:
        raise binding({name: f"The value '{text}' is not valid."}) from error


def codes(call: Call, name: str) -> Callable[[str | None], bool]:
    """A comma list of codes; `-1` means none. Without the filter everything passes."""
    wanted = {code.strip() for code in call.query(name).split(",") if code.strip()}
    if not wanted:
        return lambda _code: True
    return lambda code: (code if code is not None else "-1") in wanted


def numbers(call: Call, name: str) -> Callable[[int], bool]:
    """A comma list of numbers and ranges: `1000-1999, 2500, 3000-`."""
    ranges = [_range(part.strip(), name) for part in call.query(name).split(",") if part.strip()]
    if not ranges:
        return lambda _number: True
    return lambda number: any(low <= number <= high for low, high in ranges)


def _range(part: str, name: str) -> tuple[int, float]:
    low, dash, high = part.partition("-")
    try:
        first = int(low)
        last = (int(high) if high.strip() else float("inf")) if dash else first
    except ValueError as error:
        text = f"{name} is not a list of numbers and ranges."
        raise problem(400, "Unable to cast object(s)", text) from error
    return first, last
