"""Looks at a file's beginning before anything in it is used: is it ours, and is it harmless?"""

import re
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from integrations.pos.saft.refusal import RefusedFile, fault_code, not_xml
from integrations.pos.saft.tree import NAMESPACE, Element, line_of

ROOT = "auditfile"
LONGEST_PROLOGUE = 1 << 20
# The parser knows the encoding only when the file has ended. No other is declared in ASCII.
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_NO_START_TAG = 4  # XML_ERR_DOCUMENT_EMPTY: also what a ZIP file or plain text gives

PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """A file's first bytes, the encoding that they declare, and the prefix of our names (`n1:`)."""

    data: bytes
    encoding: str
    prefix: str


def begin(source: BinaryIO, chunk: int) -> Beginning:
    """Read until the root has begun, and look at what came.

    Raises RefusedFile: file-empty, file-not-saft, file-has-doctype, and what the parser finds.
    """
    beginning = b""
    sniffer = etree.XMLPullParser(events=("start",), **PARSING)
    while not (root := _root(sniffer, data := source.read(chunk), beginning)):
        beginning += data
        if len(beginning) > LONGEST_PROLOGUE:
            raise RefusedFile("file-not-saft", {"found": _shown(beginning)}, 1)
    _check_root(root[0])
    data = beginning + data
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "UTF-8"
    prefix = f"{root[0].prefix}:" if root[0].prefix else ""
    return Beginning(data, encoding, prefix)


def _root(sniffer: Any, data: bytes, before: bytes) -> list[Element]:
    """Feed one chunk more; give the root once it has begun, as a list of at most one."""
    try:
        if data:
            sniffer.feed(data)
        elif not before.strip():
            raise RefusedFile("file-empty", {})
        else:
            sniffer.close()
    except etree.XMLSyntaxError as error:
        begun = [element for _, element in sniffer.read_events()][:1]
        if begun:
            return begun  # the fault stands further on, and is told when it is reached
        if fault_code(error) == _NO_START_TAG:
            raise RefusedFile("file-not-saft", {"found": _shown(before + data)}, 1) from error
        raise not_xml(error, at_end=not data) from error
    return [element for _, element in sniffer.read_events()][:1]


def _check_root(root: Element) -> None:
    docinfo = root.getroottree().docinfo
    if docinfo.internalDTD is not None or docinfo.doctype:
        raise RefusedFile("file-has-doctype", {}, line_of(root))
    tag = str(root.tag)
    if tag[:1] != "{" and ":" in tag:  # a prefix that nobody declared: QName would not take it
        raise RefusedFile("file-not-saft", {"found": tag[:200]}, line_of(root))
    name = etree.QName(root)
    if (name.namespace, name.localname) != (NAMESPACE, ROOT):
        found = f"{name.localname} ({name.namespace})" if name.namespace else name.localname
        raise RefusedFile("file-not-saft", {"found": found[:200]}, line_of(root))


def _shown(data: bytes) -> str:
    """Give the first signs of what is no XML, so that a person can tell what it is."""
    text = data.strip()[:24].decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "·" for sign in text)
