"""Events → Z reports, each with the receipts that the journal named since the one before.

Every completed sale writes a receipt event with its transID, so the events before a Z in document
order say what it closes (saft.md 1.5, 4.6).
"""

from accounting.books.domain.evidence import signed
from accounting.books.domain.money import ZERO, Ore
from accounting.books.domain.sales import Evidence, ZReport
from integrations.pos.saft.master import UNKNOWN, Master
from integrations.pos.saft.receipts import amount, identity, rate_of, side_of
from integrations.pos.saft.shape import Part, Texts
from integrations.pos.saft.times import Clock, is_steady

# Sales and return receipts, sales without a printout; delivery, training and void receipts.
RECEIPT_EVENTS = frozenset({"13012", "13013", "13030", "13016", "13017", "13028"})
EVENT = ("eventDate", "eventTime")
REPORT = ("reportDate", "reportTime")


class Journal:
    """One register's events, read in order."""

    def __init__(self, master: Master) -> None:
        """Begin a register."""
        self._events = master.events
        self._clock = Clock()
        self._seen: dict[str, None] = {}

    def read(self, part: Part, texts: Texts) -> ZReport | None:
        """Take the next event; give the Z report if it holds one. Raises Misfit."""
        event_type, trans_id, day, hour = part.pick(texts)
        if not is_steady(day):
            self._clock.moment(day, hour, EVENT)
        if trans_id and self._events.get(event_type.strip(), UNKNOWN)[1] in RECEIPT_EVENTS:
            self._seen.setdefault(identity("transID", trans_id))
        for report in part.all("eventReport"):
            if report.pick(texts)[1].strip() == "Z report":
                return self._z_report(report, texts, (day, hour))
        return None

    def _z_report(self, report: Part, texts: Texts, event: tuple[str, str]) -> ZReport:
        number, _, day, hour, register, returns = report.pick(texts)
        reported = day.strip() and hour.strip()
        at, at_utc = (
            self._clock.moment(day, hour, REPORT) if reported else self._clock.moment(*event, EVENT)
        )
        return ZReport(
            number=identity("reportID", number),
            at=at,
            at_utc=at_utc,
            register_named=register.strip(),
            total=_first_amount(report, texts, "reportTotalCashSales", 0, "totalCashSaleAmnt"),
            vat=tuple(_vat_row(row.pick(texts)) for row in report.all("reportCashSaleVat")),
            payments=_pairs(report, texts, "reportPayment", "paymentAmnt"),
            groups=_pairs(report, texts, "reportArtGroup", "artGroupAmnt"),
            tips=_first_amount(report, texts, "reportTip", 1, "tipAmnt"),
            returns=amount("reportReturnAmnt", returns),
            evidence=self._evidence(),
        )

    def _evidence(self) -> Evidence:
        """Hand over what was seen since the last Z, and begin anew."""
        seen = list(self._seen)
        self._seen.clear()
        return Evidence(seen[0], seen[-1], len(seen)) if seen else Evidence()


def _first_amount(report: Part, texts: Texts, name: str, at: int, element: str) -> Ore:
    for row in report.all(name):
        return amount(element, row.pick(texts)[at])
    return ZERO


def _pairs(report: Part, texts: Texts, name: str, element: str) -> tuple[tuple[str, Ore], ...]:
    rows = (row.pick(texts) for row in report.all(name))
    return tuple((own.strip(), amount(element, said)) for own, said in rows)


def _vat_row(fields: tuple[str, ...]) -> tuple[str, int, Ore, Ore]:
    own_code, rate, net, vat, side = fields
    side = side_of(side, "vatAmntTp") if side else "C"
    amounts = (signed(amount(e, t), side) for e, t in (("cashSaleAmnt", net), ("vatAmnt", vat)))
    return own_code.strip(), rate_of(rate) or 0, *amounts
