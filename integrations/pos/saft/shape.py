"""Reads the fields of an element by position: the order is checked once for each form, not each time.

A till writes the same few forms again and again. The first element of a form is checked against the
grammar and leaves behind where each wanted field stands. The next ones are serialised and split in C,
and the fields picked by position: no Python for each child.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from lxml import etree

from integrations.pos.saft.grammar import GRAMMAR, NEEDED, check_order
from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.saft.tree import Element, line_of, local_name

Texts = list[str]
Pick = Callable[[Texts], Any]  # gives a tuple of str, as long as the row in FIELDS

FIELDS: Mapping[str, tuple[str, ...]] = {
    "event": ("eventType", "transID", "eventDate", "eventTime"),
    "eventReport": (
        "reportID",
        "reportType",
        "reportDate",
        "reportTime",
        "registerID",
        "reportTotalCashSales/totalCashSaleAmnt",
        "reportTip/tipAmnt",
        "reportReturnAmnt",
        "reportOpeningChangeFloat",
    ),
    "reportArtGroup": ("artGroupID", "artGroupAmnt"),
    "reportPayment": ("paymentType", "paymentAmnt"),
    "reportCashSaleVat": ("vatCode", "vatPerc", "cashSaleAmnt", "vatAmnt", "vatAmntTp"),
    "cashtransaction": (
        "nr",
        "transID",
        "transType",
        "transAmntIn",
        "transAmntEx",
        "amntTp",
        "transDate",
        "transTime",
        "custSupID",
        "invoiceID",
        "rounding/roundingAmnt",
        "receiptNum",
        "voidTransaction",
        "trainingID",
    ),
    "ctLine": (
        "artGroupID",
        "lineAmntIn",
        "lineAmntEx",
        "amntTp",
        "cashTransLineDescr",
        "vat/vatCode",
        "vat/vatPerc",
        "vat/vatAmnt",
    ),
    "vat": ("vatCode", "vatPerc", "vatAmnt", "vatAmntTp"),
    "raise": ("raiseType", "raiseAmnt"),
    "payment": ("paymentType", "paidAmnt", "curCode", "exchRt"),
}
_ABSENT = -1  # every list of texts ends with an empty one: what is not there reads as ''
MOST_FORMS = 1000


@dataclass(slots=True)
class Form:
    """Where the fields of one form stand. `pick` gives the element's own, as FIELDS orders them.

    `rows` has the pickers of the elements inside, by name and in their order. A line's vat is among
    its own fields, its raises among the transaction's.
    """

    pick: Pick
    places: Mapping[str, int]
    rows: dict[str, list[Pick]] = field(default_factory=dict)
    needed: list[int] = field(default_factory=list)
    pick_needed: Pick = tuple

    def all(self, name: str) -> list[Pick]:
        """Give the pickers of one name."""
        return self.rows.get(name, [])


class Forms:
    """The forms met so far in one file."""

    def __init__(self, most: int = MOST_FORMS) -> None:
        """Begin with none, and begin again after the `most`."""
        self._most = most
        self._known: dict[str, Form] = {}

    def read(self, element: Element) -> tuple[Form, Texts]:
        """Give where the fields stand, and the texts to pick them from.

        Raises RefusedFile: element-out-of-order, field-missing.
        """
        xml = etree.tostring(element, encoding="unicode", with_tail=False)
        pieces = xml.replace("<", ">").split(">")
        tags, texts = pieces[1::2], pieces[2::2]
        key = ">".join(tags)
        form = self._known.get(key)
        if form is None:
            form = self._learn(key, element, tags)
        if "&" in xml:
            texts = [_unescaped(text) if "&" in text else text for text in texts]
        texts.append("")
        if not all(form.pick_needed(texts)):
            raise _empty(element)
        return form, texts

    def _learn(self, key: str, element: Element, tags: Texts) -> Form:
        if len(self._known) >= self._most:
            self._known.clear()
        opening = (
            _ABSENT if tag[-1] == "/" else index for index, tag in enumerate(tags) if tag[0] != "/"
        )
        form = self._known[key] = _form(element, opening)
        form.pick_needed = itemgetter(*form.needed)
        return form


def _form(element: Element, opening: Iterator[int]) -> Form:
    """Walk one element together with the places of the texts that its tags open; `<a/>` has none."""
    name = local_name(element)
    next(opening)
    places: dict[str, int] = {}
    rows: dict[str, list[Pick]] = {}
    needed: list[int] = []
    for child in check_order(element):
        child_name = local_name(child)
        if child_name not in GRAMMAR:
            _check_leaf(child, child_name)
            places[child_name] = next(opening)
            if child_name in NEEDED[name]:
                needed.append(places[child_name])
            continue
        inner = _form(child, opening)
        needed += inner.needed
        places |= {f"{child_name}/{leaf}": place for leaf, place in inner.places.items()}
        for row_name, picks in (*_own(child_name, name, inner), *inner.rows.items()):
            rows.setdefault(row_name, []).extend(picks)
    wanted = [places.get(leaf, _ABSENT) for leaf in FIELDS.get(name, ("", ""))]
    return Form(itemgetter(*wanted), places, rows, needed)


def _own(name: str, parent: str, form: Form) -> list[tuple[str, list[Pick]]]:
    """Give an element's own picker to its parent, unless its fields are among the parent's own."""
    return [(name, [form.pick])] if name in FIELDS and (parent, name) != ("ctLine", "vat") else []


def _check_leaf(leaf: Element, name: str) -> None:
    for inner in leaf:
        facts = {"element": local_name(inner), "parent": name}
        raise RefusedFile("element-out-of-order", facts, line_of(inner))


def _unescaped(text: str) -> str:
    """Undo what the serialiser escapes in a text: no other entity is left once the parser agreed."""
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "\r")
    return text.replace("&amp;", "&")


def _empty(element: Element) -> RefusedFile:
    """Find the first leaf that must not be empty and is."""
    leaves = (leaf for leaf in element.iter() if not leaf.text and _is_needed(leaf))
    leaf = next(leaves)
    return RefusedFile("field-missing", {"element": local_name(leaf)}, line_of(leaf))


def _is_needed(leaf: Element) -> bool:
    parent = leaf.getparent()
    name = local_name(leaf)
    return parent is not None and name not in GRAMMAR and name in NEEDED[local_name(parent)]
