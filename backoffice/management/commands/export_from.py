"""`export_from --company ORGNR DATE`: choose the first day that is exported, once and for ever."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from backoffice.management.company_command import CompanyCommand
from integrations.exports.records import set_export_start
from integrations.poweroffice.connect import PROVIDER


class Command(CompanyCommand):
    """Set the export-from date."""

    help = "Choose the first day that is exported. It cannot be changed afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company and the date."""
        super().add_arguments(parser)
        parser.add_argument("date", metavar="DATE", help="YYYY-MM-DD")

    def work(self, **options: Any) -> None:
        """Set it, and say what it means."""
        company = self.company(options)
        try:
            day = date.fromisoformat(options["date"])
        except ValueError:
            self.refuse(f"«{options['date']}» er ikke en dato. Skriv den slik: 2026-11-01.")
        set_export_start(company, PROVIDER, day)
        self.stdout.write(
            f"Oppgjør fra og med {day:%d.%m.%Y} blir overført. Datoen kan ikke endres."
        )
