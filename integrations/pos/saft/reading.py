"""Where in a file we are: takes its elements as they are completed, and holds them to their order.

Events and transactions come either as elements or as text that was cut out; in the tree, one element
then stands for a whole run of them. What was read is taken out of the tree at once (saft.md 4.1).
"""

from datetime import date

from integrations.pos.saft.grammar import check_order, out_of_order
from integrations.pos.saft.items import FileNoted, Item, ReceiptRead, RegisterSeen, ZRead
from integrations.pos.saft.master import (
    Master,
    company_of,
    leaf_text,
    leaf_texts,
    location_of,
    malformed,
    read_codes,
)
from integrations.pos.saft.receipts import Till
from integrations.pos.saft.refusal import Misfit, RefusedFile
from integrations.pos.saft.shape import Shapes, plain, shapes_of
from integrations.pos.saft.times import day_made
from integrations.pos.saft.tree import NAMESPACE, Element, line_of, local_name
from integrations.pos.saft.zreports import Journal

LONGEST_LOCATION = 400
LONGEST_TILL_ID = 100
TRANSACTION, EVENT = ENTRIES = ("cashtransaction", "event")

# Lists that may be long: of two the ids are kept, of the others nothing.
_LISTS = ("customersSuppliers", "generalLedger", "periods", "employees", "articles")
_PASSED_BY = ("customerSupplier", "ledgerAccount", "period", "employee", "article")
_HANDED_OVER = (*_PASSED_BY, *ENTRIES, "cashregister", "company", "header", "auditfile")
_ID = {name: f"{{{NAMESPACE}}}{own}" for name, own in (("employee", "empID"), ("article", "artID"))}
TAGS = tuple(f"{{{NAMESPACE}}}{name}" for name in _HANDED_OVER)


class Reading:
    """Where in the file we are."""

    def __init__(self, expected_org_no: str | None) -> None:
        """Begin a file."""
        self._expected_org_no = expected_org_no
        self._file_day: date | None = None
        self._company: Element | None = None
        self._master = Master()
        self._plain_shapes = shapes_of("")
        self._begin(None, "", "")

    def _begin(self, register: Element | None, location: str, till_id: str) -> None:
        self._register = register
        self._location = location
        self._till_id = till_id
        self._last: Element | None = None
        self._journal = Journal(self._master, self._file_day)
        self._till = Till(self._master)

    def take(self, element: Element) -> list[Item]:
        """Take the next complete element and give what it tells. Raises RefusedFile."""
        name = local_name(element)
        if name in ENTRIES:
            return self._entry(element, name)
        if name in _PASSED_BY:
            self._pass_by(element, name)
        elif name == "cashregister":
            return self._end_register(element)
        elif name == "company":
            return self._end_company(element)
        elif name == "header":
            self._file_day = _header_day(element)
        else:
            _check(element)
        return []

    def _pass_by(self, element: Element, name: str) -> None:
        if name in _ID:
            named = self._master.employees if name == "employee" else self._master.articles
            named.add_listed(element.findtext(_ID[name]) or "")
        _drop(element)

    def _entry(self, element: Element, name: str) -> list[Item]:
        """Read an event or a transaction that came as an element."""
        items = self.place(element, name)
        try:
            return items + self.read(name, self._plain_shapes, plain(element))
        except Misfit as misfit:
            raise _with_line(misfit, element) from misfit

    def place(self, element: Element, name: str) -> list[Item]:
        """Hold an entry, or the first of a run, to its order, and let go of the one before it."""
        register = element.getparent()
        items = [] if register is self._register else self._begin_register(register, element)
        if self._last is not None:
            before = element.getprevious()
            if before is not self._last:
                raise out_of_order(before, "cashregister")
            if name == EVENT and local_name(before) != name:
                raise out_of_order(element, "cashregister")
            register.remove(before)
        self._last = element
        return items

    def read(self, name: str, shapes: Shapes, xml: str) -> list[Item]:
        """Read an entry's text, which stands where the last one was placed. Raises OtherShape, Misfit."""
        if name == TRANSACTION:
            receipt = self._till.read(shapes, xml)
            return [ReceiptRead(self._location, self._till_id, receipt)]
        z = self._journal.read(shapes, xml)
        return [ZRead(self._location, self._till_id, z)] if z else []

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
        read_codes(element, self._master)
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
        issues = (self._master.employees.issue(), self._master.articles.issue())
        return [*items, *(FileNoted(issue) for issue in issues if issue)]


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


def _header_day(element: Element) -> date | None:
    """Give the day the file was made. Raises RefusedFile when the amounts are not in kroner."""
    said = leaf_texts(element)
    if said["curCode"].strip() != "NOK":
        raise next(malformed(child) for child in element if local_name(child) == "curCode")
    return day_made(said["dateCreated"], said["timeCreated"])


def _with_line(misfit: Misfit, element: Element) -> RefusedFile:
    """Find where the value stands that does not fit."""
    wrong = next(
        leaf
        for leaf in element.iter()
        if local_name(leaf) in misfit.elements and (leaf.text or "") == misfit.value
    )
    facts = {"element": local_name(wrong), "value": misfit.value[:80]}
    return RefusedFile(misfit.code, facts, line_of(wrong))
