"""Streams a SAF-T Cash Register file: flat memory, nothing fetched and nothing expanded.

The quick way is tried first (docs/decisions/0010): entries are cut out of the text and read by
patterns, and only what is between them goes through the parser. Where anything is wrong, or may be, the
file is read again from its start, each element by the parser: so there is one authority on what is
refused, and it knows the lines.
"""

import codecs
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from lxml import etree

from integrations.pos.saft.cutting import Cutter
from integrations.pos.saft.items import Item
from integrations.pos.saft.prologue import PARSING, Beginning, begin
from integrations.pos.saft.reading import ENTRIES, TAGS, Reading
from integrations.pos.saft.refusal import Misfit, RefusedFile, not_xml
from integrations.pos.saft.shape import OtherShape, has_only_plain_text, shapes_of
from integrations.pos.saft.tree import Element, local_name

CHUNK = 1 << 15
_END = b""
# Encodings where a byte below 128 is that ASCII sign and nothing else, as Python calls them.
_DECODERS = {"UTF-8": "utf-8-sig", "ISO-8859-1": "iso-8859-1", "WINDOWS-1252": "cp1252"}
_NO_SIGNS = bytes(set(range(32)) - set(b"\t\n\r"))  # not legal in XML, in any of these


class _Unsure(Exception):
    """The quick way does not understand the file."""


def read(source: BinaryIO, expected_org_no: str | None = None) -> Iterator[Item]:
    """Yield the company, then each register with its Z reports and receipts, as they stand.

    `source` is a binary stream that can seek, closed by whoever opened it. `expected_org_no` refuses
    the file of any other company. Raises RefusedFile, also after items were yielded: what a refused
    file gave must not be kept. Codes: words/files.py.
    """
    start, given = source.tell(), 0
    try:
        for item in _quickly(source, expected_org_no):
            given += 1
            yield item
    except (_Unsure, RefusedFile, Misfit, etree.XMLSyntaxError, UnicodeDecodeError):
        source.seek(start)
        yield from islice(_carefully(source, expected_org_no), given, None)


def _carefully(source: BinaryIO, expected_org_no: str | None) -> Iterator[Item]:
    """Let the parser read everything."""
    reading = Reading(expected_org_no)
    parser = etree.XMLPullParser(events=("end",), tag=TAGS, **PARSING)
    for chunk in chain([begin(source, CHUNK).data], _chunks(source)):
        try:
            parser.feed(chunk) if chunk else parser.close()
        except etree.XMLSyntaxError as error:
            raise not_xml(error, at_end=not chunk) from error
        for _, element in parser.read_events():
            yield from reading.take(element)


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    """Give the rest of a file, and then the end."""
    while data := source.read(CHUNK):
        yield data
    yield _END


def _quickly(source: BinaryIO, expected_org_no: str | None) -> Iterator[Item]:
    """Read entries by patterns. Raises _Unsure, and whatever is wrong, without its line."""
    beginning = begin(source, CHUNK)
    decoder = _decoder(beginning)
    quick = _Quick(Reading(expected_org_no), beginning.prefix)
    for chunk in chain([beginning.data], _chunks(source)):
        text = decoder.decode(chunk, final=not chunk)
        # All that the parser would check of an entry's text, which it is not shown.
        if (
            len(chunk.translate(None, _NO_SIGNS)) < len(chunk)
            or "\ufffe" in text
            or "\uffff" in text
        ):
            raise _Unsure
        for name, piece in quick.cutter.pieces(text):
            yield from quick.take(name, piece)
    for name, piece in quick.cutter.end():
        yield from quick.take(name, piece)
    yield from quick.end()


def _decoder(beginning: Beginning) -> io.IncrementalNewlineDecoder:
    """Give text as a parser would, line ends and all. Raises _Unsure for a rare encoding."""
    encoding = beginning.encoding.upper()
    marked = beginning.data.startswith(codecs.BOM_UTF8)
    if encoding not in _DECODERS or (marked and encoding != "UTF-8"):
        raise _Unsure
    decoder = codecs.getincrementaldecoder(_DECODERS[encoding])()
    return io.IncrementalNewlineDecoder(decoder, translate=True)


class _Quick:
    """Gives entries to the patterns and the rest to the parser.

    In the tree, an empty element of the same name stands for each run of entries, so that order and
    place are checked as always.
    """

    def __init__(self, reading: Reading, prefix: str) -> None:
        self.cutter = Cutter(ENTRIES, prefix)
        self._reading = reading
        self._prefix = prefix
        self._shapes = shapes_of(prefix)
        self._run = ""
        self._parser = etree.XMLPullParser(events=("end",), tag=TAGS, encoding="utf-8", **PARSING)

    def take(self, name: str, piece: str) -> Iterator[Item]:
        """Read a piece of the file. Raises _Unsure where the parser sees no entry in one."""
        if name and has_only_plain_text(piece):
            if name != self._run:
                yield from self._begin_run(name)
            try:
                yield from self._reading.read(name, self._shapes, piece)
            except OtherShape:
                pass  # nothing is kept of it; the parser reads it below
            else:
                return
        self._run = ""
        for element in self._parsed(piece):
            yield from self._reading.take(element)

    def _begin_run(self, name: str) -> list[Item]:
        elements = self._parsed(f"<{self._prefix}{name}/>")
        if [local_name(element) for element in elements] != [name]:
            raise _Unsure  # it stands in a comment, or is another namespace's
        self._run = name
        return self._reading.place(elements[0], name)

    def _parsed(self, text: str) -> list[Element]:
        self._parser.feed(text.encode())
        return [element for _, element in self._parser.read_events()]

    def end(self) -> list[Item]:
        """End the file."""
        self._parser.close()
        last = [element for _, element in self._parser.read_events()]
        return [item for element in last for item in self._reading.take(element)]
