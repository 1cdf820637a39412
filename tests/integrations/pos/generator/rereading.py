"""A small reader of its own for generated files, so that the oracle is not its own witness.

Deliberately shares nothing with the generator: it keeps the whole tree, assigns receipts to a Z by
the receipt events before it, and reads both dialects by D → −|x| (saft.md 4.6, 4.7).
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from tests.integrations.pos.generator.plans import ore, truth

COUNTED = ("13012", "13013", "13017", "13028")


def code_book(root: Element, basic_type: str) -> dict[str, str]:
    """Own id → predefined code."""
    return {
        basic.findtext("basicID", ""): basic.findtext("predefinedBasicID", "")
        for basic in root.iterfind("company/basics/basic")
        if basic.findtext("basicType") == basic_type
    }


def registers(root: Element) -> Iterator[tuple[str, Element]]:
    """«LOCATION/ID» and its element."""
    for location in root.iter("location"):
        for register in location.iterfind("cashregister"):
            yield f"{location.findtext('name')}/{register.findtext('registerID')}", register


def windows(root: Element) -> Iterator[tuple[str, Element, list[Element]]]:
    """Register, Z event and the receipts whose events came before it, in file order."""
    kinds = code_book(root, "13")
    for name, register in registers(root):
        receipts = {r.findtext("transID"): r for r in register.iterfind("cashtransaction")}
        pending: list[Element] = []
        for event in register.iterfind("event"):
            if kinds[event.findtext("eventType", "")] in COUNTED:
                pending.append(receipts[event.findtext("transID")])
            if event.findtext("eventReport/reportType") == "Z report":
                yield name, event, pending
                pending = []


def is_sale(receipt: Element) -> bool:
    """Neither voided nor training."""
    flags = (receipt.findtext("voidTransaction"), receipt.findtext("trainingID"))
    return "true" not in flags


def payments(receipt: Element) -> list[tuple[str, int]]:
    """Payment rows with their true sign: flipped when they answer the sum the wrong way round."""
    rows = [
        (row.findtext("paymentType", ""), ore(row.findtext("paidAmnt")))
        for row in receipt.iterfind("payment")
    ]
    due = truth(receipt.findtext("transAmntIn"), receipt.findtext("amntTp")) + rounding(receipt)
    if rows and sum(amount for _, amount in rows) == -due:
        return [(own, -amount) for own, amount in rows]
    return rows


def rounding(receipt: Element) -> int:
    """Øre; 0 when there is none."""
    return ore(receipt.findtext("rounding/roundingAmnt") or "0.00")


def settlement(root: Element, receipts: list[Element]) -> dict[str, Any]:
    """The money part of an oracle row, from the elements alone."""
    standard = {
        row.findtext("vatCode"): row.findtext("standardVatCode")
        for row in root.iterfind("company/vatCodeDetails/vatCodeDetail")
    }
    sales: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    paid: dict[str, int] = defaultdict(int)
    for receipt in filter(is_sale, receipts):
        for line in receipt.iterfind("ctLine"):
            side = line.findtext("amntTp")
            key = (line.findtext("artGroupID"), standard[line.findtext("vat/vatCode")])
            bucket = sales[(*key, line.findtext("vat/vatPerc"))]
            bucket[0] += truth(line.findtext("lineAmntIn"), side)
            bucket[1] += truth(line.findtext("vat/vatAmnt"), line.findtext("vat/vatAmntTp"))
        for own, amount in payments(receipt):
            paid[own] += amount
    return {
        "transactions": len(receipts),
        "rounding": sum(rounding(r) for r in receipts if is_sale(r)),
        "sales": {key: tuple(value) for key, value in sales.items() if any(value)},
        "payments": {own: amount for own, amount in paid.items() if amount},
    }
