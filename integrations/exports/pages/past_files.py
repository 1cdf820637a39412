"""The history as files: exactly what the filter asks for, row for row, with its control sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from accounting.company.models import Company
from integrations.exports.documents import written
from integrations.exports.documents.paper import LANDSCAPE, Column, Paper, Table, Words
from integrations.exports.documents.sheets import (
    Cell,
    Fact,
    Heading,
    Kind,
    Sheet,
    csv_lines,
    write_workbook,
)
from integrations.exports.models import Export
from integrations.exports.pages.past import (
    STATE_WORDS,
    Sought,
    exports_sought,
    vat_by_code,
    with_documents,
)
from integrations.exports.states import State

CHUNK = 500
# As many rows as a file of the kind is good for; CSV has no end.
MOST = {"pdf": 5_000, "xlsx": 200_000}
_VAT_CODES = ("3", "31", "33", "32")


@dataclass(slots=True)
class PastFile:
    """A file of the history being made: `said` is the filter in words, `by` the person's name.

    The control sums grow while the rows are taken; they are the file's own, never asked for again.
    """

    company: Company
    sought: Sought
    said: Sequence[tuple[str, str]]
    by: str
    now: datetime
    count: int = field(default=0, init=False)
    debit: int = field(default=0, init=False)
    vat: int = field(default=0, init=False)

    def too_many(self, kind: str) -> bool:
        """Say whether there are more rows than a file of this kind is good for."""
        most = MOST.get(kind)
        rows = exports_sought(self.company, self.sought)
        return most is not None and rows[: most + 1].count() > most

    def name(self, kind: str) -> str:
        """Give the file's name: `historikk-912345678-2026-11-01-2026-12-31.xlsx`; days as ISO."""
        days = [f"{day}" for day in (self.sought.first, self.sought.last) if day]
        return "-".join([_("historikk"), self.company.org_no, *days]) + f".{kind}"

    def lines(self) -> Iterator[bytes]:
        """Give the file as lines of CSV."""
        return csv_lines(_headings(), self._rows())

    def write_workbook(self, out: IO[bytes]) -> None:
        """Write the file as a workbook of two sheets."""
        sheet = Sheet(_("Historikk"), _headings(), self._rows(), _("Om filen"), self._facts)
        write_workbook(out, sheet)

    def paper(self) -> bytes:
        """Give the file as PDF, A4 across."""
        words = Words(
            title=f"{_('Historikk')}: {self.company.name}",
            under=" · ".join(f"{name}: {value}" for name, value in self.said) or _("Alt"),
            foot=f"{written.org_no(self.company.org_no)} · {self.by} · {written.moment(self.now)}",
            page=_("side"),
            of=_("av"),
            author=self.by,
        )
        page = Paper(words, LANDSCAPE)
        headings = _headings()
        rows = [_on_paper(headings, row) for row in self._rows()]
        foot = _on_paper(headings, self._foot(headings))
        page.table(Table("", tuple(map(_column, headings)), rows, foot))
        return page.done()

    def _foot(self, headings: Sequence[Heading]) -> list[Cell]:
        """Give the row of sums; the VAT of each rate is on its rows."""
        cells: list[Cell] = [None] * len(headings)
        cells[0], cells[6], cells[7] = f"{_('Sum')} ({self.count})", self.debit, self.vat
        return cells

    def _facts(self) -> list[Fact]:
        return [
            Fact(_("Selskap"), f"{self.company.name}, {written.org_no(self.company.org_no)}"),
            *(Fact(name, value) for name, value in self.said),
            Fact(_("Laget av"), self.by),
            Fact(_("Laget"), self.now, Kind.MOMENT),
            Fact(_("Antall rader"), self.count, Kind.COUNT),
            Fact(_("Kontrollsum, bilagssum"), self.debit, Kind.AMOUNT),
            Fact(_("Kontrollsum, mva"), self.vat, Kind.AMOUNT),
        ]

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        """Give the rows to be taken, with their words in the language of now."""
        words = {state: str(said) for state, said in STATE_WORDS.items()}
        return self._taken(words, _("korrigering"))

    def _taken(self, words: dict[State, str], part: str) -> Iterator[tuple[Cell, ...]]:
        """Take the rows from the database a chunk at a time, and add them up."""
        rows = with_documents(exports_sought(self.company, self.sought))
        for export in rows.order_by(*self.sought.order.by()).iterator(CHUNK):
            self.count += 1
            self.debit += export.debit
            self.vat += export.vat
            yield _cells(export, words, part)


def _headings() -> tuple[Heading, ...]:
    amount = Kind.AMOUNT
    return (
        Heading(_("Overført"), Kind.MOMENT, 17),
        Heading(_("Bilagsdato"), Kind.DAY, 12),
        Heading(_("Avdeling"), width=18),
        Heading(_("Kasse"), width=12),
        Heading(_("Z-nr."), width=10),
        Heading(_("Del"), width=14),
        Heading(_("Bilagssum"), amount, 14),
        Heading(_("Mva i alt"), amount, 13),
        Heading(_("Mva høy sats"), amount, 13),
        Heading(_("Mva middels sats"), amount, 15),
        Heading(_("Mva lav sats"), amount, 13),
        Heading(_("Mva råfisk"), amount, 13),
        Heading(_("Bilag i Go"), width=14),
        Heading(_("Merke"), width=12),
        Heading(_("Status"), width=18),
        Heading(_("Kjøring"), Kind.MOMENT, 17),
    )


def _cells(export: Export, words: dict[State, str], part: str) -> tuple[Cell, ...]:
    register = export.settlement.register
    built = export.snapshot is not None
    vat = vat_by_code(export)
    return (
        export.arrived_at,
        export.voucher_date,
        register.department.name if register.department else "",
        register.till_id,
        export.settlement.z_number,
        f"{part} {export.part}" if export.part else "",
        export.debit if built else None,
        export.vat if built else None,
        *(vat.get(code) for code in _VAT_CODES),
        export.voucher_no,
        f"[{export.mark}]",
        words[State(export.state)],
        export.run.cut_off if export.run else None,
    )


def _on_paper(headings: Sequence[Heading], cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(map(_said, headings, cells))


def _said(heading: Heading, cell: Cell) -> str:
    if isinstance(cell, datetime):
        return written.moment(cell)[:-3]  # no seconds
    if isinstance(cell, int):
        return written.kroner(cell)
    return (
        str(cell or "") if heading.kind is not Kind.DAY else written.day(f"{cell}") if cell else ""
    )


def _column(heading: Heading) -> Column:
    return Column(heading.name, heading.width, figures=heading.kind is Kind.AMOUNT)
