"""What a file holds, told as JSON: the answer of `read_saft` (DESIGN.md 6), made without a database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from accounting.books.domain.day import CreditSale, SalesDay
from accounting.books.domain.issues import Issue, sentence
from accounting.books.domain.money import to_kroner
from accounting.books.domain.movements import credit_sales
from accounting.books.domain.periods import Closing, Mark, Period, cut, z_order
from accounting.books.domain.sales import Receipt, ReceiptKind, ZReport
from accounting.books.domain.totals import settle
from integrations.pos.saft import Company, Item, RegisterSeen, ZRead

OPENING = time(5)  # the business day begins here unless the company says otherwise (DESIGN.md 4)

Json = dict[str, Any]


@dataclass(slots=True)
class _Journal:
    """What one register delivered; a receipt or Z that is there twice counts once."""

    location: str
    till_id: str
    receipts: dict[str, Receipt] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    reports: dict[tuple[str, str, int], ZReport] = field(default_factory=dict)

    def add(self, receipt: Receipt) -> None:
        """Keep a receipt; the same nr with other content is noted (saft.md 4.4)."""
        if self.receipts.setdefault(receipt.nr, receipt) != receipt:
            self.changed.add(receipt.nr)

    def close(self, z: ZReport) -> None:
        """Keep a Z report."""
        self.reports.setdefault((z.number, z.at, z.total), z)


@dataclass(slots=True)
class _Told:
    """What one register's journal comes to."""

    location: str
    till_id: str
    settlements: list[SalesDay] = field(default_factory=list)
    credit_sales: tuple[CreditSale, ...] = ()
    open: int = 0
    findings: list[Issue] = field(default_factory=list)


def summarise(items: Iterable[Item], opening: time = OPENING) -> Json:
    """Give `read_saft`'s JSON of what a file yields; amounts are text in kroner.

    Holds the receipts of one register at a time; one that comes twice in a file is told part by part.
    Raises what `items` raises.
    """
    company = Company("", "")
    told: list[_Told] = []
    journals: list[_Journal] = []  # the register at hand, once there is one
    for item in items:
        if isinstance(item, Company):
            company = item
        elif isinstance(item, RegisterSeen):
            told += [_told(journal, opening) for journal in journals]
            journals = [_Journal(item.location, item.till_id)]
        elif isinstance(item, ZRead):
            journals[0].close(item.z)
        else:
            journals[0].add(item.receipt)
    told += [_told(journal, opening) for journal in journals]
    return _json(company, told)


def _told(journal: _Journal, opening: time) -> _Told:
    receipts = sorted(journal.receipts.values(), key=lambda r: (r.position, r.nr))
    marks = [Mark(r.position, r.nr, r.trans_id, r.at_utc) for r in receipts]
    reports = sorted(journal.reports.values(), key=lambda z: z_order(z.number, z.at_utc))
    found = cut(marks, [Closing(z.number, z.at_utc, z.evidence) for z in reports])
    told = _Told(journal.location, journal.till_id, open=len(receipts) - found.open_from)
    for z, period in zip(reports, found.periods, strict=True):
        if period.complete:
            part = receipts[period.first : period.end]
            told.settlements.append(_settled(journal, z, part, period, opening))
        else:
            facts = (("register", journal.till_id),)
            told.findings.append(Issue("z-incomplete", z.number, facts))
    told.credit_sales = credit_sales(receipts)
    return told


def _settled(
    journal: _Journal, z: ZReport, part: list[Receipt], period: Period, opening: time
) -> SalesDay:
    day = settle(z, part, journal.till_id, opening, period.gaps, period.previous)
    changed = [Issue("receipt-changed", r.nr) for r in part if r.nr in journal.changed]
    return replace(day, findings=(*changed, *day.findings)) if changed else day


def _json(company: Company, told: list[_Told]) -> Json:
    names = _names(told)
    settlements = sorted(
        ((names[t.location, t.till_id], day) for t in told for day in t.settlements),
        key=lambda row: (
            row[0],
            *z_order(row[1].z_number, datetime.fromisoformat(row[1].closed_at)),
        ),
    )
    return {
        "company": {"org_no": company.org_no, "name": company.name},
        "settlements": [_settlement(name, day) for name, day in settlements],
        "credit_sales": sorted(
            (
                _credit_sale(names[t.location, t.till_id], sale)
                for t in told
                for sale in t.credit_sales
            ),
            key=lambda sale: (sale["register"], len(sale["nr"]), sale["nr"]),
        ),
        "open": [
            {"register": names[t.location, t.till_id], "transactions": t.open}
            for t in told
            if t.open
        ],
        "findings": [_finding(issue) for t in told for issue in t.findings],
    }


def _names(told: list[_Told]) -> dict[tuple[str, str], str]:
    """Call a register by its id, or by LOCATION/ID where two locations have the same (DESIGN.md 6)."""
    places = {(t.location, t.till_id) for t in told}
    uses = Counter(till_id for _, till_id in places)
    return {
        (location, till_id): till_id if uses[till_id] == 1 else f"{location}/{till_id}"
        for location, till_id in places
    }


def _settlement(register: str, day: SalesDay) -> Json:
    return {
        "register": register,
        "z_number": day.z_number,
        "business_date": day.business_date.isoformat(),
        "closed_at": day.closed_at,
        "transactions": day.transactions,
        "gross": to_kroner(day.gross),
        "net": to_kroner(day.net),
        "vat": to_kroner(day.vat),
        "rounding": to_kroner(day.rounding),
        "tips": to_kroner(day.tips),
        "sales": [
            {
                "article_group": sale.group,
                "predefined_group": sale.standard_group,
                "vat_code": sale.vat_code,
                "rate": to_kroner(sale.rate),
                "gross": to_kroner(sale.gross),
                "net": to_kroner(sale.net),
                "vat": to_kroner(sale.vat),
            }
            for sale in day.sales
        ],
        "payments": [
            {
                "payment_type": payment.type,
                "predefined_type": payment.standard_type,
                "amount": to_kroner(payment.amount),
            }
            for payment in day.payments
        ],
        "other": _other(day),
        "findings": [_finding(issue) for issue in day.findings],
    }


def _other(day: SalesDay) -> list[Json]:
    """Tell money that moved, by kind; of a type that nobody has explained nobody knows what it was."""
    sums = Counter[str]()
    for movement in day.movements:
        if movement.kind != ReceiptKind.UNRESOLVED:
            sums[movement.kind] += movement.amount
    return [{"kind": kind, "amount": to_kroner(sums[kind])} for kind in sorted(sums) if sums[kind]]


def _credit_sale(register: str, sale: CreditSale) -> Json:
    return {
        "register": register,
        "nr": sale.nr,
        "customer": sale.customer,
        "invoice_no": sale.invoice_no,
        "gross": to_kroner(sale.gross),
    }


def _finding(issue: Issue) -> Json:
    severity = "blocked" if issue.blocks else "warning"
    return {"code": issue.code, "severity": severity, "text": sentence(issue)}
