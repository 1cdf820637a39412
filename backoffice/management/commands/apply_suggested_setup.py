"""`apply_suggested_setup --company ORGNR [--department NAME]`: take over our proposals."""

from typing import Any

from django.core.management.base import CommandParser

from accounting.books.records import save_setup
from accounting.books.suggestions import suggested_for
from accounting.company.queries import department_named
from backoffice.management.company_command import CompanyCommand


class Command(CompanyCommand):
    """Write the suggested rows of Kontooppsett."""

    help = "Write our proposals into Kontooppsett; rows that differ are overwritten."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company, and a department for rows of its own."""
        super().add_arguments(parser)
        parser.add_argument("--department", metavar="NAME")

    def work(self, **options: Any) -> None:
        """Write the rows, and say how many changed."""
        company = self.company(options)
        name = options["department"]
        department = department_named(company, name) if name else None
        rows = suggested_for(company)
        changed = save_setup(company, department, rows)
        self.stdout.write(f"{changed} av {len(rows)} linjer i Kontooppsett er skrevet.")
