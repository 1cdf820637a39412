"""Money is whole øre: one door in, one door out, and no float between.

Invariant: an amount in this project is an `Ore`, an int of øre. In the ledger debit is +, credit is −.
"""

import re
from typing import NewType

Ore = NewType("Ore", int)
ZERO = Ore(0)

_KRONER = re.compile(r"\s*([+-]?)(?=\.?\d)(\d{0,18})(?:\.(\d*))?\s*\Z", re.ASCII)
_LONGEST = 21  # 18 digits, the point and two decimals


class NotAnAmount(ValueError):
    """The text is not an amount of kroner with at most two decimals."""


def from_kroner(text: str) -> Ore:
    """Turn `"513.80"` into 51380 øre.

    Takes what the schema's Amount2decimals takes (saft.md 1.1): a sign, surrounding blanks, `.50`,
    trailing zeros after the second decimal, at most 18 digits of kroner. Raises NotAnAmount for
    anything else; a third decimal is refused, never rounded away.
    """
    ore = text[:-3] + text[-2:]
    if text[-3:-2] == "." and len(text) <= _LONGEST and ore.isdecimal() and ore.isascii():
        return Ore(int(ore))  # `513.80`, as nearly all are written: quicker than the pattern
    found = _KRONER.match(text)
    if not found:
        raise NotAnAmount(text)
    sign, kroner, decimals = found.groups(default="")
    if decimals[2:].strip("0"):
        raise NotAnAmount(text)
    whole = int(kroner or "0") * 100 + int(decimals[:2].ljust(2, "0"))
    return Ore(-whole if sign == "-" else whole)


def to_kroner(amount: int) -> str:
    """Turn øre into the text of JSON and wire: `-40` gives `"-0.40"`, always two decimals."""
    kroner, ore = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{kroner}.{ore:02d}"


def vat_of_gross(gross: int, rate: int) -> Ore:
    """Give the VAT inside a gross amount at a rate in basis points, rounded half up (saft.md 3.1)."""
    whole, rest = divmod(abs(gross) * rate, 10_000 + rate)
    vat = whole + (2 * rest >= 10_000 + rate)
    return Ore(vat if gross >= 0 else -vat)
