"""Cuts a generated file in parts, as a till that exports by period or by size would.

Every part has the head with all master data, and is a whole file by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_REGISTER = re.compile(rb"(<cashregister><registerID>.*?</registerID>\n)", re.DOTALL)
_RECEIPT_NAMED = re.compile(rb"<transID>(.*?)</transID>")
_EVENT_DATE = re.compile(rb"<eventDate>(.*?)</eventDate>")
_RECEIPT_DATE = re.compile(rb"<transDate>(.*?)</transDate>")

# How many of a register's events, and how many of its receipts, come before the cut.
Border = tuple[int, int]


@dataclass(frozen=True)
class Register:
    """One register's journal as its file holds it: all events, then all receipts."""

    before: bytes
    events: tuple[bytes, ...]
    receipts: tuple[bytes, ...]
    after: bytes

    def border_after(self, receipts: int) -> Border:
        """The cut after so many receipts and the last event that names one of them."""
        named = {_RECEIPT_NAMED.search(receipt)[1] for receipt in self.receipts[:receipts]}
        events = 0
        for index, event in enumerate(self.events):
            found = _RECEIPT_NAMED.search(event)
            if found and found[1] in named:
                events = index + 1
        return events, receipts

    def border_of_day(self, day: str) -> Border:
        """The cut at the midnight that begins this day, by the dates that stand in the file."""
        events = sum(_EVENT_DATE.search(event)[1] < day.encode() for event in self.events)
        receipts = sum(_RECEIPT_DATE.search(receipt)[1] < day.encode() for receipt in self.receipts)
        return events, receipts

    @property
    def end(self) -> Border:
        """The border after everything."""
        return len(self.events), len(self.receipts)

    def part(self, start: Border, end: Border) -> bytes:
        """What stands between two borders."""
        events, receipts = self.events[start[0] : end[0]], self.receipts[start[1] : end[1]]
        return b"".join((self.before, *events, *receipts, self.after))


@dataclass(frozen=True)
class Taken:
    """A file taken apart."""

    head: bytes
    registers: tuple[Register, ...]

    def parts(self, cuts: Sequence[Sequence[Border]]) -> list[bytes]:
        """The parts between the cuts; `cuts[i]` holds each register's border, in file order."""
        nothing = [(0, 0) for _ in self.registers]
        borders = [nothing, *cuts, [register.end for register in self.registers]]
        return [
            b"".join((self.head, *self._between(start, end))) for start, end in pairwise(borders)
        ]

    def _between(self, starts: Sequence[Border], ends: Sequence[Border]) -> Iterator[bytes]:
        for register, start, end in zip(self.registers, starts, ends, strict=True):
            yield register.part(start, end)


def taken_apart(data: bytes) -> Taken:
    """Take a file apart that the generator wrote; joined again it is the same file."""
    head, *pieces = _REGISTER.split(data)
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    taken = Taken(head, tuple(_register(before, body) for before, body in pairs))
    assert taken.parts([]) == [data]
    return taken


def _register(before: bytes, body: bytes) -> Register:
    entries, closing, after = body.partition(b"</cashregister>")
    split = re.split(rb"(?=<event><eventID>|<cashtransaction>)", entries)
    events = tuple(piece for piece in split if piece.startswith(b"<event>"))
    receipts = tuple(piece for piece in split if piece.startswith(b"<cashtransaction>"))
    return Register(before, events, receipts, closing + after)
