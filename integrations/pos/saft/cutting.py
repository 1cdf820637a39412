"""Cuts the text of events and transactions out of a file's text, so that no tree is made of them."""

import re
from collections.abc import Iterator, Sequence

LONGEST_ENTRY = 1 << 20  # a longer one goes to the parser piece by piece, like all the rest
_LONGEST_TAG = 64  # of an opening tag that may have come by half


class Cutter:
    """Takes a file's text as it comes, and gives it on in pieces: whole entries, and the rest.

    It sees tags, not structure: what it cuts out of a comment is no entry. The parser, which reads
    the rest, must agree on where a run of entries begins.
    """

    def __init__(self, names: Sequence[str], prefix: str) -> None:
        """Begin a file that gives these names one prefix."""
        self._closing = {f"<{prefix}{name}>": (name, f"</{prefix}{name}>") for name in names}
        self._opening = re.compile("|".join(map(re.escape, self._closing)))
        self._left = ""

    def pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Give (name, text) of each entry that is complete now, and ('', text) of what is none."""
        text, at = self._left + text, 0
        while found := self._opening.search(text, at):
            yield from _rest(text[at : found.start()])
            at = found.start()
            name, closing = self._closing[found[0]]
            end = text.find(closing, at) + len(closing)
            if end < len(closing):
                break
            yield name, text[at:end]
            at = end
        keep = at if found else _half_a_tag(text, at)
        if len(text) - keep > LONGEST_ENTRY:
            keep = len(text)
        yield from _rest(text[at:keep])
        self._left = text[keep:]

    def end(self) -> Iterator[tuple[str, str]]:
        """Give what is left when the file has ended."""
        return _rest(self._left)


def _rest(text: str) -> Iterator[tuple[str, str]]:
    if text and not text.isspace():
        yield "", text


def _half_a_tag(text: str, at: int) -> int:
    """Give where a tag begins whose end has not come yet, or the end of the text."""
    begins = text.rfind("<", max(at, len(text) - _LONGEST_TAG))
    return begins if begins >= 0 and ">" not in text[begins:] else len(text)
