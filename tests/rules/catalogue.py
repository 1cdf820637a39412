"""Reads .po files for the tests of translations; no gettext program is needed."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")')


@dataclass
class Entry:
    """One text: what it is in bokmål, its translations, and whether it is marked fuzzy."""

    parts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def msgid(self) -> str:
        """The bokmål text."""
        return self.parts.get("msgid", "")

    @property
    def translations(self) -> list[str]:
        """The English text, or its singular and plural."""
        return [text for name, text in self.parts.items() if name.startswith("msgstr")]


def entries(path: Path) -> Iterator[Entry]:
    """Every live entry of a .po file but its header; obsolete ones (#~) are left out."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry, part = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,") and "fuzzy" in line:
                entry.fuzzy = True
            elif not line.startswith("#") and (found := _LINE.match(line)):
                part = found[1] or part
                entry.parts[part] = entry.parts.get(part, "") + ast.literal_eval(found[2])
        if entry.msgid:
            yield entry
