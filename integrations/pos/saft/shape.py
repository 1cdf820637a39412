"""The grammar as regular expressions: one match in C holds an entry to its order and picks its fields.

A text that matches is well-formed by that alone, given that its signs are legal; one that does not may
still be right (an attribute, a comment, a character reference). Then the parser reads it, and
`plain` writes what it read as the patterns want it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from integrations.pos.saft.grammar import GRAMMAR, NEEDED, Child, check_order
from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.saft.tree import Element, line_of, local_name

# What is picked of an element, in the order of the grammar. `name*` is the rows of that name; `name?`
# ends with `</` where the element is there, so that an empty one can be told from none. A line's vat is
# among its own fields.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "event": (
        *("eventType", "transID", "eventDate", "eventTime"),
        "eventReport*",
    ),
    "eventReport": (
        *("reportID", "reportType", "reportDate", "reportTime", "registerID"),
        "reportTotalCashSales/totalCashSaleAmnt",
        *("reportArtGroups/reportArtGroup*", "reportEmpArtGroups/reportEmpArtGroup*"),
        *("reportPayments/reportPayment*", "reportEmpPayments/reportEmpPayment*"),
        *("reportTip/tipNum", "reportTip/tipAmnt"),
        *("reportCashSalesVat/reportCashSaleVat*", "reportOpeningChangeFloat"),
        "reportEmpOpeningChangeFloats/reportEmpOpeningChangeFloat*",
        *("reportReceiptNum", "reportOpenCashBoxNum"),
        *("reportReceiptCopyNum", "reportReceiptCopyAmnt"),
        *("reportReceiptProformaNum", "reportReceiptProformaAmnt"),
        *("reportReturnNum", "reportReturnAmnt", "reportDiscountNum", "reportDiscountAmnt"),
        *("reportVoidTransNum", "reportVoidTransAmnt", "reportCorrLines/reportCorrLine*"),
        *("reportPriceInquiries/reportPriceInquiry*", "reportOtherCorrs/reportOtherCorr*"),
        *("reportReceiptDeliveryNum", "reportReceiptDeliveryAmnt"),
        *("reportTrainingNum", "reportTrainingAmnt"),
        *("reportCreditSales/creditSalesNum", "reportCreditSales/creditSalesAmnt"),
        *("reportCreditMemos/creditMemosNum", "reportCreditMemos/creditMemosAmnt"),
        *("reportPayIns/reportPayIn*", "reportPayOuts/reportPayOut*"),
        *("reportGrandTotalSales", "reportGrandTotalReturn", "reportGrandTotalSalesNet"),
    ),
    "reportArtGroup": ("artGroupID", "artGroupNum", "artGroupAmnt"),
    "reportEmpArtGroup": ("empID", "artGroupID", "artGroupNum", "artGroupAmnt"),
    "reportPayment": ("paymentType", "paymentNum", "paymentAmnt"),
    "reportEmpPayment": ("empID", "paymentType", "paymentNum", "paymentAmnt"),
    "reportEmpOpeningChangeFloat": ("empID", "openingChangeFloatAmnt"),
    "reportCorrLine": ("corrLineType", "corrLineNum", "corrLineAmnt"),
    "reportPriceInquiry": ("priceInquiryGroup", "priceInquiryNum", "priceInquiryAmnt"),
    "reportOtherCorr": ("otherCorrType", "otherCorrNum", "otherCorrAmnt"),
    "reportPayIn": ("payInType", "payInNum", "payInAmnt"),
    "reportPayOut": ("payOutType", "payOutNum", "payOutAmnt"),
    "reportCashSaleVat": ("vatCode", "vatPerc", "cashSaleAmnt", "vatAmnt", "vatAmntTp"),
    "cashtransaction": (
        *("nr", "transID", "transType", "transAmntIn", "transAmntEx", "amntTp"),
        *("empID", "custSupID"),
        *("transDate", "transTime", "bookDate?", "invoiceID"),
        *("ctLine*", "vat*", "raise*", "rounding/roundingAmnt", "payment*"),
        *("receiptNum", "voidTransaction", "trainingID"),
    ),
    "ctLine": (
        *("artGroupID", "artID", "lineAmntIn", "lineAmntEx", "amntTp", "empID"),
        "cashTransLineDescr",
        *("vat/vatCode", "vat/vatPerc", "vat/vatAmnt", "raise*"),
    ),
    "vat": ("vatCode", "vatPerc", "vatAmnt", "vatAmntTp"),
    "raise": ("raiseType", "raiseAmnt"),
    "payment": ("paymentType", "paidAmnt", "curCode", "exchRt"),
}
Fields = tuple[str, ...]
_MEANT = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_REFERENCE = re.compile("&(?:lt|gt|quot|apos|amp);")
_SELF_CLOSED = re.compile(r"<([^<>/\s]+)/>")
_SPACE = r"\s*+"


class OtherShape(Exception):
    """The text is no match; only the parser can say whether it is right."""


class Shape:
    """How one kind of element is written in a file that gives our names one prefix (`n1:` or none)."""

    def __init__(self, name: str, prefix: str = "") -> None:
        """Compile the patterns: a moment's work, done once for each file."""
        own = _Writer(prefix).element(name, FIELDS[name])
        self._one = re.compile(own, re.DOTALL | re.ASCII)
        self._next = re.compile(f"{own}|(.+)", re.DOTALL | re.ASCII)
        self.rows = lru_cache(maxsize=1024)(self.fresh_rows)

    def pick(self, xml: str) -> Fields:
        """Give an element's fields as FIELDS has them, '' for what is absent; rows are still one text.

        Raises OtherShape.
        """
        found = self._one.fullmatch(xml)
        if not found and "/>" in xml:
            found = self._one.fullmatch(_SELF_CLOSED.sub(r"<\1></\1>", xml))
        if not found:
            raise OtherShape
        return _meant(found.groups("")) if "&" in xml else found.groups("")

    def fresh_rows(self, xml: str) -> tuple[Fields, ...]:
        """Give the fields of each row of a text, each with '' at its end. Raises OtherShape."""
        if not xml:
            return ()
        found = self._next.findall(xml)
        if found[-1][-1]:  # the rest, from the first sign on that no row begins with
            raise OtherShape
        return tuple(map(_meant, found)) if "&" in xml else tuple(found)


