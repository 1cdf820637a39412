"""`import_saft FILE [FILE…] --company ORGNR [--json]`: take a till's files in."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from tqdm import tqdm

from accounting.company.models import Company
from backoffice.management.company_command import CompanyCommand
from integrations.pos.intake import Report, take_in_all
from integrations.pos.saft import RefusedFile


class Command(CompanyCommand):
    """Import SAF-T Cash Register files."""

    refusals = (*CompanyCommand.refusals, RefusedFile)
    help = "Read SAF-T Cash Register files and store what is new in them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the company."""
        parser.add_argument(
            "files", metavar="FILE", type=Path, nargs="+", help="SAF-T-filen (XML eller ZIP)"
        )
        super().add_arguments(parser)
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Import, and say what came of it; a refused file leaves nothing behind."""
        company = self.company(options)
        paths: list[Path] = options["files"]
        reports = _read(company, paths)
        if options["json"]:
            told = [report.as_json(path.name) for path, report in zip(paths, reports, strict=True)]
            self.write_json({"files": told} if len(told) > 1 else told[0])
        else:
            for path, report in zip(paths, reports, strict=True):
                self._say(report, path.name if len(paths) > 1 else "")

    def refusal_json(self, error: Exception) -> dict[str, Any]:
        """Code, sentence and line."""
        line = {"line": error.line} if isinstance(error, RefusedFile) else {}
        return {**super().refusal_json(error), **line}

    def _say(self, report: Report, name: str) -> None:
        said = report.settlements
        self.stdout.write(
            (f"{name}: " if name else "")
            + f"Oppgjør: {said['new']} nye, {said['same']} uendret, {said['changed']} endret,"
            f" {said['incomplete']} ufullstendige. Kvitteringer: {report.receipts['new']} nye,"
            f" {report.receipts['same']} kjente."
        )
        for finding in report.as_json("")["findings"]:  # type: ignore[attr-defined]
            self.stdout.write(f"  {finding['text']}")


def _read(company: Company, paths: list[Path]) -> list[Report]:
    """Take the files in, with a bar for each that begins anew where the next one is read."""
    with ExitStack() as stack:
        files = [stack.enter_context(_opened(path)) for path in paths]
        total = sum(path.stat().st_size for path in paths)
        bar = stack.enter_context(tqdm(total=total, unit="B", unit_scale=True, disable=None))
        done, last = 0, 0

        def progress(at: int) -> None:
            nonlocal done, last
            done += last if at < last else 0
            last = at
            bar.update(done + at - bar.n)

        return take_in_all(company, files, progress)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise RefusedFile("file-unreadable", {"name": path.name}) from error
