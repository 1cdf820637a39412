"""JSON as Go reads and writes it here: numbers are Decimal, never float."""

import json
from decimal import Decimal
from typing import Any


def loads(text: bytes) -> Any:
    """Parse UTF-8 JSON; numbers with a point become Decimal. Raises ValueError."""
    try:
        return json.loads(text.decode("utf-8"), parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("The JSON is nested too deeply.") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON.")


def dumps(value: Any) -> str:
    """Write JSON; a Decimal is written digit for digit (json.dumps would refuse it)."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{dumps(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def amount(ore: int) -> Decimal:
    """Whole øre as the JSON number Go writes: 10280 -> 102.8."""
    value = Decimal(ore).scaleb(-2)
    return value.quantize(Decimal(1)) if ore % 100 == 0 else value.normalize()


def kroner(ore: int) -> str:
    """Whole øre as kroner with two decimals: -40 -> '-0.40'."""
    return format(Decimal(ore).scaleb(-2).quantize(Decimal("0.01")), "f")
