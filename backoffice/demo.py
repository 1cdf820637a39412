"""The demo company: a café with two departments and three tills, and a month of its till's files.

Everything here goes through the same functions as the real thing; nothing is inserted behind its back.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from accounting import clock
from accounting.books.domain.codes import Role as LineRole
from accounting.books.domain.setup import Kind, Rule, RuleKey
from accounting.books.records import save_setup
from accounting.books.suggestions import suggested_for
from accounting.company.grants import grant
from accounting.company.models import Company
from accounting.company.queries import is_granted
from accounting.company.records import (
    Refused,
    add_department,
    create_company,
    give_role,
    place_register,
)
from accounting.company.roles import Right, Role
from backoffice.models import User
from backoffice.two_factor import enrol
from integrations.exports.models import Connection
from integrations.exports.queries import connection_of, export_start_of
from integrations.exports.records import set_export_start
from integrations.pos.generator import Plan, write
from integrations.pos.generator.catalogue import DEPOSITS, NO_VAT
from integrations.pos.intake import Report, take_in
from integrations.poweroffice.connect import PROVIDER, connect, fetch_chart

ORG_NO = "912345688"
NAME = "Fjordkaffe AS"
TILLS = (("Sentrum", "1"), ("Sentrum", "2"), ("Torget", "1"))
DEPARTMENTS = {"Sentrum": "1", "Torget": "2"}  # our name → the sandbox's department code
DAYS = 30
RECEIPTS = 60
SEED = 2026
# What its people answer where there is no proposal: change fetched from the bank, and bottles.
ANSWERS = {
    RuleKey(LineRole.PAIDIN): Rule("1911", "0"),
    RuleKey(LineRole.DEPOSIT): Rule("1570", "0"),
    RuleKey(LineRole.SALES, DEPOSITS.own, "", NO_VAT.standard): Rule(
        "1570", "0", kind=Kind.DEPOSIT
    ),
}
BEFORE_START = 2  # days that lie before the export-from date, so that one sees what that means
KEYS = ("demo-application", "demo-client", "demo-subscription")
PASSWORD = "kasse-og-bilag"  # noqa: S105 (printed; users with it exist only while DEBUG is on)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can log in to the demo."""

    email: str
    name: str
    role: Role
    title: str


PEOPLE = (
    Person("superadmin@demo.example", "Sara Support", Role.SUPERADMIN, "SuperAdmin"),
    Person("leder@demo.example", "Lars Leder", Role.MANAGER, "daglig leder"),
    Person("regnskap@demo.example", "Rita Regnskap", Role.ACCOUNTANT, "regnskapsfører"),
)


def environment(sandbox_url: str) -> dict[str, str]:
    """Give what the demo's processes need: where its Go is, a subscription key, and a quick tick."""
    key = settings.POWEROFFICE_SUBSCRIPTION_KEY or KEYS[2]
    return {
        "POWEROFFICE_SANDBOX_URL": sandbox_url,
        "POWEROFFICE_SUBSCRIPTION_KEY": key,
        "TICK_S": "5",
    }


def set_up() -> Company:
    """Give the demo company, made the first time. Raises Refused outside DEBUG."""
    if not settings.DEBUG:
        raise Refused("Demoen kjører bare i utvikling (DJANGO_DEBUG).")
    company = Company.objects.filter(org_no=ORG_NO).first() or _company()
    support, manager, _accountant = [_person(person, company) for person in PEOPLE]
    if not is_granted(company, manager, Right.POWEROFFICE, clock.now()):
        grant(company, manager, Right.POWEROFFICE, actor=support)
    enrol(support)
    enrol(manager)
    return company


def _company() -> Company:
    company = create_company(ORG_NO, NAME)
    for name, code in DEPARTMENTS.items():
        add_department(company, name, remote_code=code)
    return company


def _person(person: Person, company: Company) -> User:
    found = User.objects.filter(email=person.email).first()
    if found:
        return found
    if person.role is Role.SUPERADMIN:
        return User.objects.create_superuser(person.email, PASSWORD, name=person.name)
    made = User.objects.create_user(person.email, PASSWORD, name=person.name)
    give_role(company, made, person.role)
    return made


def till_file(folder: Path) -> Path:
    """Give the demo's SAF-T file: the whole of last month, made the first time and then kept."""
    made = sorted(folder.glob("SAF-T Cash Register_*.xml"))
    if made:
        return made[0]
    folder.mkdir(parents=True, exist_ok=True)
    start = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    plan = Plan(ORG_NO, NAME, start, DAYS, TILLS, RECEIPTS, SEED)
    unfinished = folder / "unfinished"
    with unfinished.open("wb") as out:
        write(plan, out)
    return unfinished.rename(folder / f"SAF-T Cash Register_{ORG_NO}_{start:%Y%m%d}000000_1_1.xml")


def import_file(company: Company, path: Path) -> Report:
    """Import the file, and answer what it asks: each till's department; the first time, Kontooppsett."""
    with path.open("rb") as file:
        report = take_in(company, file)
    if not company.setup_entries.exists():
        save_setup(company, None, {**suggested_for(company), **ANSWERS})
    departments = {d.name: d for d in company.departments.all()}
    for register in company.registers.filter(department=None):
        place_register(register, departments[register.location])
    return report


def connect_to_sandbox(company: Company) -> Connection:
    """Connect the company to the sandbox, and fetch its chart, the first time."""
    connection = connection_of(company)
    if connection is None:
        connection = connect(company, "sandbox", *KEYS)
        fetch_chart(connection)
    return connection


def choose_start(company: Company) -> date:
    """Give the export-from date; chosen the first time, a little after the first settlement."""
    start = export_start_of(company)
    if start is None:
        first = company.settlements.order_by("business_date")[0].business_date
        day = first + timedelta(days=BEFORE_START)
        start = set_export_start(company, PROVIDER, day)
    return start.day


def stop_one(company: Company) -> None:
    """Give Torget an inactive account for food on its last day, so that one settlement is stopped."""
    torget = company.departments.get(name="Torget")
    key = RuleKey(LineRole.SALES, vat_code="31")
    if company.setup_entries.filter(department=torget).exists() or company.exports.exists():
        return
    theirs = company.settlements.filter(register__department=torget, has_movement=True)
    last = theirs.aggregate(last=Max("business_date"))["last"]
    save_setup(company, torget, {key: Rule("3002", "31", valid_from=last)})
