"""The facts of a settlement's document, read from the rows: the same for people and for the voucher."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import sentence
from accounting.books.domain.sales import ReceiptKind
from accounting.books.models import Receipt, Settlement
from accounting.books.queries import z_report_of
from integrations.exports.documents import written, z_report
from integrations.exports.documents.z_report import ZFacts
from integrations.exports.models import Export
from integrations.exports.pages.beside import KINDS
from integrations.exports.pages.stops import acknowledged_in
from integrations.exports.states import State

MIME = "application/pdf"


def for_reader(settlement: Settlement, export: Export | None, now: datetime) -> bytes:
    """Give the document as of now, in the reader's language, with where its voucher is."""
    return z_report.draw(_facts(settlement, export, now, _standing(export)))


def for_voucher(export: Export) -> bytes:
    """Give the document that lies on the voucher: bokmål, and the same bytes however often it is made."""
    if export.snapshot is None:
        raise AssertionError(f"export {export.pk} has arrived without a journal")
    with translation.override("nb"):
        return z_report.draw(_facts(export.settlement, export, export.snapshot.built_at, ""))


def file_name(settlement: Settlement) -> str:
    """Name the file so that a folder of them sorts by day: `2026-11-23 Z 12 kasse 1.pdf`."""
    till = f"{settlement.z_number} kasse {settlement.register.till_id}"
    said = f"{settlement.business_date.isoformat()} Z {till}"
    return "".join(one if one.isalnum() or one in " .-" else "-" for one in said) + ".pdf"


def _facts(
    settlement: Settlement, export: Export | None, made_at: datetime, standing: str
) -> ZFacts:
    day, till = settlement.as_day(), settlement.register
    times = _times(settlement)
    return ZFacts(
        company=settlement.company.name,
        org_no=settlement.company.org_no,
        place=till.location,
        till=till.till_id,
        department=till.department.name if till.department else "",
        day=day,
        z=z_report_of(settlement),
        first_at=times.get(day.first_nr, ""),
        last_at=times.get(day.last_nr, ""),
        revision=settlement.revision,
        mark=export.mark if export else "",
        standing=standing,
        made_at=made_at,
        movements=tuple(_movements(day)),
        remarks=tuple(_remarks(settlement)),
    )


def _times(settlement: Settlement) -> dict[str, str]:
    """Give the wall time of the first and the last receipt, by number."""
    first_and_last = Q(position=settlement.first_position) | Q(position=settlement.last_position)
    rows = Receipt.objects.filter(first_and_last, register=settlement.register_id, in_use=True)
    return dict(rows.values_list("nr", "at"))


def _standing(export: Export | None) -> str:
    if export is not None and export.state == State.POSTED:
        return _("bokført som bilag %(number)s") % {"number": export.voucher_no or "…"}
    if export is not None and export.state == State.SENT:
        return _("utkast, ikke bokført ennå")
    return _("ikke overført")


def _movements(day: SalesDay) -> Iterator[tuple[str, int]]:
    """Money that moved without a sale; the float is told of its own."""
    for moved in day.movements:
        if moved.kind != ReceiptKind.FLOAT:
            said = " · ".join(filter(None, (moved.type_name, moved.tender_name)))
            yield f"{KINDS[moved.kind]}{f' ({said})' if said else ''}", moved.amount
    on_credit = sum(sale.gross for sale in day.credit_sales)
    if on_credit:
        yield _("Kredittsalg (faktureres)"), on_credit


def _remarks(settlement: Settlement) -> Iterator[str]:
    """Say what a person let pass, why and when."""
    for each in acknowledged_in(settlement):
        yield _("Godkjent: %(what)s Begrunnelse: %(why)s (%(who)s, %(when)s)") % {
            "what": sentence(each.issue, written.language()),
            "why": each.reason,
            "who": each.name,
            "when": written.moment(each.at),
        }
