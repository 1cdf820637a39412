"""How every command of ours ends: 0 done, 1 refused with one sentence on stderr, 2 wrong usage."""

import json
import sys
from typing import Any, ClassVar, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

REFUSED = 1


class HouseCommand(BaseCommand):
    """A command that refuses with a sentence instead of a traceback (DESIGN.md 6).

    A command fills in `work(**options)` and names in `refusals` the exceptions that mean "no": their
    text is the sentence. A CommandError is one always. Wrong usage is Django's own exit 2.
    """

    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def add_json(self, parser: CommandParser) -> None:
        """Add `--json`: one JSON document on stdout, and nothing else there."""
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def work(self, **options: Any) -> None:
        """Do what the command is for."""
        raise NotImplementedError

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work, or refuse: raises SystemExit(1) after the sentence is written."""
        try:
            self.work(**options)
        except CommandError as error:
            self.refuse(str(error), error.returncode)
        except self.refusals as error:
            if options.get("json"):
                self.write_json({"error": self.refusal_json(error)})
            self.refuse(str(error))

    def refusal_json(self, error: Exception) -> dict[str, Any]:
        """Say a refusal as `--json` does; a command whose exceptions hold more says more."""
        return {"code": getattr(error, "code", "refused"), "text": str(error)}

    def write_json(self, document: Any) -> None:
        """Write the one document, piece by piece: that of a large file would fill the memory."""
        for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document):
            self.stdout.write(piece, ending="")
        self.stdout.write("")

    def refuse(self, sentence: str, code: int = REFUSED) -> NoReturn:
        """Write the sentence and end."""
        self.stderr.write(sentence)
        sys.exit(code)
