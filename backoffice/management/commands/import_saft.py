"""`import_saft FILE --company ORGNR [--json]`: take a till's file in."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from accounting.company.models import Company
from backoffice.management.company_command import CompanyCommand
from integrations.pos.intake import Report, take_in
from integrations.pos.saft import RefusedFile


class Command(CompanyCommand):
    """Import a SAF-T Cash Register file."""

    refusals = (*CompanyCommand.refusals, RefusedFile)
    help = "Read a SAF-T Cash Register file and store what is new in it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the company."""
        parser.add_argument("file", metavar="FILE", type=Path)
        super().add_arguments(parser)
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Import, and say what came of it; a refused file leaves nothing behind."""
        company = self.company(options)
        path: Path = options["file"]
        report = _read(company, path)
        if options["json"]:
            self.write_json(report.as_json(path.name))
        else:
            self._say(report)

    def refusal_json(self, error: Exception) -> dict[str, Any]:
        """Code, sentence and line."""
        line = {"line": error.line} if isinstance(error, RefusedFile) else {}
        return {**super().refusal_json(error), **line}

    def _say(self, report: Report) -> None:
        said = report.settlements
        self.stdout.write(
            f"Oppgjør: {said['new']} nye, {said['same']} uendret, {said['changed']} endret,"
            f" {said['incomplete']} ufullstendige. Kvitteringer: {report.receipts['new']} nye,"
            f" {report.receipts['same']} kjente."
        )
        for finding in report.as_json("")["findings"]:  # type: ignore[attr-defined]
            self.stdout.write(f"  {finding['text']}")


def _read(company: Company, path: Path) -> Report:
    try:
        size = path.stat().st_size
        with (
            path.open("rb") as file,
            tqdm(total=size, unit="B", unit_scale=True, disable=None) as bar,
        ):
            return take_in(company, file, lambda at: bar.update(at - bar.n))
    except OSError as error:
        raise RefusedFile("file-unreadable", {"name": path.name}) from error
