"""Writes SAF-T Cash Register files of any size, with the answer beside them.

Two names are all that other code needs: a ``Plan`` says what the file shall hold, ``write`` writes
it. Bad plans raise ``Refused``, whose text is one bokmål sentence. Rules: saft.md 7.
"""

from integrations.pos.generator.plan import Plan, Refused
from integrations.pos.generator.writing import write

__all__ = ["Plan", "Refused", "write"]
