"""Builders that all tests use: people, a company, a day at the till, and what becomes of it.

Everything is made the way the house itself makes it (records, deliveries, build), so that rows agree
with each other. Amounts are kroner as text. `DAY` is a Monday; `NOW` the morning after, at 08.00.
"""

import time as seconds
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.db.models import Max
from django.test import Client

from accounting import clock
from accounting.books import records as books
from accounting.books.deliveries import Delivered, Touched, store_receipts, store_z_reports
from accounting.books.domain.checks import ROLE_NAMES
from accounting.books.domain.codes import VAT_NAMES, rate_on
from accounting.books.domain.money import Ore, from_kroner, vat_of_gross
from accounting.books.domain.sales import Payment, Receipt, ReceiptKind, SaleLine, ZReport
from accounting.books.domain.setup import Account, VatCode
from accounting.books.models import Settlement
from accounting.books.settling import Source, settle_register
from accounting.books.suggestions import SUGGESTED
from accounting.company import grants
from accounting.company import records as company_records
from accounting.company.models import Company, Department
from accounting.company.roles import Right, Role
from backoffice import two_factor
from backoffice.models import User
from integrations.exports import build, outbox, slots
from integrations.exports import records as exports
from integrations.exports.models import Connection, Export, ExportStart
from integrations.exports.states import Outcome

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 8, tzinfo=OSLO)
ORG_NO = "923456783"
OTHER_ORG_NO = "999999999"

# What was sold: a VAT code, or (article group, its name, standard group, VAT code).
Sold = str | tuple[str, str, str, str]

# VAT code → the till's own article group, its name, and the standard group.
GROUPS = {
    "31": ("100", "Mat", "04006"),
    "3": ("300", "Øl", "04007"),
    "33": ("500", "Kino", "04015"),
    "5": ("600", "Aviser", "04014"),
    "6": ("700", "Garderobe", "04017"),
}
# Keyword → the till's own payment type, its name, and the standard type.
PAYMENTS = {
    "cash": ("CASH", "Kontant", "12001"),
    "card": ("DEBCARD", "Bankkort", "12002"),
    "mobile": ("VIPPS", "Vipps", "12011"),
    "giftcard": ("GIFT", "Gavekort", "12005"),
}


def a_company(org_no: str = ORG_NO, name: str = "Fjordkaffe AS") -> Company:
    """A company with accounting switched on, no departments and no setup."""
    return company_records.create_company(org_no, name)


def a_person(email: str, name: str = "", **fields) -> User:
    """A user who is in no company; the password is `riktig hest batteri`."""
    return User.objects.create_user(email, "riktig hest batteri", name=name, **fields)


def a_manager(company: Company, email: str = "kari@example.no") -> User:
    """Kari N., daglig leder."""
    return _member(company, a_person(email, "Kari N."), Role.MANAGER)


def an_accountant(company: Company, email: str = "rolf@example.no") -> User:
    """Rolf R., regnskapsfører."""
    return _member(company, a_person(email, "Rolf R."), Role.ACCOUNTANT)


def a_superadmin(email: str = "support@example.no") -> User:
    """The vendor's support: in no company, above all, with the second factor they must have."""
    return with_second_factor(a_person(email, "Support", is_superuser=True, is_staff=True))


def with_second_factor(user: User) -> User:
    """The person, who has set up the app; SuperAdmin and holders of a grant need it to get in."""
    two_factor.enrol(user)
    return user


def with_grant(company: Company, user: User, by: str = "support@example.no") -> User:
    """The person, who may change PowerOffice Go here: SuperAdmin granted it, and the app is set up."""
    support = User.objects.filter(email=by).first() or a_superadmin(by)
    grants.grant(company, user, Right.POWEROFFICE, actor=support)
    user.refresh_from_db()
    return with_second_factor(user)


