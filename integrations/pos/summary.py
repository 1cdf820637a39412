"""What a file holds, told as JSON: the answer of `read_saft` (DESIGN.md 6), made without a database."""

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime, time
from typing import Any

from accounting.books.domain.day import CreditSale, SalesDay
from accounting.books.domain.issues import Issue, sentence
from accounting.books.domain.money import to_kroner
from accounting.books.domain.periods import z_order
from accounting.books.domain.sales import ReceiptKind
from integrations.pos.journals import Journal, Told
from integrations.pos.saft import Company, FileNoted, Item, ReceiptRead, ZRead

OPENING = time(5)  # the business day begins here unless the company says otherwise (DESIGN.md 4)

Json = dict[str, Any]


def summarise(items: Iterable[Item], opening: time = OPENING) -> Json:
    """Give `read_saft`'s JSON of what a file yields; amounts are text in kroner.

    Holds the receipts of a few days at a time; a register may go on in another part of a delivery.
    Raises what `items` raises.
    """
    company = Company("", "")
    noted: dict[Issue, None] = {}
    journals: dict[tuple[str, str], Journal] = {}
    with ExitStack() as stack:
        for item in items:
            if isinstance(item, Company):
                company = item
                continue
            if isinstance(item, FileNoted):
                noted[item.issue] = None
                continue
            place = (item.location, item.till_id)
            if isinstance(item, ZRead):
                journals[place].close(item.z)
            elif isinstance(item, ReceiptRead):
                journals[place].add(item.receipt)
            elif place not in journals:
                journals[place] = Journal(*place, opening)
                stack.callback(journals[place].forget)
        return _json(company, [journal.end() for journal in journals.values()], noted)


def _json(company: Company, told: list[Told], noted: Iterable[Issue]) -> Json:
    names = _names(told)
    return {
        "company": {"org_no": company.org_no, "name": company.name},
        "settlements": _settlements(told, names),
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
        "findings": [_finding(issue) for issue in (*noted, *(i for t in told for i in t.findings))],
    }


def _names(told: list[Told]) -> dict[tuple[str, str], str]:
    """Call a register by its id, or by LOCATION/ID where two locations have the same (DESIGN.md 6)."""
    places = {(t.location, t.till_id) for t in told}
    uses = Counter(till_id for _, till_id in places)
    return {
        (location, till_id): till_id if uses[till_id] == 1 else f"{location}/{till_id}"
        for location, till_id in places
    }


def _settlements(told: list[Told], names: dict[tuple[str, str], str]) -> list[Json]:
    """Give them in the order of registers and Z."""
    said = [_settlement(names[t.location, t.till_id], day) for t in told for day in t.settlements()]
    return sorted(said, key=_place)


def _place(settlement: Json) -> tuple[str, int, datetime, str]:
    closed_at = datetime.fromisoformat(settlement["closed_at"])
    return settlement["register"], *z_order(settlement["z_number"], closed_at)


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
