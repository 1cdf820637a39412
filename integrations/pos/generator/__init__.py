"""Writes SAF-T Cash Register files of any size, with the answer beside them.

Three names are all that other code needs: a ``Plan`` says what the file shall hold, ``write`` writes
it, ``parts`` writes the same days as several files. Bad plans raise ``Refused``, whose text is one
bokmål sentence. Rules: saft.md 7.
"""

from integrations.pos.generator.plan import Plan, Refused
from integrations.pos.generator.writing import parts, write

__all__ = ["Plan", "Refused", "parts", "write"]