Shapes = Mapping[str, Shape]


def shapes_of(prefix: str) -> Shapes:
    """Give the shapes of a file by the element's name."""
    return {name: Shape(name, prefix) for name in FIELDS}


def has_only_plain_text(xml: str) -> bool:
    """Say whether the texts of an element mean what they say, but for the five named references.

    `]]` may be the end of a CDATA section; numbers and other names only the parser may resolve.
    """
    no_cdata = "]" not in xml or "]]" not in xml  # one sign alone is found many times quicker
    return no_cdata and ("&" not in xml or "&" not in _REFERENCE.sub("", xml))


class _Writer:
    """Writes the grammar's rows as patterns.

    Each optional part is `(?:…|)`, which is quicker than `(…)?`. Nothing can match in two ways, so no
    text takes more than one walk; `(?>…)` says so where a part's end is looked for from behind.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def element(self, name: str, wanted: tuple[str, ...], path: str = "") -> str:
        children = (self._child(child, wanted, path) for child in GRAMMAR[name])
        opening, closing = self._tags(name)
        return f"{opening}{_SPACE}{''.join(children)}{closing}{_SPACE}"

    def _tags(self, name: str) -> tuple[str, str]:
        tag = re.escape(self._prefix) + name
        return f"<{tag}>", f"</{tag}>"

    def _child(self, child: Child, wanted: tuple[str, ...], path: str) -> str:
        at = path + child.name
        if child.name not in GRAMMAR:
            pattern = self._leaf(child, wanted, at)
        elif f"{at}*" in wanted:
            opening, closing = self._tags(child.name)
            pattern = f"((?>{opening}.*{closing}){_SPACE})"
        else:
            pattern = self.element(child.name, wanted, f"{at}/")
            if child.many:
                return f"(?:{pattern}){'+' if child.needed else '*'}+"
        return pattern if child.needed else f"(?:{pattern}|)"

    def _leaf(self, leaf: Child, wanted: tuple[str, ...], at: str) -> str:
        opening, closing = self._tags(leaf.name)
        text = "[^<]++" if leaf.needed else "[^<]*+"
        if f"{at}?" in wanted:
            return f"{opening}({text}</){closing[2:]}{_SPACE}"
        return f"{opening}{f'({text})' if at in wanted else text}{closing}{_SPACE}"


def _meant(texts: Fields) -> Fields:
    """Resolve the references of leaves; rows are resolved when they are picked apart."""
    return tuple([_REFERENCE.sub(_sign, t) if "&" in t and "<" not in t else t for t in texts])


def _sign(reference: re.Match[str]) -> str:
    return _MEANT[reference[0]]


def plain(element: Element) -> str:
    """Write what the parser read as the patterns want it: no prefix, no attribute, no comment.

    Raises RefusedFile: element-out-of-order, field-missing.
    """
    return "".join(_plain(element))


def _plain(element: Element) -> Iterator[str]:
    name = local_name(element)
    yield f"<{name}>"
    for child in check_order(element):
        if local_name(child) in GRAMMAR:
            yield from _plain(child)
        else:
            yield _leaf_text(child, name)
    yield f"</{name}>"


def _leaf_text(leaf: Element, parent: str) -> str:
    name = local_name(leaf)
    for inner in leaf:
        facts = {"element": local_name(inner), "parent": name}
        raise RefusedFile("element-out-of-order", facts, line_of(inner))
    text = leaf.text or ""
    if not text and name in NEEDED[parent]:
        raise RefusedFile("field-missing", {"element": name}, line_of(leaf))
    for meant in "&<>":
        text = text.replace(meant, _WRITTEN[meant])
    return f"<{name}>{text}</{name}>"


_WRITTEN = {sign: reference for reference, sign in _MEANT.items()}
