"""A small company with every state on its pages, for screenshots and for looking around."""

from datetime import date, timedelta
from io import BytesIO

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.books.domain.setup import Account, Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company.models import Company
from integrations.exports import deciding
from integrations.exports import records as exports
from integrations.exports.models import Export
from integrations.exports.states import Blocked, NotSent, Sent, State, Trace, Unknown
from integrations.pos import tokens, uploads
from integrations.pos.generator import Plan, write
from tests import build

FOOD, BEER = (*build.GROUPS["31"], "31"), (*build.GROUPS["3"], "3")
TOBACCO = ("200", "Tobakk", "04013", "3")
CLOAKS = ("700", "Garderobe", "04017", "6")
STREET = "Fjordkaffe Sentrum, Storgata 1, 0155 Oslo"


def a_busy_company() -> Company:
    """Fjordkaffe AS on 24.11.2026: most days are over there, and something is wrong in every way."""
    company = build.a_company()
    kari = build.a_manager(company)
    build.an_accountant(company)
    build.a_superadmin()
    centre = build.a_department(company, "Sentrum", "10")
    square = build.a_department(company, "Torget", "20")
    build.a_department(company, "Bryggen")
    build.the_suggested_setup(company)
    build.a_chart(company, a3200=Account("3200", "Salgsinntekt, unntatt", active=False))
    _own_rows(company, centre, square, kari)
    build.a_connection(company, start=None)
    company.connections.update(chart_fetched_at=build.NOW)
    exports.set_export_start(company, "poweroffice", date(2026, 11, 10), actor=kari)
    for back in range(16, 0, -1):
        day = build.DAY - timedelta(days=back)
        _day(company, "1", day, back, centre)
        _day(company, "2", day, back + 5, square)
    _today(company, centre, square)
    _endings(company)
    _files(company, kari)
    return company


def _own_rows(company: Company, centre, square, actor) -> None:
    """Two departments' own rows: one is the same, one differs, one is new to the other."""
    cash, tips = RuleKey(Role.CASH, standard="12001"), RuleKey(Role.TIP)
    food = RuleKey(Role.SALES, FOOD[0], "", "31")
    same = {cash: Rule("1900", "0"), tips: Rule("2910", "0")}
    save_setup(company, centre, {**same, food: Rule("3030", "31")}, actor=actor)
    save_setup(company, square, {**same, tips: Rule("2902", "0")}, actor=actor)


def _day(company: Company, register: str, day: date, seed: int, department) -> None:
    food, beer = 8_430 + 731 * (seed % 7), 3_800 + 417 * (seed % 5)
    sales = {FOOD: f"{food}.50", BEER: f"{beer}.00", TOBACCO: "1160.00"}
    cash = 2_970
    build.a_settlement(
        company,
        sales=sales,
        day=day,
        register=register,
        location=STREET if register == "1" else "",
        department=department,
        cash=f"{cash}.00",
        card=f"{food + beer + 1160 - cash}.90" if seed % 2 else f"{food + beer + 1160 - cash}.10",
    )


def _today(company: Company, centre, square) -> None:
    """The 23rd: an inactive account, a Z that says another total, a till without a department."""
    sales = {FOOD: "4210.00", CLOAKS: "300.00"}
    build.a_settlement(
        company, sales=sales, register="1", location=STREET, department=centre, card="4510.00"
    )
    build.a_settlement(
        company,
        sales={FOOD: "990.00"},
        register="2",
        department=square,
        card="990.00",
        z_total="890.00",
    )
    build.a_settlement(company, sales={FOOD: "120.00"}, register="9", mobile="120.00")
    build.a_settlement(company, register="2", department=square, day=build.NOW.date())


def _endings(company: Company) -> None:
    ready = [e for e in build.built(company) if e.state == State.READY]
    refused = Issue(
        "refused-by-provider",
        facts=(("title", "Validation failed"), ("detail", "VoucherDate is in a locked period")),
        fix=Fix(Page.STATUS),
    )
    trace = Trace(400, "Validation failed: VoucherDate is in a locked period")
    *sent, held, unknown, waiting, blocked, left_out = ready
    for number, export in enumerate(sent):
        build.ended(export, Sent(f"6d0c{number:04d}", Trace(201)))
    build.ended(unknown, Unknown(Trace(None, "read timed out after 30 s")))
    build.ended(waiting, NotSent(trace=Trace(503, "Service Unavailable")))
    build.ended(blocked, Blocked((refused,), trace))
    deciding.leave_out(left_out, "Ført manuelt av Rolf 24.11.", build.a_person("ann@example.no"))
    build.ended(held, Unknown(Trace(None, "connection reset")))
    undecided = Issue("outcome-undecided", facts=(("mark", held.mark),), fix=Fix(Page.STATUS))
    _put(held, State.HELD, undecided)
    for number, export in enumerate(sent[:12]):
        Export.objects.filter(pk=export.pk).update(
            state=State.POSTED, voucher_no=str(10_412 + number)
        )


def _put(export: Export, state: State, issue: Issue) -> None:
    Export.objects.filter(pk=export.pk).update(
        state=state, issues=[to_json(issue)], not_before=None
    )


def _files(company: Company, actor) -> None:
    """Four files: refused, still waiting, delivered by a till; and a key that was withdrawn."""
    broken = uploads.keep(company, "saft-sentrum-2026-11-22.xml", [b"<html>"], build.NOW, actor)
    uploads.read_stored(broken.pk)
    uploads.keep(company, "saft-sentrum-2026-11-23.xml", [b"<auditfile"], build.NOW, actor)
    till, _key = tokens.make(company, "Butikken i Storgata", actor=actor)
    by_itself = uploads.keep(company, "natt.xml", [b"<html/>"], build.NOW, None, till)
    uploads.read_stored(by_itself.pk)
    tokens.used(till, build.NOW)
    tokens.withdraw(tokens.make(company, "Kasse 2, gammel", actor=actor)[0], actor=actor)


def a_read_file(company: Company) -> None:
    """Two days of two tills, with something to look at, read as a person uploads it."""
    tills = (("Havnekaffe", "1"), ("Havnekaffe", "2"))
    wrong = (
        "nr-gap",
        "z-total-differs",
        "duplicate-differs",
        "missing-employee",
        "missing-article",
    )
    day = build.DAY - timedelta(days=2)
    plan = Plan(company.org_no, company.name, day, 2, tills, receipts=12, seed=7, defects=wrong)
    content = BytesIO()
    write(plan, content)
    row = uploads.keep(company, "saft.xml", [content.getvalue()], build.NOW, None)
    uploads.read_stored(row.pk)
