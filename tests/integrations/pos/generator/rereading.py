"""A small reader of its own for generated files, so that the oracle is not its own witness.

Deliberately shares nothing with the generator: it keeps the whole tree, assigns receipts to a Z by
the events that name them, reads both dialects by D → −|x|, weighs evidence in DESIGN.md 5's order,
and finds tips and currency by the equation that comes out (saft.md 4.6, 4.7).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree.ElementTree import Element

from tests.integrations.pos.generator.plans import ore, truth

SALES = {"11001", "11006", "11009", "11012", "11013", "11016"}
CREDIT = {"11002", "11015", "11017"}
MOVED = {"11003": ("purchase", -1), "11004": ("payment", -1), "11007": ("float", 1),
         "11008": ("cash-difference", 1), "11010": ("paid-out", -1),
         "11011": ("paid-in", 1)}  # fmt: skip


def code_book(root: Element, basic_type: str) -> dict[str, str]:
    """Own id → predefined code."""
    return {
        basic.findtext("basicID", ""): basic.findtext("predefinedBasicID", "")
        for basic in root.iterfind("company/basics/basic")
        if basic.findtext("basicType") == basic_type
    }


@dataclass(frozen=True)
class Books:
    """What a file says its codes mean."""

    types: dict[str, str]
    tenders: dict[str, str]
    vat: dict[str, str]

    @classmethod
    def of(cls, root: Element) -> "Books":
        """The code books of this file."""
        rows = root.iterfind("company/vatCodeDetails/vatCodeDetail")
        vat = {row.findtext("vatCode", ""): row.findtext("standardVatCode", "") for row in rows}
        return cls(code_book(root, "11"), code_book(root, "12"), vat)


def registers(root: Element) -> Iterator[tuple[str, Element]]:
    """«LOCATION/ID» and its element."""
    for location in root.iter("location"):
        for register in location.iterfind("cashregister"):
            yield f"{location.findtext('name')}/{register.findtext('registerID')}", register


def windows(root: Element) -> Iterator[tuple[str, Element, list[Element]]]:
    """Register, Z event and the receipts that events before it name, in file order."""
    for name, register in registers(root):
        receipts = {r.findtext("transID"): r for r in register.iterfind("cashtransaction")}
        pending: dict[str, Element] = {}
        for event in register.iterfind("event"):
            named = event.findtext("transID")
            if named:
                pending[named] = receipts[named]
            if event.findtext("eventReport/reportType") == "Z report":
                yield name, event, list(pending.values())
                pending = {}


def happened(receipt: Element) -> bool:
    """Neither voided nor training."""
    flags = (receipt.findtext("voidTransaction"), receipt.findtext("trainingID"))
    return "true" not in flags


def nature(receipt: Element, books: Books) -> str:
    """«sale», «credit», «customer-payment», a movement of cash, «inventory» for no sum, or «»."""
    if not happened(receipt):
        return ""
    own = receipt.findtext("transType")
    kind = books.types[own] if own else "11001"
    tenders = {books.tenders[one.text or ""] for one in receipt.iterfind("payment/paymentType")}
    if "12006" in tenders:
        return "credit"
    if kind == "11005":
        return "customer-payment"
    if kind in CREDIT or (receipt.find("invoiceID") is not None and not tenders):
        return "credit"
    if kind in ("11014", "11999"):
        return "inventory"
    return "sale" if kind in SALES else MOVED[kind][0]


def rounding(receipt: Element) -> int:
    """Øre; 0 when there is none."""
    return ore(receipt.findtext("rounding/roundingAmnt") or "0.00")


def amount_in(receipt: Element) -> int:
    """transAmntIn with its true sign."""
    return truth(receipt.findtext("transAmntIn"), receipt.findtext("amntTp"))


def lines_of(receipt: Element) -> int:
    """The sum of its lines with VAT."""
    return sum(
        truth(line.findtext("lineAmntIn"), line.findtext("amntTp"))
        for line in receipt.iterfind("ctLine")
    )


def settled(receipt: Element) -> tuple[int, list[tuple[str, int]]]:
    """The tip that is in no line, and the payments in kroner with their true sign.

    Raises AssertionError where no reading of currency, sign and tip comes out.
    """
    tip = sum(ore(one.findtext("raiseAmnt")) for one in receipt.iterfind("raise"))
    due = amount_in(receipt) + rounding(receipt)
    for rated in (True, False):
        rows = [
            (row.findtext("paymentType", ""), _in_kroner(row, rated=rated))
            for row in receipt.iterfind("payment")
        ]
        for sign in (1, -1):
            paid = sign * sum(amount for _, amount in rows)
            if paid in (due, due + tip):
                inside = lines_of(receipt) == amount_in(receipt) - tip
                found = tip if paid != due or inside else 0
                return found, [(own, sign * amount) for own, amount in rows]
    raise AssertionError(f"receipt {receipt.findtext('nr')} is not paid")


def _in_kroner(row: Element, *, rated: bool) -> int:
    rate = row.findtext("exchRt")
    if rate is None or not rated:
        return ore(row.findtext("paidAmnt"))
    kroner = Decimal(row.findtext("paidAmnt", "")) * Decimal(rate)
    return int((kroner * 100).quantize(Decimal(1), ROUND_HALF_UP))


def settlement(root: Element, receipts: list[Element]) -> dict[str, Any]:
    """The money part of an oracle row, from the elements alone."""
    books = Books.of(root)
    sales: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    paid: Counter[str] = Counter()
    other: Counter[str] = Counter()
    told = {"transactions": len(receipts), "rounding": 0, "tips": 0}
    for receipt in receipts:
        what = nature(receipt, books)
        if what == "sale":
            tip, rows = settled(receipt)
            told["tips"] += tip
            told["rounding"] += rounding(receipt)
            paid.update(dict(_summed(rows)))
            _add_lines(receipt, books, sales, other)
        elif what in ("credit", "customer-payment"):
            rows = _on_the_spot(receipt, books, what)
            paid.update(dict(_summed(rows)))
            told["rounding"] += rounding(receipt)
            other["customer-payment"] += sum(a for _, a in rows) - rounding(receipt)
        elif what not in ("", "inventory"):
            other[what] += _moved(receipt, what)
    return told | {
        "sales": {key: tuple(value) for key, value in sales.items() if any(value)},
        "payments": {own: amount for own, amount in paid.items() if amount},
        "other": {kind: amount for kind, amount in other.items() if amount},
    }


def _summed(rows: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    sums: Counter[str] = Counter()
    for own, amount in rows:
        sums[own] += amount
    yield from sums.items()


def _on_the_spot(receipt: Element, books: Books, what: str) -> list[tuple[str, int]]:
    """The tenders of a customer's payment, or of the paid part of a credit sale."""
    if what == "customer-payment" and amount_in(receipt) == 0:
        return [(row.findtext("paymentType", ""), ore(row.findtext("paidAmnt")))
                for row in receipt.iterfind("payment")]  # fmt: skip
    if receipt.find("payment") is None:
        return []
    return [row for row in settled(receipt)[1] if books.tenders[row[0]] != "12006"]


def _moved(receipt: Element, what: str) -> int:
    """Signed as money into the till: the type tells the way, C/D that of a difference."""
    if what == "cash-difference":
        return amount_in(receipt)
    sign = next(sign for kind, sign in MOVED.values() if kind == what)
    return sign * abs(ore(receipt.findtext("payment/paidAmnt")))


def _add_lines(
    receipt: Element, books: Books, sales: dict[tuple[str, ...], list[int]], other: Counter[str]
) -> None:
    trade_in = books.types.get(receipt.findtext("transType") or "") == "11012"
    for line in receipt.iterfind("ctLine"):
        gross = truth(line.findtext("lineAmntIn"), line.findtext("amntTp"))
        if trade_in and gross < 0:
            other["trade-in"] += gross
            continue
        key = (line.findtext("artGroupID", ""), books.vat[line.findtext("vat/vatCode", "")])
        bucket = sales[(*key, line.findtext("vat/vatPerc", ""))]
        bucket[0] += gross
        bucket[1] += truth(line.findtext("vat/vatAmnt"), line.findtext("vat/vatAmntTp"))
