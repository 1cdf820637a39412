"""Reads PowerOffice Go's answers into the shapes of wire.py, whatever the case of their names.

Their names are PascalCase by the spec and lower-case in errors (poweroffice.md 3). Numbers with a
point are Decimal, never float.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from integrations.poweroffice.wire import RemoteId, VoucherLine, VoucherPage

Shape = TypeVar("Shape")


class Unreadable(Exception):
    """What they answered is not the shape it should be."""


def parse(text: bytes) -> Any:
    """Read JSON without floats. Raises Unreadable."""
    try:
        return json.loads(text.decode(), parse_float=Decimal)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("the answer is not JSON") from problem


def read(shape: type[Shape], raw: object) -> Shape:
    """Read one shape from parsed JSON, whatever the case of its names. Raises Unreadable."""
    given = lower(raw)
    held: dict[str, Any] = {}
    for each in fields(shape):  # type: ignore[arg-type]  # every shape here is a dataclass
        try:
            held[each.name] = _READERS[each.type](given.get(each.name.lower()))
        except (TypeError, ValueError, ArithmeticError) as problem:
            raise Unreadable(f"{shape.__name__}.{each.name} cannot be read") from problem
    return shape(**held)


def lower(raw: object) -> dict[str, Any]:
    """The members of a JSON object with their names in lower case. Raises Unreadable."""
    if not isinstance(raw, dict):
        raise Unreadable("an object was expected")
    return {name.lower(): value for name, value in raw.items()}


def each(shape: type[Shape], raw: object) -> tuple[Shape, ...]:
    """Read a list of one shape; null is an empty list. Raises Unreadable."""
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise Unreadable("a list was expected")
    return tuple(read(shape, item) for item in raw)


def _text(raw: object) -> str:
    return "" if raw is None else str(raw)


def _texts(raw: object) -> tuple[str, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise TypeError("a list was expected")
    return tuple(map(_text, raw))


def _id(raw: object) -> RemoteId:
    if not isinstance(raw, str) or not raw:
        raise TypeError("an id is missing")
    return RemoteId(raw)


def _whole(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise TypeError("a whole number is missing")
    return raw


def _number(raw: object) -> Decimal:
    if not isinstance(raw, int | Decimal) or isinstance(raw, bool):
        raise TypeError("a number is missing")
    return Decimal(raw)


def _day(raw: object) -> date | None:
    """A date; Go sometimes sends a time of day behind it (poweroffice.md 2)."""
    return None if raw is None else date.fromisoformat(str(raw)[:10])


def _moment(raw: object) -> datetime:
    moment = datetime.fromisoformat(str(raw))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_READERS: Mapping[Any, Any] = {
    str: _text,
    int: _whole,
    bool: lambda raw: raw is True,
    Decimal: _number,
    datetime: _moment,
    RemoteId: _id,
    int | None: lambda raw: None if raw is None else _whole(raw),
    bool | None: lambda raw: None if raw is None else raw is True,
    datetime | None: lambda raw: None if raw is None else _moment(raw),
    date | None: _day,
    tuple[str, ...]: _texts,
    tuple[VoucherLine, ...]: lambda raw: each(VoucherLine, raw),
    tuple[VoucherPage, ...]: lambda raw: each(VoucherPage, raw),
}
