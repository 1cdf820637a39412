"""`forget`: delete what is older than a year and need not be kept any more; counts only without --yes."""

import getpass
from typing import Any, ClassVar

from django.core.management.base import CommandParser

from accounting.company.models import Company
from accounting.company.queries import NotOne
from backoffice import forgetting
from backoffice.forgetting import MustBeKept
from backoffice.management.company_command import CompanyCommand


class Command(CompanyCommand):
    """Forget whole years."""

    help = "Delete receipts, settlements, exports and log of the years before YEAR (five are kept)."
    company_required = False
    refusals: ClassVar[tuple[type[Exception], ...]] = (NotOne, MustBeKept)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the year, and whether to do it."""
        super().add_arguments(parser)
        parser.add_argument("--before", type=int, required=True, metavar="YEAR")
        parser.add_argument("--yes", action="store_true", help="delete; without it, only count")
        parser.add_argument("--by", default="", help="who decided it; else the system's user name")

    def work(self, **options: Any) -> None:
        """Count, or delete, a company and a year at a time."""
        forgetting.check(options["before"])
        one = self.company_or_all(options)
        for company in [one] if one else Company.objects.order_by("org_no"):
            for year in forgetting.years(company, options["before"]):
                self._year(company, year, options)
        if not options["yes"]:
            self.stdout.write("Ingenting er slettet. Legg til --yes for å slette.")

    def _year(self, company: Company, year: int, options: dict[str, Any]) -> None:
        if options["yes"]:
            rows = forgetting.forget(company, year, options["by"] or getpass.getuser())
        else:
            rows = forgetting.counted(company, year)
        said = ", ".join(f"{name} {number}" for name, number in sorted(rows.items()) if number)
        self.stdout.write(f"{company.org_no} {year}: {said or 'ingenting'}")
