"""Our commands as somebody types them, run in this process."""

import io
import json
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command, load_command_class


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


def run(name: str, *words: object) -> Ended:
    """Run `manage.py NAME WORDS…` to its end; a traceback is the test's own failure."""
    out, err = io.StringIO(), io.StringIO()
    command = load_command_class("backoffice", name)
    code = 0
    try:
        call_command(command, *map(str, words), stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        code = int(end.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())
