"""A company whose tills changed their minds after the days were sent, in every way that ends."""

from datetime import timedelta

import time_machine

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.models import Settlement
from accounting.company.models import Company
from backoffice.models import User
from integrations.exports import build as building
from integrations.exports import correcting, parts, withdrawing
from integrations.exports.models import Export
from integrations.exports.states import Sent, State, Trace
from tests import build
from tests.browser.door_scene import Pages

FOOD, BEER = (*build.GROUPS["31"], "31"), (*build.GROUPS["3"], "3")
CHANGED = ("correction", "draft", "corrected", "withdrawing")


def changed_pages() -> Pages:
    """Each kind of day by its name, with the manager who looks at it."""
    company = build.a_company("989795848", "Bryggekaffe AS")
    eva = build.a_manager(company, "eva@example.no")
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    for till, name in enumerate((*CHANGED, "removed"), 1):
        _sent(company, str(till), posted=name in ("correction", "corrected"))
    for till, _name in enumerate(CHANGED, 1):
        _three_late_sales(company, str(till))
    later = build.NOW + timedelta(hours=3)
    with time_machine.travel(later, tick=False):
        building.build_all(later)
        _endings(company, eva)
    days = {s.register.till_id: s for s in company.settlements.filter(current=True)}
    root = f"/s/{company.org_no}/oppgjor"
    return {
        f"changed-{name}": (f"{root}/{days[str(till)].pk}/", eva)
        for till, name in enumerate((*CHANGED, "removed"), 1)
    }


def _sent(company: Company, till: str, *, posted: bool) -> None:
    settlement = build.a_settlement(
        company, sales={FOOD: "8430.50", BEER: "3800.00"}, register=till, card="12230.50"
    )
    build.built(company)
    export = build.ended(Export.objects.get(settlement=settlement), Sent(f"id-{till}", Trace(201)))
    if posted:
        Export.objects.filter(pk=export.pk).update(
            state=State.POSTED, voucher_no=f"1041{till}", not_before=None
        )


def _three_late_sales(company: Company, till: str) -> None:
    first = company.settlements.get(register__till_id=till).register.receipts.get().position
    receipts = [build.a_receipt({FOOD: "8430.50", BEER: "3800.00"}, {"card": "12230.50"}, nr=first)]
    receipts += [
        build.a_receipt({FOOD: amount}, {"card": amount}, nr=first + number)
        for number, amount in enumerate(("100.00", "150.00", "200.00"), 1)
    ]
    build.deliver(company, receipts, register=till, z_number="1")


def _endings(company: Company, eva: User) -> None:
    exports = company.exports.select_related("settlement__register")
    by_till = {export.settlement.register.till_id: export for export in exports.order_by("part")}
    corrected = by_till["3"]
    _approve(corrected.settlement, corrected, eva)
    build.ended(corrected, Sent("id-correction", Trace(201)), build.NOW + timedelta(hours=3))
    withdrawing.ask(exports.get(settlement__register__till_id="4", part=0), eva)
    removed = by_till["5"]
    issue = Issue("draft-removed", facts=(("mark", removed.mark),), fix=Fix(Page.STATUS))
    Export.objects.filter(pk=removed.pk).update(
        state=State.REMOVED, issues=[to_json(issue)], not_before=None
    )


def _approve(settlement: Settlement, export: Export, eva: User) -> None:
    there = parts.stands(parts.parts_of(settlement))
    company = Company.objects.get(pk=export.company_id)
    built = building.Builder(company, export.provider, build.NOW).built(settlement)
    proposed = correcting.proposal(built, there, company.setup_version)
    assert proposed
    assert correcting.approve(export, proposed.key, eva)
