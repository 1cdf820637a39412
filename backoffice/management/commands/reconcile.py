"""`reconcile [--company ORGNR] [--json]`: what became of everything that was sent, or may have been."""

from typing import Any

from django.core.management.base import CommandParser

from accounting import clock
from backoffice.management.company_command import CompanyCommand
from integrations.exports import following, reconcile, sweeping
from integrations.exports.states import State

COUNTED = ("adopted", "ready", "posted", "removed", "surplus", "uncertain")


class Command(CompanyCommand):
    """Resolve what is UNCERTAIN, follow what arrived, and sweep for what came late."""

    help = "Look in PowerOffice Go for what is in doubt, posted, removed and surplus."
    company_required = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a company, or all of them."""
        super().add_arguments(parser)
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Look, and say what was found."""
        company, now = self.company_or_all(options), clock.now()
        counts = reconcile.everything(company)
        followed = following.due(now, company, also_early=True)
        counts["posted"], counts["removed"] = followed[State.POSTED], followed[State.REMOVED]
        counts["surplus"] = max(counts["surplus"], sweeping.everything(now, company))
        document = {name: counts[name] for name in COUNTED}
        if options["json"]:
            self.write_json(document)
        else:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in document.items()))
