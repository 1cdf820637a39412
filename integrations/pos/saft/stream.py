"""Streams a SAF-T Cash Register file: one pass, flat memory, nothing fetched and nothing expanded.

The parser hands over each event and each transaction when it is complete; what was read is taken out
of the tree at once (saft.md 4.1). The order of the elements that stay open meanwhile is held by
looking at what stands before the one at hand.
"""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from lxml import etree

from integrations.pos.saft.grammar import check_order, out_of_order
from integrations.pos.saft.items import Item, ReceiptRead, RegisterSeen, ZRead
from integrations.pos.saft.master import (
    Master,
    company_of,
    leaf_text,
    leaf_texts,
    location_of,
    malformed,
    master_of,
)
from integrations.pos.saft.prologue import PARSING, checked_beginning
from integrations.pos.saft.receipts import Till
from integrations.pos.saft.refusal import Misfit, RefusedFile, not_xml
from integrations.pos.saft.shape import Forms
from integrations.pos.saft.tree import NAMESPACE, Element, line_of, local_name
from integrations.pos.saft.zreports import Journal

CHUNK = 1 << 15
_END = b""
LONGEST_LOCATION = 400
LONGEST_TILL_ID = 100

# Lists that nothing here is read from, and that may be long.
_LISTS = ("customersSuppliers", "generalLedger", "periods", "employees", "articles")
_PASSED_BY = ("customerSupplier", "ledgerAccount", "period", "employee", "article")
_ENTRIES = frozenset({"event", "cashtransaction"})
_HANDED_OVER = (*_PASSED_BY, *_ENTRIES, "cashregister", "company", "header", "auditfile")


def read(source: BinaryIO, expected_org_no: str | None = None) -> Iterator[Item]:
    """Yield the company, then each register with its Z reports and receipts, as they stand.

    `source` is a binary stream, closed by whoever opened it. `expected_org_no` refuses the file of
    any other company. Raises RefusedFile, also after items were yielded: what a refused file gave
    must not be kept. Codes: words/files.py.
    """
    reading = _Reading(expected_org_no)
    parser = etree.XMLPullParser(
        events=("end",), tag=[f"{{{NAMESPACE}}}{name}" for name in _HANDED_OVER], **PARSING
    )
    for chunk in chain(checked_beginning(source, CHUNK), (_END,)):
        try:
            parser.feed(chunk) if chunk else parser.close()
        except etree.XMLSyntaxError as error:
            raise not_xml(error, at_end=not chunk) from error
        for _, element in parser.read_events():
            yield from reading.take(element)


class _Reading:
    """Where in the file we are."""

    def __init__(self, expected_org_no: str | None) -> None:
        """Begin a file."""
        self._expected_org_no = expected_org_no
        self._company: Element | None = None
        self._master = Master()
        self._forms = Forms()
        self._begin(None, "", "")

    def _begin(self, register: Element | None, location: str, till_id: str) -> None:
        self._register = register
        self._location = location
        self._till_id = till_id
        self._last: Element | None = None
        self._journal = Journal(self._master)
        self._till = Till(self._master)

    def take(self, element: Element) -> list[Item]:
        """Take the next complete element and give what it tells. Raises RefusedFile."""
        name = local_name(element)
        if name in _ENTRIES:
            return self._entry(element, name)
        if name in _PASSED_BY:
            _drop(element)
        elif name == "cashregister":
            return self._end_register(element)
        elif name == "company":
            return self._end_company(element)
        elif name == "header":
            _check_header(element)
        else:
            _check(element)
        return []

    def _entry(self, element: Element, name: str) -> list[Item]:
        """Read an event or a transaction, and let go of the one before it."""
        register = element.getparent()
        items = [] if register is self._register else self._begin_register(register, element)
        if self._last is not None:
            before = element.getprevious()
            if before is not self._last:
                raise out_of_order(before, "cashregister")
            if name == "event" and local_name(before) != name:
                raise out_of_order(element, "cashregister")
            register.remove(before)
        self._last = element
        form, texts = self._forms.read(element)
        try:
            if name == "cashtransaction":
                receipt = self._till.read(form, texts)
                items.append(ReceiptRead(self._location, self._till_id, receipt))
            elif z := self._journal.read(form, texts):
                items.append(ZRead(self._location, self._till_id, z))
        except Misfit as misfit:
            raise _with_line(misfit, element) from misfit
        return items

    def _begin_register(self, register: Element, first: Element | None) -> list[Item]:
        location, company, _ = _ancestors(register, first)
        items = self._begin_company(company)
        head = {local_name(child): child for child in check_order(register, whole=first is None)}
        till_id = leaf_text(head["registerID"]).strip()
        place = location_of(location)
        if not till_id or len(till_id) > LONGEST_TILL_ID:
            raise malformed(head["registerID"])
        if len(place) > LONGEST_LOCATION:
            raise malformed(location[0])
        self._begin(register, place, till_id)
        return [*items, RegisterSeen(place, till_id)]

    def _begin_company(self, element: Element) -> list[Item]:
        """Read the company when its first register begins, or it ends: what it says comes before."""
        if element is self._company:
            return []
        if self._company is not None:
            raise RefusedFile("file-two-companies", {}, line_of(element))
        self._company = element
        _check(element, whole=False)
        company = company_of(element)
        if self._expected_org_no not in {None, company.org_no}:
            facts = {"found": company.org_no, "expected": self._expected_org_no or ""}
            raise RefusedFile("file-of-another-company", facts, line_of(element))
        self._master = master_of(element)
        return [company]

    def _end_register(self, register: Element) -> list[Item]:
        items = [] if register is self._register else self._begin_register(register, None)
        if self._last is not None and register[-1] is not self._last:
            raise out_of_order(register[-1], "cashregister")
        for child in register[:]:
            register.remove(child)
        self._last = None
        return items

    def _end_company(self, element: Element) -> list[Item]:
        items = self._begin_company(element)
        _check(element)
        for child in element:
            if local_name(child) == "location":
                _check(child)
        return items


def _check(element: Element, *, whole: bool = True) -> None:
    for _ in check_order(element, whole=whole):
        pass


def _ancestors(register: Element, child: Element | None) -> tuple[Element, ...]:
    """Give location, company and root of a register. Raises RefusedFile where they are not these."""
    chain = (register, *register.iterancestors())
    names = tuple(local_name(element) for element in chain)
    if names != ("cashregister", "location", "company", "auditfile"):
        wrong = register if child is None else child
        raise out_of_order(wrong, local_name(wrong.getparent()))
    return chain[1:]


def _drop(element: Element) -> None:
    """Let go of the rows before one that nothing is read from, unless it stands where it may not.

    Never of the last one: the parser may still be adding to what stands after it.
    """
    parent = element.getparent()
    if local_name(parent) in _LISTS:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _check_header(element: Element) -> None:
    said = leaf_texts(element)
    if said["curCode"].strip() != "NOK":
        raise next(malformed(child) for child in element if local_name(child) == "curCode")


def _with_line(misfit: Misfit, element: Element) -> RefusedFile:
    """Find where the value stands that does not fit."""
    wrong = next(
        leaf
        for leaf in element.iter()
        if local_name(leaf) in misfit.elements and (leaf.text or "") == misfit.value
    )
    facts = {"element": local_name(wrong), "value": misfit.value[:80]}
    return RefusedFile(misfit.code, facts, line_of(wrong))
