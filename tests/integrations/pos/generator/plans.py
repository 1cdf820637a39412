"""Plans and files for the tests, small unless they say otherwise."""

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from integrations.pos.generator import Plan, write
from integrations.pos.generator.plan import tills_of

NAMESPACE = "{urn:StandardAuditFile-Taxation-CashRegister:NO}"
TWO_SHOPS = tills_of("Sentrum:2,Torget:1")
ONE_TILL = (("Sentrum", "1"),)

# Two weeks of one busy till hold returns, exchanges, cash and all that is not too rare.
BUSY = Plan("999999999", "Fjord & Fjell AS", date(2026, 10, 1), 14, ONE_TILL, 80, 4)
SMALL = replace(BUSY, days=3, receipts=20, tills=TWO_SHOPS)


@cache
def written(plan: Plan) -> tuple[bytes, dict[str, Any]]:
    """The file's bytes and the oracle beside them; made once, so do not change them."""
    out, told = io.BytesIO(), {}
    write(plan, out, told)
    return out.getvalue(), told


def tree(data: bytes) -> ET.Element:
    """The file as elements without their namespace, for short paths in tests."""
    root = ET.fromstring(data)  # noqa: S314  # our own bytes
    for element in root.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
    return root


def ore(text: str | None) -> int:
    """«-0.40» as -40; refuses anything but two decimals."""
    assert text is not None
    whole, decimals = text.split(".")
    assert len(decimals) == 2, text
    return int(whole + decimals)


def truth(amount: str | None, side: str | None) -> int:
    """D → −|x|, C → x: the one rule that reads both dialects (saft.md 0.6)."""
    value = ore(amount)
    return -abs(value) if side == "D" else value
