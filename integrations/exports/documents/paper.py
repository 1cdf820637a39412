"""A4 in black on white, drawn from the top down: title, facts, tables, notes, and «side 1 av 2».

The same content gives the same bytes. Only PDF's own fonts: no file of a font, nothing to embed; the
true minus comes from Symbol, which every viewer has beside Helvetica.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from integrations.exports.documents.letters import fitting, printable

PORTRAIT, LANDSCAPE = A4, landscape(A4)

ROW, GAP, MARGIN, GUTTER, FOOT, NAMES = 11.0, 9.0, 42.0, 22.0, 40.0, 96.0
INK, SOFT, LINE = 0.0, 0.38, 0.72  # grey: 0 is black


@dataclass(frozen=True, slots=True)
class Pen:
    """A font, its size in points, and how grey."""

    font: str = "Helvetica"
    size: float = 8.0
    grey: float = INK

    def width(self, text: str) -> float:
        """Give how wide a text is, in points."""
        return pdfmetrics.stringWidth(text, self.font, self.size)


PLAIN, PALE = Pen(), Pen(grey=SOFT)
BOLD, HEADING = Pen("Helvetica-Bold"), Pen("Helvetica-Bold", 9.0)
TITLE, UNDER, SMALL = (
    Pen("Helvetica-Bold", 15.0),
    Pen(size=9.0, grey=SOFT),
    Pen(size=7.0, grey=SOFT),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `share` is its part of the width; figures stand to the right."""

    name: str
    share: float = 1.0
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, named columns and rows of ready text; `foot` is the row of sums, () for none."""

    heading: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    foot: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Give how much of a page it takes, in points."""
        heading = ROW + 3 if self.heading else 0
        return heading + ROW * (len(self.rows) + 1 + bool(self.foot)) + GAP


@dataclass(frozen=True, slots=True)
class Words:
    """What every page says: the title, below it a line, and at the foot who and which page."""

    title: str
    under: str
    foot: str
    page: str  # `side`
    of: str  # `av`
    author: str = ""


