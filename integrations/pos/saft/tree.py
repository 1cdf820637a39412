"""The parser's elements as this reader sees them: their own names, and where they stand."""

from typing import Any

NAMESPACE = "urn:StandardAuditFile-Taxation-CashRegister:NO"

# lxml's published types know neither lines nor slices; what is used of an element stands in tests.
Element = Any


def local_name(element: Element) -> str:
    """Give the name of an element of ours; another namespace's keeps its own, so it fits nowhere."""
    tag: str = element.tag
    namespace, _, name = tag[1:].partition("}")
    return name if namespace == NAMESPACE else tag


def line_of(element: Element) -> int:
    """Give the line where an element begins."""
    return element.sourceline or 0
