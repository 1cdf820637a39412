"""Streams a SAF-T Cash Register file: one pass, flat memory, nothing fetched and nothing expanded.

The parser hands over each event and each transaction when it is complete; what was read is taken out
of the tree at once (saft.md 4.1). The order of the elements that stay open meanwhile is held by
looking at what stands before the one at hand.
"""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from integrations.pos.saft.grammar import NAMESPACE, check_order, local_name, out_of_order
from integrations.pos.saft.items import Company, Item, ReceiptRead, RegisterSeen, ZRead
from integrations.pos.saft.master import Master, company_of, leaf_text, leaf_texts, location_of
from integrations.pos.saft.master import malformed, master_of
from integrations.pos.saft.prologue import PARSING, checked_beginning
from integrations.pos.saft.receipts import read_receipt
from integrations.pos.saft.refusal import Misfit, RefusedFile, not_xml
from integrations.pos.saft.shape import Forms
from integrations.pos.saft.times import Clock
from integrations.pos.saft.zreports import Journal

CHUNK = 1 << 16
LONGEST_LOCATION = 400
LONGEST_TILL_ID = 100

# Lists that nothing here is read from, and that may be long.
_LISTS = ("customersSuppliers", "generalLedger", "periods", "employees", "articles")
_PASSED_BY = ("customerSupplier", "ledgerAccount", "period", "employee", "article")
_HANDED_OVER = (*_PASSED_BY, "event", "cashtransaction", "cashregister", "company", "header", "auditfile")


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
    for chunk in checked_beginning(source, CHUNK):
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise not_xml(error, at_end=False) from error
        for _, element in parser.read_events():
            yield from reading.take(element)
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise not_xml(error, at_end=True) from error
    for _, element in parser.read_events():
        yield from reading.take(element)


class _Reading:
    """Where in the file we are."""

    def __init__(self, expected_org_no: str | None) -> None:
        """Begin a file."""
        self._expected_org_no = expected_org_no
        self._company: etree._Element | None = None
        self._master = Master()
        self._forms = Forms()
        self._register: etree._Element | None = None
        self._begin(None, "", "")

    def _begin(self, register: etree._Element | None, location: str, till_id: str) -> None:
        self._register = register
        self._location = location
        self._till_id = till_id
        self._last: etree._Element | None = None
        self._journal = Journal(self._master)
        self._clock = Clock()

    def take(self, element: etree._Element) -> Iterator[Item]:
        """Take the next complete element. Raises RefusedFile."""
        name = local_name(element)
        if name in {"event", "cashtransaction"}:
            yield from self._arrive(element)
            try:
                yield from self._entry(element, name)
            except Misfit as misfit:
                raise _with_line(misfit, element) from misfit
        elif name in _PASSED_BY:
            _drop(element)
        elif name == "cashregister":
            yield from self._end_register(element)
        elif name == "company":
            yield from self._end_company(element)
        elif name == "header":
            _check_header(element)
        else:
            list(check_order(element))

    def _entry(self, element: etree._Element, name: str) -> Iterator[Item]:
        part, texts = self._forms.read(element)
        if name == "cashtransaction":
            receipt = read_receipt(part, texts, self._master, self._clock)
            yield ReceiptRead(self._location, self._till_id, receipt)
        elif z := self._journal.read(part, texts):
            yield ZRead(self._location, self._till_id, z)

    def _arrive(self, element: etree._Element) -> Iterator[Item]:
        """See to it that the element stands where it may, and let go of the one before it."""
        register = element.getparent()
        if register is not self._register:
            yield from self._begin_register(register, element)
        before = element.getprevious()
        if self._last is not None:
            if before is not self._last:
                raise out_of_order(before, "cashregister")
            if self._last.tag != element.tag and local_name(element) == "event":
                raise out_of_order(element, "cashregister")
            register.remove(self._last)
        self._last = element

    def _begin_register(self, register: etree._Element, first: etree._Element | None) -> Iterator[Item]:
        location, company, root = _ancestors(register, first)
        if company is not self._company:
            yield self._begin_company(company)
        head = {local_name(child): child for child in check_order(register, whole=first is None)}
        till_id = leaf_text(head["registerID"]).strip()
        place = location_of(location)
        if not till_id or len(till_id) > LONGEST_TILL_ID:
            raise malformed(head["registerID"])
        if len(place) > LONGEST_LOCATION:
            raise malformed(location[0])
        self._begin(register, place, till_id)
        yield RegisterSeen(place, till_id)

    def _begin_company(self, element: etree._Element) -> Company:
        if self._company is not None:
            raise RefusedFile("file-two-companies", {}, element.sourceline or 0)
        self._company = element
        list(check_order(element, whole=False))
        company = company_of(element)
        if self._expected_org_no not in {None, company.org_no}:
            facts = {"found": company.org_no, "expected": self._expected_org_no or ""}
            raise RefusedFile("file-of-another-company", facts, element.sourceline or 0)
        self._master = master_of(element)
        return company

    def _end_register(self, register: etree._Element) -> Iterator[Item]:
        if register is not self._register:
            yield from self._begin_register(register, None)
        elif self._last is not None and register[-1] is not self._last:
            raise out_of_order(register[-1], "cashregister")
        for child in register[:]:
            register.remove(child)
        self._last = None

    def _end_company(self, element: etree._Element) -> Iterator[Item]:
        if element is not self._company:
            yield self._begin_company(element)
        for child in check_order(element):
            if local_name(child) == "location":
                list(check_order(child))


def _ancestors(register: etree._Element, child: etree._Element | None) -> tuple[etree._Element, ...]:
    """Give location, company and root of a register. Raises RefusedFile where they are not these."""
    chain = (register, *register.iterancestors())
    names = tuple(local_name(element) for element in chain)
    if names != ("cashregister", "location", "company", "auditfile"):
        wrong = register if child is None else child
        raise out_of_order(wrong, local_name(wrong.getparent()))
    return chain[1:]


def _drop(element: etree._Element) -> None:
    """Let go of the rows before one that nothing is read from, unless it stands where it may not.

    Never of the last one: the parser may still be adding to what stands after it.
    """
    parent = element.getparent()
    if local_name(parent) in _LISTS:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _check_header(element: etree._Element) -> None:
    said = leaf_texts(element)
    if said["curCode"].strip() != "NOK":
        raise next(malformed(child) for child in element if local_name(child) == "curCode")


def _with_line(misfit: Misfit, element: etree._Element) -> RefusedFile:
    """Find where the value stands that does not fit."""
    line = element.sourceline or 0
    for inner in element.iter():
        if local_name(inner) == misfit.element and (inner.text or "") == misfit.value:
            line = inner.sourceline or 0
            break
    facts = {"element": misfit.element, "value": misfit.value[:80]}
    return RefusedFile(misfit.code, facts, line)
