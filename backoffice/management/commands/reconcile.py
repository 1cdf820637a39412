"""`reconcile [--company ORGNR] [--json]`: look for every export whose outcome nobody knows."""

from typing import Any

from django.core.management.base import CommandParser

from backoffice.management.company_command import CompanyCommand
from integrations.exports import reconcile

COUNTED = ("adopted", "ready", "posted", "removed", "surplus", "uncertain")


class Command(CompanyCommand):
    """Resolve what is UNCERTAIN."""

    help = "Look in PowerOffice Go for every export whose outcome is unknown."
    company_required = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a company, or all of them."""
        super().add_arguments(parser)
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Look, and say what was found."""
        counts = reconcile.everything(self.company_or_all(options))
        document = {name: counts[name] for name in COUNTED}
        if options["json"]:
            self.write_json(document)
        else:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in document.items()))
