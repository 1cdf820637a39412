"""Tables as files that open right in Norwegian Excel: a workbook, or lines of CSV. Nothing is kept.

Rows are taken one at a time and written, so a file of any length takes the memory of one row. Amounts
are whole øre until the very last step, where a cell holds kroner.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO

from django.utils.timezone import localtime
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from accounting.books.domain.money import to_kroner
from integrations.exports.documents.written import language

Cell = str | int | date | datetime | None


class Kind(StrEnum):
    """What a column holds; an AMOUNT is whole øre."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    AMOUNT = "amount"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its words, what it holds, and its width in characters."""

    name: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about the file: what it was made of, by whom, and its control sums."""

    name: str
    cell: Cell
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to write: `facts` is asked for when every row is written, and stands on a sheet of its own."""

    name: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Cell]]
    facts_name: str
    facts: Callable[[], Sequence[Fact]]


# As a file of Excel has them; Excel itself shows the reader's own signs.
_FORMATS = {Kind.AMOUNT: "#,##0.00", Kind.COUNT: "0"}
_DAYS = {"nb": ("dd.mm.yyyy", "dd.mm.yyyy hh:mm"), "en": ("d mmm yyyy", "d mmm yyyy hh:mm")}
_CSV_DAYS = {"nb": ("%d.%m.%Y", "%d.%m.%Y %H:%M"), "en": ("%Y-%m-%d", "%Y-%m-%d %H:%M")}
# What a spreadsheet may take for a formula, whatever it is (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = b"\xef\xbb\xbf"


def write_workbook(out: IO[bytes], sheet: Sheet) -> None:
    """Write a workbook: the rows with a head that stays, and what the file is on a second sheet."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(out, options)
    formats = _formats(book)
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, heading.width)
        page.write_string(0, column, heading.name, formats["head"])
    line = 0
    for line, row in enumerate(sheet.rows, start=1):
        for column, (heading, cell) in enumerate(zip(sheet.headings, row, strict=True)):
            _put(page, line, column, cell, heading.kind, formats)
    page.autofilter(0, 0, max(line, 1), len(sheet.headings) - 1)
    _facts(book, sheet, formats)
    book.close()


def _facts(book: Workbook, sheet: Sheet, formats: dict[str, Format]) -> None:
    about = book.add_worksheet(sheet.facts_name)
    about.set_column(0, 0, 30)
    about.set_column(1, 1, 40)
    for line, fact in enumerate(sheet.facts()):
        about.write_string(line, 0, fact.name, formats["head"])
        _put(about, line, 1, fact.cell, fact.kind, formats)


def _formats(book: Workbook) -> dict[str, Format]:
    day, moment = _DAYS[language()]
    shapes = {**_FORMATS, Kind.DAY: day, Kind.MOMENT: moment}
    made = {kind.value: book.add_format({"num_format": shape}) for kind, shape in shapes.items()}
    left = {"align": "left"}
    for kind in (Kind.DAY, Kind.MOMENT):
        made[kind.value].set_align("left")
    return {
        **made,
        Kind.TEXT.value: book.add_format(left),
        "head": book.add_format({"bold": True, **left}),
    }


def _put(
    page: Worksheet, line: int, column: int, cell: Cell, kind: Kind, formats: dict[str, Format]
) -> None:
    """Write one cell: amounts and dates as what they are, everything else as text, never a formula."""
    if cell is None or cell == "":
        return
    shape = formats[kind.value]
    if isinstance(cell, datetime):
        page.write_datetime(line, column, localtime(cell).replace(tzinfo=None), shape)
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, shape)
    elif isinstance(cell, int):
        number = Decimal(cell).scaleb(-2) if kind is Kind.AMOUNT else cell
        page.write_number(line, column, number, shape)
    else:
        page.write_string(line, column, cell, shape)


class _Line:
    """What `csv.writer` writes to: it gives each line back."""

    def write(self, text: str) -> str:
        return text


def csv_lines(headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Give the file's lines: UTF-8 with BOM, semicolons, decimal comma, CRLF, whatever the language.

    Days are written in the language of now: when the lines are taken, the reader's is no longer active.
    """
    return _csv_lines(headings, rows, language())


def _csv_lines(
    headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], speaking: str
) -> Iterator[bytes]:
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")

    def line(cells: Iterable[str]) -> bytes:
        written: str = writer.writerow(list(cells))
        return written.encode()

    yield BOM + line(_harmless(heading.name) for heading in headings)
    for row in rows:
        yield line(
            _as_text(cell, heading.kind, speaking)
            for heading, cell in zip(headings, row, strict=True)
        )


def _as_text(cell: Cell, kind: Kind, speaking: str) -> str:
    day, moment = _CSV_DAYS[speaking]
    match cell:
        case None:
            return ""
        case datetime():
            return localtime(cell).strftime(moment)
        case date():
            return cell.strftime(day)
        case int():
            return to_kroner(cell).replace(".", ",") if kind is Kind.AMOUNT else str(cell)
        case str():
            return _harmless(cell)


def _harmless(text: str) -> str:
    """Give the text so that no spreadsheet reckons with it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
