"""Texts of a file → values, each with the check that it fits its element (saft.md 1.1).

What does not fit raises Misfit, with the names it may have come from; stream.py finds the line.
"""

import re
from functools import lru_cache

from accounting.books.domain.money import NotAnAmount, Ore, from_kroner
from integrations.pos.saft.refusal import Misfit

MOST_ORE = 10**15  # ten thousand milliard kroner: more is a fault, and sums must fit the database
LONGEST_ID = 35
AMOUNTS = frozenset(
    {
        "transAmntIn",
        "transAmntEx",
        "lineAmntIn",
        "lineAmntEx",
        "vatAmnt",
        "raiseAmnt",
        "roundingAmnt",
        "paidAmnt",
        "totalCashSaleAmnt",
        "artGroupAmnt",
        "paymentAmnt",
        "cashSaleAmnt",
        "tipAmnt",
        "reportReturnAmnt",
        "reportReceiptCopyAmnt",
        "reportReceiptProformaAmnt",
        "reportDiscountAmnt",
        "reportVoidTransAmnt",
        "corrLineAmnt",
        "priceInquiryAmnt",
        "otherCorrAmnt",
        "reportReceiptDeliveryAmnt",
        "reportTrainingAmnt",
        "creditSalesAmnt",
        "creditMemosAmnt",
        "payInAmnt",
        "payOutAmnt",
        "openingChangeFloatAmnt",
        "reportGrandTotalSales",
        "reportGrandTotalReturn",
        "reportGrandTotalSalesNet",
        "reportOpeningChangeFloat",
    }
)
RATES = frozenset({"vatPerc"})
EXCHANGE_RATES = frozenset({"exchRt"})
SIDES = frozenset({"amntTp", "vatAmntTp"})
FLAGS = frozenset({"voidTransaction", "trainingID"})
_RATE = re.compile(r"\s*\+?(\d{1,6})(?:\.(\d{0,2})0*)?\s*", re.ASCII)
_EXCHANGE = re.compile(r"\s*\+?(\d{1,12})(?:\.(\d{0,6})0*)?\s*", re.ASCII)
_COUNT = re.compile(r"\s*\+?(\d{1,10})(?:\.0*)?\s*", re.ASCII)
_FLAG = {"": False, "0": False, "false": False, "1": True, "true": True}


@lru_cache(maxsize=1 << 13)
def amount(text: str) -> Ore:
    """Give the øre of an amount. Raises Misfit."""
    try:
        ore = from_kroner(text)
    except NotAnAmount:
        raise Misfit("amount-malformed", AMOUNTS, text) from None
    if abs(ore) > MOST_ORE:
        raise Misfit("amount-malformed", AMOUNTS, text)
    return ore


@lru_cache(maxsize=256)
def rate_of(text: str) -> int | None:
    """Turn `"25.00"` into 2500 basis points, None where nothing is said. Raises Misfit."""
    if not text.strip():
        return None
    found = _RATE.fullmatch(text)
    if not found:
        raise Misfit("field-malformed", RATES, text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


@lru_cache(maxsize=256)
def exchange_rate(text: str) -> int | None:
    """Turn `"11.500000"` into millionths, None where nothing is said. Raises Misfit."""
    if not text.strip():
        return None
    found = _EXCHANGE.fullmatch(text)
    if not found:
        raise Misfit("field-malformed", EXCHANGE_RATES, text)
    return int(found[1]) * 1_000_000 + int((found[2] or "").ljust(6, "0"))


@lru_cache(maxsize=16)
def side_of(text: str) -> str:
    """Give `C` or `D`. Raises Misfit for anything else."""
    side = text.strip()
    if side not in {"C", "D"}:
        raise Misfit("field-malformed", SIDES, text)
    return side


@lru_cache(maxsize=16)
def flag(text: str) -> bool:
    """Read xsd:boolean; absent or empty is false. Raises Misfit."""
    try:
        return _FLAG[text.strip()]
    except KeyError:
        raise Misfit("field-malformed", FLAGS, text) from None


@lru_cache(maxsize=256)
def count(element: str, text: str) -> int:
    """Give a whole number of at most ten digits, with or without a fraction of zeros. Raises Misfit."""
    found = _COUNT.fullmatch(text)
    if not found:
        raise Misfit("field-malformed", frozenset({element}), text)
    return int(found[1])


def identity(element: str, text: str) -> str:
    """Give an id without surrounding blanks; the schema stops it at 35 characters. Raises Misfit."""
    found = text.strip()
    if not found or len(found) > LONGEST_ID:
        raise Misfit("field-malformed", frozenset({element}), text)
    return found
