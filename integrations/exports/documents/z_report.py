"""A Z report and its settlement on A4: the documentation of a voucher (kassasystemforskriften § 2-8).

Left alone, equal facts in one language give equal bytes, so a resent document is the same document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounting.books.domain.day import SalesDay
from accounting.books.domain.sales import ZReport
from integrations.exports.documents import written, z_figures
from integrations.exports.documents.paper import Column, Paper, Table, Words
from integrations.exports.documents.written import kroner


@dataclass(frozen=True, slots=True)
class ZFacts:
    """What the document says beside the settlement and the Z report. Times are a till's wall times.

    `standing` says where the voucher is, '' where that is not told; `movements` are ready words with
    øre; `remarks` are sentences about what a person let pass.
    """

    company: str
    org_no: str
    place: str
    till: str
    department: str
    day: SalesDay
    z: ZReport
    first_at: str
    last_at: str
    revision: int
    mark: str
    standing: str
    made_at: datetime
    movements: Sequence[tuple[str, int]] = ()
    remarks: Sequence[str] = ()


def draw(facts: ZFacts) -> bytes:
    """Give the document as PDF, in the language that is active."""
    paper = Paper(
        Words(
            title=_("Z-rapport %(number)s · kasse %(till)s")
            % {"number": facts.day.z_number, "till": facts.till},
            under=f"{facts.company} · {_('org.nr.')} {written.org_no(facts.org_no)}",
            foot=_foot(facts),
            page=_("side"),
            of=pgettext("side 1 av 2", "av"),
            author=facts.company,
        )
    )
    paper.facts([(_("Sted"), facts.place or "–")], abreast=1)
    paper.facts(list(_head(facts)))
    paper.table(_sales(facts.day))
    paper.pair(_vat(facts.day), z_figures.payments(facts.day, facts.z))
    paper.pair(z_figures.reported_vat(facts.z), z_figures.groups(facts.day, facts.z))
    by_person = z_figures.by_person(facts.z)
    if by_person:
        paper.pair(*by_person)
    paper.pair(z_figures.counters(facts.z), _drawer(facts))
    for remark in facts.remarks:
        paper.note(remark)
    return paper.done()


def _foot(facts: ZFacts) -> str:
    made = _("Laget %(when)s fra kassens journal (SAF-T).") % {
        "when": written.moment(facts.made_at)
    }
    return f"{made} {_('Merke')} {facts.mark}" if facts.mark else made


def _head(facts: ZFacts) -> Iterator[tuple[str, str]]:
    day = facts.day
    yield _("Selskap"), facts.company
    yield _("Organisasjonsnummer"), written.org_no(facts.org_no)
    yield _("Kasse"), facts.till
    yield _("Avdeling"), facts.department or "–"
    yield _("Versjon fra kassen"), str(facts.revision)
    yield _("Z-nummer"), day.z_number
    yield _("Oppgjørsdato"), written.day(day.business_date.isoformat())
    yield _("Første kvittering"), _one_receipt(day.first_nr, facts.first_at)
    yield _("Siste kvittering"), _one_receipt(day.last_nr, facts.last_at)
    yield _("Kassen gjort opp"), written.wall(day.closed_at)
    yield _("Kvitteringer i perioden"), str(day.transactions)
    if facts.mark:
        yield _("Merke i bilaget"), facts.mark
    if facts.standing:
        yield _("Bilag i Go"), facts.standing


def _one_receipt(nr: str, at: str) -> str:
    return ", ".join(filter(None, (nr, written.wall(at)))) or "–"


def _sales(day: SalesDay) -> Table:
    rows = [
        (
            sale.group,
            sale.group_name,
            f"{sale.vat_code} ({written.percent(sale.rate)})",
            *map(kroner, (sale.net, sale.vat, sale.gross)),
        )
        for sale in day.sales
    ]
    columns = (
        Column(_("Varegruppe"), 1.2),
        Column(_("Navn"), 2.6),
        Column(_("Mva-kode"), 1.2),
        Column(_("Netto"), 1.2, figures=True),
        Column(_("Mva"), 1.2, figures=True),
        Column(_("Brutto"), 1.2, figures=True),
    )
    foot = (_("Sum"), "", "", *map(kroner, (day.net, day.vat, day.gross)))
    return Table(_("Salg per varegruppe, etter returer"), columns, rows, foot)


def _vat(day: SalesDay) -> Table:
    """Sales per VAT code with the till's own VAT: the figures that the voucher stands on."""
    rows = []
    for total in day.vat_totals:
        mine = [s for s in day.sales if (s.vat_code, s.rate) == (total.vat_code, total.rate)]
        gross, net = sum(s.gross for s in mine), sum(s.net for s in mine)
        said = f"{total.vat_code} ({written.percent(total.rate)})"
        rows.append((said, *map(kroner, (net, total.vat, gross))))
    columns = (
        Column(_("Mva-kode"), 1.2),
        Column(_("Netto"), figures=True),
        Column(_("Mva"), figures=True),
        Column(_("Brutto"), figures=True),
    )
    vat = sum(total.vat for total in day.vat_totals)
    foot = (_("Sum"), *map(kroner, (day.net, vat, day.gross)))
    return Table(_("Mva per sats"), columns, rows, foot)


def _drawer(facts: ZFacts) -> Table:
    """Cash sales, what moved beside them, and the cash that should lie in the drawer."""
    day = facts.day
    rows: list[tuple[str, int | None]] = [
        (_("Kontantsalg ifølge Z-rapporten"), facts.z.total),
        (_("Salg ifølge kvitteringene"), day.gross),
        (_("Øreavrunding"), day.rounding),
        (_("Tips"), day.tips),
        *facts.movements,
        (_("Vekselbeholdning ved start"), day.opening_float),
        (_("Kontanter som skal være i kassen"), day.expected_cash),
    ]
    if day.counted_cash is not None:
        rows += [
            (_("Talte kontanter"), day.counted_cash),
            (_("Kassedifferanse"), day.cash_difference),
        ]
    written_rows = [(name, kroner(amount)) for name, amount in rows]
    if day.counted_cash is None:
        written_rows.append((_("Talte kontanter"), _("ikke talt")))
    columns = (Column("", 2.4), Column(_("Beløp"), figures=True))
    return Table(_("Kasse og annet"), columns, written_rows)
