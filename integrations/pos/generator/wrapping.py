"""What lies between the till's words and the file: a namespace prefix, and the file's encoding.

Everything is written as UTF-8 without prefixes; these writers turn it into what was asked for.
"""

import codecs
from typing import Protocol

from integrations.pos.generator.plan import Encoding, Namespace

PREFIX = "n1"


class Writer(Protocol):
    """Something bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes."""
        ...


def wrapped(out: Writer, namespace: Namespace, encoding: Encoding) -> Writer:
    """A writer that takes plain UTF-8 and gives ``out`` this namespace and encoding."""
    if encoding != "utf-8":
        out = _Encoded(out, encoding)
    return _Prefixed(out) if namespace == "prefixed" else out


class _Prefixed:
    """Puts the prefix before every element's name. In text there is no «<»: it is escaped."""

    def __init__(self, out: Writer) -> None:
        self._out, self._held = out, b""

    def write(self, data: bytes, /) -> object:
        words = self._held + data
        # What follows «<» decides; it may come with the next bytes.
        self._held = b"<" if words.endswith(b"<") else b""
        words = words[: len(words) - len(self._held)]
        prefix = PREFIX.encode()
        words = words.replace(b"<", b"<" + prefix + b":")
        for mark in (b"/", b"?", b"!"):
            name = prefix + b":" if mark == b"/" else b""
            words = words.replace(b"<" + prefix + b":" + mark, b"<" + mark + name)
        return self._out.write(words)


class _Encoded:
    """Another encoding; what it has no sign for becomes a character reference."""

    def __init__(self, out: Writer, encoding: Encoding) -> None:
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._encoder = codecs.getincrementalencoder(encoding)("xmlcharrefreplace")

    def write(self, data: bytes, /) -> object:
        return self._out.write(self._encoder.encode(self._decoder.decode(data)))
