"""`create_company ORGNR NAME`: make a company, with departments if any are named."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from accounting.company.records import Refused, add_department, create_company
from backoffice.management.command import HouseCommand


class Command(HouseCommand):
    """Make a company."""

    refusals = (Refused,)
    help = "Make a company. Its organisation number is checked."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number, the name, and departments."""
        parser.add_argument("org_no", metavar="ORGNR")
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--department", action="append", default=[], metavar="NAME", help="may be repeated"
        )

    def work(self, **options: Any) -> None:
        """Make it, and say so; with a department that cannot be, nothing is made."""
        with transaction.atomic():
            company = create_company(options["org_no"], options["name"])
            for name in options["department"]:
                add_department(company, name)
        self.stdout.write(f"{company.name} ({company.org_no}) er opprettet.")
