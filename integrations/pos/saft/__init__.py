"""Reads SAF-T Cash Register files (Norwegian `SAF-T Kassasystem`), pure and streaming.

`read` yields the items; RefusedFile says why a file is not read. Format and pitfalls: saft.md.
"""

from integrations.pos.saft.items import (
    Company,
    FileNoted,
    Item,
    ReceiptRead,
    RegisterSeen,
    ZRead,
)
from integrations.pos.saft.refusal import RefusedFile
from integrations.pos.saft.stream import read

__all__ = [
    "Company",
    "FileNoted",
    "Item",
    "ReceiptRead",
    "RefusedFile",
    "RegisterSeen",
    "ZRead",
    "read",
]