class Paper:
    """Pages being drawn. `done` gives them; until then each call goes on below the one before."""

    def __init__(self, words: Words, size: tuple[float, float] = PORTRAIT) -> None:
        """Begin the first page with its title."""
        self._words = words
        self._width, self._top = size
        self._kept = BytesIO()
        self._canvas = Canvas(self._kept, pagesize=size, invariant=1, pageCompression=1)
        self._canvas.setTitle(printable(words.title))
        self._canvas.setAuthor(printable(words.author))
        self._canvas.setSubject(printable(words.under))
        self._page = 1
        self._y = self._top - MARGIN - TITLE.size
        self._text(MARGIN, words.title, TITLE)
        self._y -= 15
        self._text(MARGIN, words.under, UNDER)
        self._y -= GAP + 8

    def facts(self, pairs: Sequence[tuple[str, str]], abreast: int = 2) -> None:
        """Draw names with what they say, `abreast` of them beside each other, downwards first."""
        lines = -(-len(pairs) // abreast)
        self._room(lines * ROW)
        width = (self._inner - (abreast - 1) * GUTTER) / abreast
        top = self._y
        for index, (name, said) in enumerate(pairs):
            column, line = divmod(index, lines)
            self._y = top - line * ROW
            x = MARGIN + column * (width + GUTTER)
            self._text(x, name, PALE, within=NAMES - 4)
            self._text(x + NAMES, said, PLAIN, within=width - NAMES)
        self._y = top - lines * ROW - GAP

    def table(self, table: Table) -> None:
        """Draw a table over the whole width, on as many pages as it takes."""
        self._room(min(table.height, ROW * 6))
        self._table(table, MARGIN, self._inner)

    def pair(self, left: Table, right: Table) -> None:
        """Draw two tables beside each other; one below the other where that would waste half a page."""
        tall = max(left.height, right.height)
        if tall > self._y - MARGIN - FOOT and tall > self._top / 2:
            self.table(left)
            self.table(right)
            return
        self._room(tall)
        top, width = self._y, (self._inner - GUTTER) / 2
        self._table(left, MARGIN, width)
        lowest, self._y = self._y, top
        self._table(right, MARGIN + width + GUTTER, width)
        self._y = min(lowest, self._y)

    def note(self, text: str) -> None:
        """Draw a sentence or more, broken into lines."""
        for line in simpleSplit(printable(text), PLAIN.font, PLAIN.size, self._inner):
            self._room(ROW)
            self._text(MARGIN, line, PLAIN)
            self._y -= ROW
        self._y -= 3

    def done(self) -> bytes:
        """Close the last page and give the whole as PDF."""
        self._close_page()
        self._canvas.beginForm("pages")
        self._take(SMALL)
        self._canvas.drawString(0, 0, str(self._page))
        self._canvas.endForm()
        self._canvas.save()
        return self._kept.getvalue()

    @property
    def _inner(self) -> float:
        return self._width - 2 * MARGIN

    def _room(self, height: float) -> None:
        """Go to the next page where this one has less than `height` left."""
        if self._y - height >= MARGIN + FOOT - ROW:
            return
        self._close_page()
        self._canvas.showPage()
        self._page += 1
        self._y = self._top - MARGIN - BOLD.size
        self._text(MARGIN, self._words.title, BOLD)
        self._y -= ROW * 2

    def _close_page(self) -> None:
        """Draw the foot; how many pages there are is filled in by `done`."""
        self._y = MARGIN
        self._rule(MARGIN, self._inner, self._y + 11)
        page = f"{self._words.page} {self._page} {self._words.of} "
        x = self._width - MARGIN - SMALL.width(page + "999")
        room = x - MARGIN - GAP
        self._text(MARGIN, self._words.foot, SMALL, within=room)
        self._text(x, page, SMALL)
        self._canvas.saveState()
        self._canvas.translate(x + SMALL.width(page), self._y)
        self._canvas.doForm("pages")
        self._canvas.restoreState()

    def _table(self, table: Table, x: float, width: float) -> None:
        if table.heading:
            self._text(x, table.heading, HEADING, within=width)
            self._y -= ROW + 3
        self._names(table, x, width)
        for row in table.rows:
            if self._y - ROW < MARGIN + FOOT - ROW:
                self._room(self._top)
                self._names(table, x, width)
            self._row(table.columns, row, x, width, PLAIN)
        if table.foot:
            self._rule(x, width, self._y + ROW - 3)
            self._row(table.columns, table.foot, x, width, BOLD)
        self._y -= GAP

    def _names(self, table: Table, x: float, width: float) -> None:
        names = [column.name for column in table.columns]
        self._row(table.columns, names, x, width, PALE)
        self._rule(x, width, self._y + ROW - 3)

    def _row(
        self,
        columns: Sequence[Column],
        cells: Iterable[str],
        x: float,
        width: float,
        pen: Pen,
    ) -> None:
        whole = sum(column.share for column in columns)
        for column, cell in zip(columns, cells, strict=True):
            wide = width * column.share / whole
            room = wide - 6
            if column.figures:
                self._text(x + wide, cell, pen, within=room, to_right=True)
            else:
                self._text(x, cell, pen, within=room)
            x += wide
        self._y -= ROW

    def _text(
        self, x: float, text: str, pen: Pen, *, within: float = 0.0, to_right: bool = False
    ) -> None:
        """Write on this line; what is wider than `within` is cut."""
        said = fitting(printable(text), pen.font, pen.size, within or self._inner)
        self._take(pen)
        draw = self._canvas.drawRightString if to_right else self._canvas.drawString
        draw(x, self._y, said)

    def _take(self, pen: Pen) -> None:
        self._canvas.setFont(pen.font, pen.size)
        self._canvas.setFillGray(pen.grey)

    def _rule(self, x: float, width: float, y: float) -> None:
        self._canvas.setStrokeGray(LINE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(x, y, x + width, y)
