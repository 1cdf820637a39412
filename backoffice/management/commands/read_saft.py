"""Reads a SAF-T Cash Register file and tells what is in it; touches no database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from accounting.books.domain.reading import reader_amount
from backoffice.management.command import HouseCommand
from integrations.pos.archives import read_delivery
from integrations.pos.saft import RefusedFile
from integrations.pos.summary import Json, summarise


class Command(HouseCommand):
    """`read_saft FILE [--json]` of DESIGN.md 6: works before any migrate."""

    help = "Leser en SAF-T Kassasystem-fil og viser dagsoppgjørene i den. Lagrer ingenting."
    requires_system_checks: list[str] = []
    refusals = (RefusedFile,)

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how to tell."""
        parser.add_argument("file", type=Path, metavar="FILE", help="SAF-T-filen (XML eller ZIP)")
        self.add_json(parser)

    def work(self, **options: Any) -> None:
        """Read and tell. Raises RefusedFile."""
        told = _read(options["file"])
        if options["json"]:
            self.write_json(told)
        else:
            for line in _lines(told):
                self.stdout.write(line)

    def refusal_json(self, error: Exception) -> dict[str, Any]:
        """Code, sentence and line."""
        line = error.line if isinstance(error, RefusedFile) else 0
        return {**super().refusal_json(error), "line": line}


def _read(path: Path) -> Json:
    try:
        with path.open("rb") as source:
            return summarise(read_delivery(source, settings.UPLOAD_UNPACKED_MAX_BYTES))
    except OSError as error:
        raise RefusedFile("file-unreadable", {"name": path.name}) from error


def _lines(told: Json) -> list[str]:
    company = told["company"]
    lines = [f"{company['name']} ({company['org_no']})", "", *_table(told["settlements"])]
    lines += [
        f"Kredittsalg på kasse {sale['register']}: kvittering {sale['nr']}, {_kr(sale['gross'])}"
        for sale in told["credit_sales"]
    ]
    lines += [
        f"Kasse {left['register']}: {left['transactions']} transaksjoner er ikke gjort opp ennå."
        for left in told["open"]
    ]
    return lines + _findings("", told["findings"])


_HEAD = ("Kasse", "Z", "Dato", "Transaksjoner", "Brutto", "Mva", "Avrunding")


def _table(settlements: list[Json]) -> list[str]:
    """One row a settlement, each column as wide as it must be, and below it what there is to say."""
    if not settlements:
        return ["Filen har ingen fullstendige dagsoppgjør."]
    rows = [_HEAD, *(_row(settlement) for settlement in settlements)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if index < 3 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    for settlement in settlements:
        title = f"Kasse {settlement['register']}, Z {settlement['z_number']}: "
        lines += _findings(title, settlement["findings"])
    return lines


def _row(settlement: Json) -> tuple[str, ...]:
    amounts = (_kr(settlement[name]) for name in ("gross", "vat", "rounding"))
    date = settlement["business_date"]
    return (
        settlement["register"],
        settlement["z_number"],
        date,
        str(settlement["transactions"]),
        *amounts,
    )


def _findings(title: str, findings: list[Json]) -> list[str]:
    signs = {"blocked": "Stoppet", "warning": "Merk"}
    return [f"{title}{signs[found['severity']]}: {found['text']}" for found in findings]


def _kr(kroner: str) -> str:
    return reader_amount(kroner, "nb")
