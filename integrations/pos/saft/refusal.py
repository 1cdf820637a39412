"""Why a file is not read: one issue, with the line where the reason stands."""

from lxml import etree

from accounting.books.domain.issues import Fix, Issue, Page, sentence

_UPLOAD = Fix(Page.UPLOAD)
_BAD_BYTES = frozenset({32, 81})  # XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_INVALID_ENCODING
_UNKNOWN_ENTITY = 1  # how lxml ends a document that used an entity nobody declared


class RefusedFile(Exception):
    """The file as a whole is refused; what was yielded before must not be kept.

    `issue` holds code and facts (with the line as a fact), `line` the line in the file, 0 where no
    line says more than another.
    """

    def __init__(self, code: str, facts: dict[str, str], line: int = 0) -> None:
        """Raise ValueError for a code that has no words."""
        told = {**facts, "line": str(line)}
        self.code = code
        self.line = line
        self.issue = Issue(code, facts=tuple(told.items()), fix=_UPLOAD)
        super().__init__(sentence(self.issue))


class Misfit(Exception):
    """A value that does not fit its element; stream.py finds the line and refuses the file."""

    def __init__(self, code: str, elements: frozenset[str], value: str) -> None:
        """Keep what is said of it: an issue code, the names it may have come from, its text."""
        super().__init__(code, sorted(elements), value)
        self.code = code
        self.elements = elements
        self.value = value


def fault_code(error: etree.XMLSyntaxError) -> int:
    """Give libxml2's number of a fault, 0 for none: its messages differ from version to version."""
    return int(getattr(error, "code", 0))


def not_xml(error: etree.XMLSyntaxError, *, at_end: bool) -> RefusedFile:
    """Turn the parser's error into ours; one that shows only `at_end` is a file cut short."""
    line, code = error.lineno or 0, fault_code(error)
    if code in _BAD_BYTES:
        return RefusedFile("file-undecodable", {}, line)
    if at_end and code != _UNKNOWN_ENTITY:
        return RefusedFile("file-truncated", {}, line)
    detail = (error.msg or "").split(", line ")[0]
    return RefusedFile("file-not-xml", {"detail": detail}, line)
