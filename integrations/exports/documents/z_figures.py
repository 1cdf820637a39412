"""The Z report's own figures as tables: what the till counted and summed itself (saft.md 1.6, 3.2)."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.books.domain.day import SalesDay
from accounting.books.domain.sales import ZFigure, ZReport
from integrations.exports.documents import written
from integrations.exports.documents.paper import Column, Table
from integrations.exports.documents.written import kroner

# In the order of the law's list (saft.md 9.3). A name that ends a row of its own kind has its code.
COUNTED: Mapping[str, Promise] = {
    "receipts": gettext_lazy("Salgskvitteringer"),
    "drawer-openings": gettext_lazy("Skuffåpninger uten salg"),
    "copies": gettext_lazy("Kopikvitteringer"),
    "proforma": gettext_lazy("Foreløpige kvitteringer"),
    "returns": gettext_lazy("Returer"),
    "discounts": gettext_lazy("Rabatter gitt i kassen"),
    "voids": gettext_lazy("Avbrutte salg"),
    "correction": gettext_lazy("Linjekorreksjoner"),
    "price-inquiry": gettext_lazy("Prisforespørsler"),
    "other-correction": gettext_lazy("Andre korreksjoner"),
    "deliveries": gettext_lazy("Utleveringskvitteringer"),
    "training": gettext_lazy("Øvingskvitteringer"),
    "credit-sales": gettext_lazy("Kredittsalg"),
    "credit-notes": gettext_lazy("Kreditnotaer"),
    "tips": gettext_lazy("Tips"),
    "pay-in": gettext_lazy("Innbetalinger"),
    "pay-out": gettext_lazy("Utbetalinger"),
    "float-by": gettext_lazy("Vekselbeholdning, selger"),
    "grand-total-sales": gettext_lazy("Salg siden kassen ble tatt i bruk"),
    "grand-total-returns": gettext_lazy("Returer siden kassen ble tatt i bruk"),
    "grand-total-net": gettext_lazy("Netto siden kassen ble tatt i bruk"),
}
_ALWAYS = ("correction", "price-inquiry", "other-correction", "pay-in", "pay-out")


def payments(day: SalesDay, z: ZReport) -> Table:
    """What was paid, and how many times by the till's count."""
    counts = {figure.of: figure.number for figure in z.figures if figure.name == "payment"}
    rows = [
        (p.type, p.type_name, written.count(counts.get(p.type, "")), kroner(p.amount))
        for p in day.payments
    ]
    columns = (
        Column(_("Betaling")),
        Column(_("Navn"), 1.4),
        Column(_("Antall"), 0.6, figures=True),
        Column(_("Beløp"), figures=True),
    )
    paid = sum(payment.amount for payment in day.payments)
    return Table(_("Betalinger"), columns, rows, (_("Sum"), "", "", kroner(paid)))


def reported_vat(z: ZReport) -> Table:
    """The VAT as the Z report itself sums it, per code of the till."""
    rows = [
        (f"{code} ({written.percent(rate)})", kroner(net), kroner(vat))
        for code, rate, net, vat in z.vat
    ]
    columns = (
        Column(_("Kassens mva-kode"), 1.2),
        Column(_("Grunnlag"), figures=True),
        Column(_("Mva"), figures=True),
    )
    return Table(_("Mva i Z-rapporten"), columns, rows)


def groups(day: SalesDay, z: ZReport) -> Table:
    """The article groups as the Z report itself sums them."""
    names = {sale.group: sale.group_name for sale in day.sales}
    counts = {figure.of: figure.number for figure in z.figures if figure.name == "group"}
    rows = [
        (own, names.get(own, ""), written.count(counts.get(own, "")), kroner(amount))
        for own, amount in z.groups
    ]
    columns = (
        Column(_("Varegruppe")),
        Column(_("Navn"), 1.4),
        Column(_("Antall"), 0.6, figures=True),
        Column(_("Beløp"), figures=True),
    )
    return Table(_("Varegrupper i Z-rapporten"), columns, rows)


def by_person(z: ZReport) -> tuple[Table, Table] | None:
    """Groups and payments of each employee, by the till's own code; None where it tells neither."""
    sold = list(_by(z, "group-by"))
    paid = list(_by(z, "payment-by"))
    if not sold and not paid:
        return None
    return (
        _persons(_("Varegrupper per selger"), _("Varegruppe"), sold),
        _persons(_("Betalinger per selger"), _("Betaling"), paid),
    )


def _by(z: ZReport, name: str) -> Iterator[tuple[str, str, str, str]]:
    for figure in z.figures:
        if figure.name == name:
            yield figure.by, figure.of, written.count(figure.number), kroner(figure.amount)


def _persons(heading: str, what: str, rows: list[tuple[str, str, str, str]]) -> Table:
    columns = (
        Column(_("Selger")),
        Column(what, 1.4),
        Column(_("Antall"), 0.6, figures=True),
        Column(_("Beløp"), figures=True),
    )
    return Table(heading, columns, rows)


def counters(z: ZReport) -> Table:
    """Everything else that a Z report counts; of one stored before they were read, what there is."""
    rows = list(_counters(z.figures)) or [(str(COUNTED["returns"]), "", kroner(z.returns))]
    columns = (
        Column("", 2.4),
        Column(_("Antall"), 0.6, figures=True),
        Column(_("Beløp"), figures=True),
    )
    return Table(_("Tellere i Z-rapporten"), columns, rows)


def _counters(figures: tuple[ZFigure, ...]) -> Iterator[tuple[str, str, str]]:
    if not figures:
        return
    for name, words in COUNTED.items():
        mine = [figure for figure in figures if figure.name == name]
        for figure in mine:
            own = figure.of or figure.by
            said = f"{words}: {own}" if own else str(words)
            yield said, written.count(figure.number), kroner(figure.amount)
        if not mine and name in _ALWAYS:
            yield str(words), "0", kroner(0)