def a_confirmed_login(client: Client, user: User) -> None:
    """The person is logged in, and said this very moment who they are: keys and rights are open."""
    client.force_login(user)
    session = client.session  # as allauth writes it when somebody gives their password
    session["account_authentication_methods"] = [{"method": "password", "at": seconds.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def a_stranger(email: str = "siv@example.no") -> User:
    """Somebody who is manager of another company only."""
    other = Company.objects.filter(org_no=OTHER_ORG_NO).first()
    return _member(other or a_company(OTHER_ORG_NO, "Andres AS"), a_person(email), Role.MANAGER)


def _member(company: Company, user: User, role: Role) -> User:
    company_records.give_role(company, user, role)
    return user


def a_department(company: Company, name: str, remote_code: str = "") -> Department:
    """A department, linked to theirs where a code is given."""
    return company_records.add_department(company, name, remote_code=remote_code)


def the_suggested_setup(company: Company, department: Department | None = None) -> None:
    """Every suggestion saved, as `apply_suggested_setup` does."""
    books.save_setup(company, department, SUGGESTED)


def a_chart(company: Company, without: tuple[str, ...] = (), **changed: Account) -> None:
    """A fetched chart: every suggested account but `without`; `a3030=Account(…)` puts another."""
    accounts = {
        rule.account: Account(
            rule.account, ROLE_NAMES[key.role][0], vat_code=rule.vat_code, vat_locked=False
        )
        for key, rule in SUGGESTED.items()
    }
    accounts |= {key.lstrip("a"): account for key, account in changed.items()}
    codes = [VatCode(code, name, rate_on(code, DAY) or 0) for code, name in VAT_NAMES.items()]
    books.replace_chart(
        company,
        [(str(i), a) for i, a in enumerate(accounts.values()) if a.number not in without],
        [(str(i), code) for i, code in enumerate(codes)],
        [("1", "10", "Sentrum"), ("2", "20", "Torget")],
    )


def a_receipt(
    sales: Mapping[Sold, str] | Sequence[tuple[Sold, str]],
    paid: Mapping[str, str],
    *,
    nr: int = 1000,
    at: datetime = datetime(2026, 11, 23, 12, tzinfo=OSLO),
) -> Receipt:
    """One cash sale: what was sold and for how much gross; `paid` by the keywords of PAYMENTS."""
    pairs = sales.items() if isinstance(sales, Mapping) else sales
    lines = tuple(_line(sold, from_kroner(gross), at.date()) for sold, gross in pairs)
    payments = tuple(
        Payment(*PAYMENTS[kind], amount=from_kroner(amount)) for kind, amount in paid.items()
    )
    gross = sum(line.gross for line in lines)
    return Receipt(
        nr=str(nr),
        position=nr,
        trans_id=str(nr),
        at=_wall(at),
        at_utc=at,
        own_type="CASHSAL",
        standard_type="11001",
        kind=ReceiptKind.SALE,
        gross=Ore(gross),
        net=Ore(sum(line.net for line in lines)),
        rounding=Ore(sum(payment.amount for payment in payments) - gross),
        lines=lines,
        payments=payments,
    )


def a_movement(
    kind: ReceiptKind,
    amount: str,
    *,
    nr: int,
    own_type: str,
    standard: str,
    at: datetime = datetime(2026, 11, 23, 13, tzinfo=OSLO),
    name: str = "",
) -> Receipt:
    """Cash that moved without a sale: `a_movement(ReceiptKind.PAID_OUT, "500.00", …)`."""
    ore = from_kroner(amount)
    return Receipt(
        nr=str(nr),
        position=nr,
        trans_id=str(nr),
        at=_wall(at),
        at_utc=at,
        own_type=own_type,
        standard_type=standard,
        kind=kind,
        gross=ore,
        net=ore,
        payments=(Payment(*PAYMENTS["cash"], amount=ore),),
        type_name=name,
    )


def a_credit_sale(gross: str, *, nr: int, customer: str = "", invoice_no: str = "") -> Receipt:
    """A sale on account, which goes as an invoice."""
    sold = a_receipt({"3": gross}, {}, nr=nr)
    account = Payment("ACCOUNT", "Kundekonto", "12006", from_kroner(gross))
    return replace(
        sold,
        kind=ReceiptKind.CREDIT_SALE,
        own_type="CREDIT",
        standard_type="11002",
        rounding=Ore(0),
        payments=(account,),
        customer=customer,
        invoice_no=invoice_no,
    )


def _wall(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()


def _line(sold: Sold, gross: Ore, day: date) -> SaleLine:
    group, name, standard, code = (*GROUPS[sold], sold) if isinstance(sold, str) else sold
    rate = rate_on(code, day) or 0
    vat = vat_of_gross(gross, rate)
    return SaleLine(group, name, standard, code, code, rate, gross, Ore(gross - vat), vat, name)


def a_settlement(
    company: Company,
    *,
    sales: Mapping[Sold, str] | None = None,
    day: date = DAY,
    z_number: str = "",
    register: str = "1",
    location: str = "",
    department: Department | None = None,
    z_total: str = "",
    **paid: str,
) -> Settlement:
    """A day with one receipt and its Z: `a_settlement(company, cash="295.00", sales={"31": "295.00"})`.

    `paid` is cash, card, mobile, giftcard. No sales: a Z without movement. `z_total` makes the Z say
    another total than its receipts, which stops the settlement.
    """
    at = datetime.combine(day, time(12), tzinfo=OSLO)
    before = company.registers.filter(location=location, till_id=register)
    last = before.aggregate(last=Max("receipts__position"))["last"]
    receipts = [a_receipt(sales, paid, nr=(last or 999) + 1, at=at)] if sales else []
    return deliver(company, receipts, day, z_number, register, location, department, z_total)


def deliver(
    company: Company,
    receipts: list[Receipt],
    day: date = DAY,
    z_number: str = "",
    register: str = "1",
    location: str = "",
    department: Department | None = None,
    z_total: str = "",
    *,
    closed: datetime | None = None,
    opening_float: str = "0.00",
) -> Settlement:
    """What a till delivered: these receipts and the Z that closes them at 23.00, or at `closed`."""
    till = company_records.see_register(company, location, register)
    if department:
        company_records.place_register(till, department)
    number = z_number or str(till.z_reports.count() + 1)
    sales = [receipt for receipt in receipts if receipt.kind is ReceiptKind.SALE]
    gross = sum(receipt.gross for receipt in sales)
    closed = closed or datetime.combine(day, time(23), tzinfo=OSLO)
    payments = [(p.type, p.amount) for receipt in sales for p in receipt.payments]
    vat = [
        (line.own_vat_code, line.rate or 0, line.net, line.vat)
        for receipt in sales
        for line in receipt.lines
    ]
    z = ZReport(
        number=number,
        at=_wall(closed),
        at_utc=closed,
        register_named="",
        total=from_kroner(z_total) if z_total else Ore(gross),
        vat=tuple(vat),
        payments=tuple(payments),
        opening_float=from_kroner(opening_float),
    )
    touched = Touched()
    if receipts:
        store_receipts(company, till, [Delivered.of(r) for r in receipts], touched)
    store_z_reports(company, till, [z], touched)
    settle_register(till, touched, Source("0" * 64, NOW))
    return company.settlements.get(register=till, z_number=number, current=True)


def delivered_again(company: Company, receipt: Receipt) -> Settlement:
    """The same number once more with other content, at the company's only till; gives its settlement."""
    till = company.registers.get()
    touched = Touched()
    store_receipts(company, till, [Delivered.of(receipt)], touched)
    settle_register(till, touched, Source("1" * 64, NOW))
    return company.settlements.get(current=True, last_position__gte=receipt.position)


def the_official_example(company: Company) -> Settlement:
    """The tax administration's own example: four receipts, 514.20 (saft.md 3.1 and 3.2)."""
    food, beer = (*GROUPS["31"], "31"), (*GROUPS["3"], "3")
    tobacco = ("200", "Tobakk", "04013", "3")
    at = datetime(2020, 1, 1, 12, tzinfo=OSLO)
    sold_and_paid: list[tuple[list[tuple[Sold, str]], dict[str, str]]] = [
        ([(food, "32.80"), (food, "25.80"), (food, "27.80")], {"card": "86.40"}),
        ([(tobacco, "116.00"), (beer, "179.40")], {"cash": "295.00"}),
        ([(tobacco, "116.00"), (food, "32.80")], {"card": "148.80"}),
        ([(food, "-16.40")], {"card": "-16.40"}),
    ]
    receipts = [
        a_receipt(sold, paid, nr=1000 + i, at=at) for i, (sold, paid) in enumerate(sold_and_paid)
    ]
    return deliver(company, receipts, at.date(), "1", "11.222-33.44.567")


def a_connection(company: Company, *, start: date | None = date(2020, 1, 1)) -> Connection:
    """A connection with the sandbox, made two days ago, and the export-from date unless it is None."""
    tested = exports.Tested(
        provider="poweroffice",
        environment="sandbox",
        keys={"application": "app-1234", "client": "client-7a3f", "subscription": "sub-1234"},
        shown_key="client",
        client_id=f"client-of-{company.org_no}",
        client_name=company.name,
    )
    with time_machine.travel(NOW - timedelta(days=2), tick=False):
        connection = exports.save_connection(company, tested)
        if start and not ExportStart.objects.filter(company=company).exists():
            exports.set_export_start(company, "poweroffice", start)
    return connection


def run_at_once(company: Company) -> None:
    """Have what is sold until now go with the next tick, as «Kjør nå» does."""
    slots.ask(company.connections.get(), clock.now())


def built(company: Company, now: datetime = NOW) -> list[Export]:
    """Put everything closed before `now` in the outbox, as the tick does; oldest first."""
    connection = company.connections.get()
    later = now + timedelta(seconds=1)
    build.build_run(slots.ask(connection, later, now), later)
    build.build_changed(connection, later)
    return list(company.exports.order_by("settlement__business_date", "pk"))


def a_ready_export(company: Company, **day) -> Export:
    """A settlement in the outbox, READY: setup, chart and connection are there."""
    if not company.setup_entries.exists():
        the_suggested_setup(company)
        a_chart(company)
    if not company.connections.exists():
        a_connection(company)
    day = day or {"cash": "295.00", "card": "218.80", "sales": {"31": "102.80", "3": "411.40"}}
    settlement = a_settlement(company, **day)
    built(company)
    return Export.objects.get(settlement=settlement)


def ended(export: Export, outcome: Outcome, now: datetime = NOW + timedelta(minutes=1)) -> Export:
    """An export whose send ended like this, attempt and all, as `send.one` writes it down."""
    claim = outbox.claim(export.pk, now)
    assert claim is not None, f"{export} is {export.state} and not ours to send"
    outbox.finish(claim, outcome, now + timedelta(seconds=1))
    export.refresh_from_db()
    return export
