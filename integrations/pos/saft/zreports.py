"""Events → Z reports, each with the receipts that the journal named since the one before.

Every completed sale writes a receipt event with its transID, so the events before a Z in document
order say what it closes (saft.md 1.5, 4.6).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from accounting.books.domain.evidence import signed
from accounting.books.domain.money import ZERO, Ore
from accounting.books.domain.sales import NOTHING_SEEN, Counted, Evidence, ZReport
from integrations.pos.saft.figures import figures_of
from integrations.pos.saft.master import UNKNOWN, Master
from integrations.pos.saft.shape import FIELDS, Fields, Shapes
from integrations.pos.saft.times import Clock, is_steady
from integrations.pos.saft.values import amount, count, identity, rate_of, side_of

# Sales and return receipts, sales without a printout; delivery, training and void receipts.
RECEIPT_EVENTS = frozenset({"13012", "13013", "13030", "13016", "13017", "13028"})
SALES_RECEIPT = "13012"
EVENT = ("eventDate", "eventTime")
REPORT = ("reportDate", "reportTime")
_REPORT = FIELDS["eventReport"]


class Journal:
    """One register's events, read in order."""

    def __init__(self, master: Master, file_day: date | None) -> None:
        """Begin a register; `file_day` is when the file was made."""
        self._events = master.events
        self._file_day = file_day
        self._clock = Clock()
        self._seen: dict[str, None] = {}
        self._printed: set[str] = set()

    def read(self, shapes: Shapes, xml: str) -> ZReport | None:
        """Take the next event; give the Z report if it holds one. Raises OtherShape, Misfit."""
        event_type, trans_id, day, clock, xml = shapes["event"].pick(xml)
        if not is_steady(day):
            self._clock.moment(day, clock, EVENT)
        standard = self._events.get(event_type.strip(), UNKNOWN)[1]
        if trans_id and standard in RECEIPT_EVENTS:
            self._seen.setdefault(named := identity("transID", trans_id))
            if standard == SALES_RECEIPT:
                self._printed.add(named)
        report = shapes["eventReport"].pick(xml) if xml else None
        if report and report[1].strip() == "Z report":
            return self._z_report(shapes, dict(zip(_REPORT, report, strict=True)), (day, clock))
        return None

    def _z_report(
        self, shapes: Shapes, report: Mapping[str, str], event: tuple[str, str]
    ) -> ZReport:
        day, clock = report["reportDate"], report["reportTime"]
        tips, receipts = report["reportTip/tipAmnt"], report["reportReceiptNum"]
        vats = report["reportCashSalesVat/reportCashSaleVat*"]
        payments = report["reportPayments/reportPayment*"]
        groups = report["reportArtGroups/reportArtGroup*"]
        if day.strip() and clock.strip():
            at, at_utc = self._clock.moment(day, clock, REPORT)
        else:
            at, at_utc = self._clock.moment(*event, EVENT)
        return ZReport(
            number=identity("reportID", report["reportID"]),
            at=at,
            at_utc=at_utc,
            register_named=report["registerID"].strip(),
            total=amount(report["reportTotalCashSales/totalCashSaleAmnt"]),
            vat=tuple(_vat_row(*row) for row in shapes["reportCashSaleVat"].rows(vats)),
            payments=_pairs(shapes["reportPayment"].rows(payments)),
            groups=_pairs(shapes["reportArtGroup"].rows(groups)),
            tips=amount(tips) if tips else ZERO,
            returns=amount(report["reportReturnAmnt"]),
            opening_float=amount(report["reportOpeningChangeFloat"]),
            file_day=self._file_day,
            figures=tuple(figures_of(shapes, report)),
            counted=Counted(count("reportReceiptNum", receipts), len(self._printed)),
            evidence=self._evidence(),  # the last, for it begins anew: what stands above may raise
        )

    def _evidence(self) -> Evidence:
        """Hand over what was seen since the last Z, and begin anew."""
        seen = list(self._seen)
        self._seen.clear()
        self._printed.clear()
        return Evidence(seen[0], seen[-1], len(seen)) if seen else NOTHING_SEEN


def _pairs(rows: Iterable[Fields]) -> tuple[tuple[str, Ore], ...]:
    return tuple((own.strip(), amount(said)) for own, _, said, _ in rows)


def _vat_row(
    own_code: str, rate: str, net: str, vat: str, side: str, _: str
) -> tuple[str, int, Ore, Ore]:
    side = side_of(side) if side else "C"
    return (
        own_code.strip(),
        rate_of(rate) or 0,
        signed(amount(net), side),
        signed(amount(vat), side),
    )
