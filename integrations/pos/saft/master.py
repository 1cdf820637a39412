"""The file's own code book: VAT codes, and every basic by type and id (saft.md 1.3, 1.9)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from integrations.pos.saft.grammar import NEEDED, check_order
from integrations.pos.saft.items import Company
from integrations.pos.saft.named import Named
from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.saft.tree import Element, line_of, local_name

UNKNOWN = ("", "")
LONGEST_COMPANY_NAME = 200
Codes = dict[str, tuple[str, str]]


@dataclass(slots=True)
class Master:
    """What the receipts' codes mean, and whom they may name.

    Each code book is own id → (name, standard id).
    """

    vat: dict[str, str] = field(default_factory=dict)
    groups: Codes = field(default_factory=dict)
    raises: Codes = field(default_factory=dict)
    transaction_types: Codes = field(default_factory=dict)
    payment_types: Codes = field(default_factory=dict)
    events: Codes = field(default_factory=dict)
    employees: Named = field(default_factory=lambda: Named("employee-missing"))
    articles: Named = field(default_factory=lambda: Named("article-missing"))

    def book(self, basic_type: str) -> Codes | None:
        """Give the code book of a basics type; None for the types that nothing here is booked by."""
        return {
            "04": self.groups,
            "10": self.raises,
            "11": self.transaction_types,
            "12": self.payment_types,
            "13": self.events,
        }.get(basic_type.zfill(2))


def company_of(element: Element) -> Company:
    """Read whose file it is. Raises RefusedFile: field-missing, field-malformed."""
    said = {local_name(child): child for child in element[:2]}
    org_no = "".join(sign for sign in leaf_text(said["companyIdent"]) if sign in "0123456789")
    name = leaf_text(said["companyName"]).strip()
    if len(name) > LONGEST_COMPANY_NAME:
        raise malformed(said["companyName"])
    return Company(org_no, name)


def read_codes(company: Element, master: Master) -> None:
    """Read the code books into it. Raises RefusedFile: field-missing, element-out-of-order."""
    for part in company:
        name = local_name(part)
        if name == "vatCodeDetails":
            for row in check_order(part):
                said = leaf_texts(row)
                master.vat[said["vatCode"].strip()] = said["standardVatCode"].strip()
        elif name == "basics":
            for row in check_order(part):
                said = leaf_texts(row)
                book = master.book(said["basicType"].strip())
                if book is not None:
                    standard = said.get("predefinedBasicID", "").strip()
                    book[said["basicID"].strip()] = (said["basicDesc"].strip(), standard)


def leaf_texts(element: Element) -> dict[str, str]:
    """Give the texts of an element's leaves. Raises RefusedFile when one that is needed is empty."""
    needed = NEEDED[local_name(element)]
    said = {}
    for child in check_order(element):
        name = local_name(child)
        said[name] = leaf_text(child) if name in needed else child.text or ""
    return said


def leaf_text(leaf: Element) -> str:
    """Give the text of a leaf that must have one. Raises RefusedFile: field-missing."""
    text: str = leaf.text or ""
    if not text:
        raise RefusedFile("field-missing", {"element": local_name(leaf)}, line_of(leaf))
    return text


def malformed(leaf: Element) -> RefusedFile:
    """Say that a leaf's text does not fit it."""
    facts = {"element": local_name(leaf), "value": (leaf.text or "")[:80]}
    return RefusedFile("field-malformed", facts, line_of(leaf))


def location_of(element: Element) -> str:
    """Give name and one-line address, '' where there is neither (saft.md 1.4: there is no id)."""
    return ", ".join(part for part in _location_parts(element) if part)


def _location_parts(element: Element) -> Iterator[str]:
    for child in element:
        if local_name(child) == "name":
            yield (child.text or "").strip()
        elif local_name(child) == "streetAddress":
            said = {local_name(leaf): (leaf.text or "").strip() for leaf in child}
            yield " ".join(filter(None, (said.get("streetname"), said.get("number"))))
            yield said.get("additionalAddressDetails", "")
            yield " ".join(filter(None, (said.get("postalCode"), said.get("city"))))
