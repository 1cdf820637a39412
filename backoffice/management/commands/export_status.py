"""`export_status [--company ORGNR] [--json]`: where everything is."""

from typing import Any

from django.core.management.base import CommandParser

from accounting import clock
from backoffice.management.company_command import CompanyCommand
from integrations.exports import queries


class Command(CompanyCommand):
    """Count the exports by state."""

    help = "Show how many exports are in each state, the oldest unsent, and the next run."
    company_required = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a company, or all of them."""
        super().add_arguments(parser)
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Count, and say it."""
        company = self.company_or_all(options)
        oldest = queries.oldest_unsent(company)
        next_run = queries.next_run(company, clock.now())
        document = {
            "states": dict(sorted(queries.states(company).items())),
            "oldest_unsent": oldest and oldest.isoformat(),
            "next_run": next_run and next_run.isoformat(),
        }
        if options["json"]:
            self.write_json(document)
            return
        for state, count in sorted(queries.states(company).items()):
            self.stdout.write(f"{state:<12}{count:>8}")
        self.stdout.write(f"Eldste som ikke er overført: {oldest or 'ingen'}")
        self.stdout.write(f"Neste kjøring: {next_run or 'ingen'}")
