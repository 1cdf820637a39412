"""`fetch_chart --company ORGNR`: fetch accounts, VAT codes and departments anew."""

from typing import Any

from django.core.management.base import CommandParser

from backoffice.management.company_command import CompanyCommand
from integrations.exports.queries import connection_of
from integrations.poweroffice.connect import fetch_chart


class Command(CompanyCommand):
    """Fetch the chart of PowerOffice Go."""

    help = "Fetch accounts, VAT codes and departments from PowerOffice Go."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company."""
        super().add_arguments(parser)

    def work(self, **options: Any) -> None:
        """Fetch, and say how much."""
        connection = connection_of(self.company(options))
        if connection is None:
            self.refuse("Selskapet er ikke koblet til PowerOffice Go. Kjør «connect» først.")
        else:
            fetched = fetch_chart(connection)
            self.stdout.write(
                f"Hentet {fetched.accounts} kontoer, {fetched.vat_codes} mva-koder og"
                f" {fetched.departments} avdelinger."
            )
