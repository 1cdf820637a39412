"""Reads a request body into a known shape: names in any case, types checked, money as øre."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from integrations.poweroffice.sandbox import jsontext, moment
from integrations.poweroffice.sandbox.message import Request, binding

INT32, INT64 = 2**31 - 1, 2**63 - 1
MOST = Decimal(10) ** 13  # beyond any sum of money; keeps a 1e999999 from being computed with


@dataclass(frozen=True, slots=True)
class Text:
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """An enum: its name and its words, parted by spaces."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A DTO of poweroffice-openapi.json: its name, fields and required fields."""

    name: str
    fields: Mapping[str, "Kind"]
    required: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Many:
    shape: Shape


Kind = Text | OneOf | Shape | Many | str  # str: int32, int64, number, money, date, bool


class _BadValueError(ValueError):
    """A value that cannot be read as its field's kind."""


def body(request: Request, shape: Shape, *, strict: bool) -> dict[str, Any]:
    """The body's fields by canonical name; null and empty text are left out.

    `money` comes back as whole øre, `number` as Decimal or int. Strict refuses unknown names.
    """
    try:
        value = jsontext.loads(request.body)
    except ValueError as error:
        raise binding({"$": f"The body could not be read as JSON. {error}"}) from error
    return _shaped(value, shape, "", strict=strict)


def _shaped(value: Any, shape: Shape, path: str, *, strict: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise binding({path or "$": f"The value could not be read as {shape.name}."})
    canonical = {name.lower(): name for name in shape.fields}
    found: dict[str, Any] = {}
    for key, item in value.items():
        name = canonical.get(key.lower())
        if name is not None:
            _take(found, name, item, shape.fields[name], f"{path}{name}", strict=strict)
        elif strict:
            text = f"Could not find member '{key}' on object of type '{shape.name}'."
            raise binding({f"{path}{key}": text})
    missing = sorted(shape.required - found.keys())
    if missing:
        raise binding({f"{path}{name}": f"The {name} field is required." for name in missing})
    return found


def _take(
    found: dict[str, Any], name: str, item: Any, kind: Kind, path: str, *, strict: bool
) -> None:
    """Put one field's value under its canonical name."""
    if item == "" or (item is None and kind != "money"):
        return
    if isinstance(kind, Shape):
        found[name] = _shaped(item, kind, f"{path}.", strict=strict)
    elif isinstance(kind, Many):
        if not isinstance(item, list):
            raise binding({path: f"The value could not be read as a list of {kind.shape.name}."})
        found[name] = [
            _shaped(one, kind.shape, f"{path}[{place}].", strict=strict)
            for place, one in enumerate(item)
        ]
    else:
        try:
            found[name] = _plain(item, kind)
        except _BadValueError as error:
            raise binding({path: str(error)}) from error


def _plain(item: Any, kind: Text | OneOf | str) -> Any:
    if isinstance(kind, OneOf):
        return _word(item, kind)
    if isinstance(kind, Text):
        return _text(item, kind.longest)
    return READERS[kind](item)


def _word(item: Any, kind: OneOf) -> str:
    if isinstance(item, int | Decimal):
        raise _BadValueError(
            f"Enum '{kind.name}' with value = {item} is not valid."
            " (Enums is not allowed to be represented as integers)."
        )
    if not isinstance(item, str) or item not in kind.words.split():
        raise _BadValueError(f"Enum '{kind.name}' with value = {item} is not valid.")
    return item


def _text(item: Any, longest: int | None) -> str:
    if not isinstance(item, str):
        raise _BadValueError("The value could not be read as a text.")
    if longest is not None and len(item) > longest:
        raise _BadValueError(f"The field must be a text with a maximum length of {longest}.")
    return item


def _int(item: Any, largest: int) -> int:
    if not isinstance(item, int) or isinstance(item, bool) or not -largest - 1 <= item <= largest:
        raise _BadValueError(f"The value '{item}' could not be read as a whole number.")
    return item


def _number(item: Any) -> Decimal:
    if not isinstance(item, int | Decimal) or isinstance(item, bool):
        raise _BadValueError(f"The value '{item}' could not be read as a number.")
    value = Decimal(item)
    if abs(value) >= MOST:
        raise _BadValueError("The number is too large.")
    return value


def _money(item: Any) -> int:
    value = _number(item)
    if value and value.adjusted() < -20:
        raise _BadValueError("The amount has more than two decimals.")
    numerator, denominator = value.as_integer_ratio()
    ore, rest = divmod(numerator * 100, denominator)
    if rest:
        raise _BadValueError(f"The amount '{item}' has more than two decimals.")
    return ore


def _date(item: Any) -> str:
    try:
        return moment.day(item)
    except (ValueError, TypeError) as error:
        raise _BadValueError(f"The value '{item}' could not be read as a date.") from error


def _bool(item: Any) -> bool:
    if not isinstance(item, bool):
        raise _BadValueError(f"The value '{item}' could not be read as true or false.")
    return item


READERS: dict[str, Callable[[Any], Any]] = {
    "int32": lambda item: _int(item, INT32),
    "int64": lambda item: _int(item, INT64),
    "number": _number,
    "money": _money,
    "date": _date,
    "bool": _bool,
}
