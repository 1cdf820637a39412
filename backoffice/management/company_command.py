"""What the commands about one company share: `--company ORGNR`, and which exceptions mean "no"."""

from typing import Any, ClassVar

from django.core.management.base import CommandParser

from accounting.books.domain.issues import Issue, sentence
from accounting.company.models import Company
from accounting.company.queries import NotOne, company_by_org_no
from accounting.company.records import Refused
from backoffice.management.command import HouseCommand
from backoffice.templatetags.backoffice import fix_url
from integrations.poweroffice.connect import ConnectRefused


class CompanyCommand(HouseCommand):
    """A command that works on one company; with `company_required` off, on all where none is named."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (NotOne, Refused, ConnectRefused)
    company_required: ClassVar[bool] = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company."""
        parser.add_argument("--company", required=self.company_required, metavar="ORGNR")

    def company(self, options: dict[str, Any]) -> Company:
        """Give the company that `--company` names. Raises NotOne."""
        return company_by_org_no(options["company"])

    def company_or_all(self, options: dict[str, Any]) -> Company | None:
        """Give the company, or None where none is named."""
        return self.company(options) if options["company"] else None


def issue_document(issue: Issue, company: Company) -> dict[str, object]:
    """Give an issue as `--json` shows it; `fix` is the address where it is mended, or null."""
    return {
        "code": issue.code,
        "subject": issue.subject,
        "text": sentence(issue),
        "fix": fix_url(issue, company) or None,
    }
