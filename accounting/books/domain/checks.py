"""What stands in the way of booking: rows missing in Kontooppsett, accounts that Go would refuse."""

from collections.abc import Iterable
from datetime import date

from accounting.books.domain.codes import MOVEMENT_ROLES, NO_VAT, Role
from accounting.books.domain.day import SalesDay
from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.domain.money import Ore, to_kroner
from accounting.books.domain.setup import RuleKey, Setup

ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.SALES: ("Salg", "Sales"),
    Role.CASH: ("Kontanter", "Cash"),
    Role.CARD: ("Kort", "Card"),
    Role.MOBILE: ("Mobilbetaling", "Mobile payment"),
    Role.GIFTCARD: ("Gavekort", "Gift cards"),
    Role.CREDITNOTE: ("Tilgodelapper", "Credit notes"),
    Role.RECEIVABLE: ("Kundefordringer", "Receivables"),
    Role.ROUNDING: ("Øreavrunding", "Rounding"),
    Role.TIP: ("Tips", "Tips"),
    Role.CASHDIFF: ("Kassedifferanse", "Cash difference"),
    Role.TRANSIT: ("Kontanter under transport", "Cash in transit"),
    Role.PAIDIN: ("Innbetaling", "Paid in"),
    Role.PAIDOUT: ("Utbetaling", "Paid out"),
    Role.DEPOSIT: ("Pant", "Bottle deposit"),
    Role.SUSPENSE: ("Uavklart", "Suspense"),
}


def department_issues(day: SalesDay, setup: Setup) -> list[Issue]:
    """Say what the register's department lacks."""
    if not setup.decided:
        fix = Fix(Page.TILLS, (("register", day.register),))
        return [
            Issue("register-without-department", day.register, (("register", day.register),), fix)
        ]
    if setup.link_needed and not setup.department_code:
        fix = Fix(Page.DEPARTMENTS, (("department", setup.department),))
        facts = (("department", setup.department),)
        return [Issue("department-not-linked", setup.department, facts, fix)]
    if setup.gone:
        fix = Fix(Page.DEPARTMENTS, (("department", setup.department),))
        named = (("department", setup.department), ("code", setup.department_code))
        return [Issue("department-gone", setup.department, named, fix)]
    return []


def day_issues(day: date, setup: Setup) -> list[Issue]:
    """Say whether the accounting system's books take anything of that day."""
    terms, fix = setup.chart.terms, Fix(Page.CONNECTION, (("felt", "chart"),))
    on = ("day", day.isoformat())
    if terms.locked_through and day <= terms.locked_through:
        facts = (on, ("locked", terms.locked_through.isoformat()))
        return [Issue("period-locked", day.isoformat(), facts, fix)]
    if terms.begins and day < terms.begins:
        facts = (on, ("begins", terms.begins.isoformat()))
        return [Issue("before-conversion", day.isoformat(), facts, fix)]
    return []


def missing_rule(wanted: RuleKey, name: str, setup: Setup) -> Issue:
    """Name the row that Kontooppsett lacks, with a link that opens it."""
    row = RuleKey(wanted.role, wanted.own, "", wanted.vat_code)
    fix = _row_link(row, setup.department if setup.own else "")
    department = ("department", setup.department)
    if wanted.role is Role.SALES:
        facts = (("group", name), ("vat_code", wanted.vat_code), department)
        return Issue("sales-account-missing", name, facts, fix)
    if wanted.role in MOVEMENT_ROLES.values() and (wanted.own or wanted.standard):
        return Issue("type-account-missing", name, (("type", name), department), fix)
    if wanted.own or wanted.standard:
        return Issue("payment-account-missing", name, (("payment", name), department), fix)
    role_nb, role_en = ROLE_NAMES[wanted.role]
    facts = (("role_nb", role_nb), ("role_en", role_en), department)
    return Issue("role-account-missing", wanted.role, facts, fix)


def out_of_balance(amounts: Iterable[int]) -> list[Issue]:
    """Say that what the till delivered does not add up; the difference is never plugged."""
    kept = list(amounts)
    if not sum(kept):
        return []
    debit = to_kroner(sum(amount for amount in kept if amount > 0))
    credit = to_kroner(-sum(amount for amount in kept if amount < 0))
    return [Issue("settlement-out-of-balance", facts=(("debit", debit), ("credit", credit)))]


def vat_on_no_sale(key: RuleKey, name: str, vat: Ore, setup: Setup) -> Issue:
    """Say that a group set up as no turnover was rung up with VAT, which would be lost."""
    fix = _row_link(key, setup.department if setup.holds(key) else "")
    return Issue("vat-on-no-sale", name, (("group", name), ("vat", to_kroner(vat))), fix)


def chart_issues(key: RuleKey, account: str, vat_code: str, day: date, setup: Setup) -> list[Issue]:
    """Say what the fetched chart has against this account and VAT code on that day."""
    chart = setup.chart
    if not chart.fetched:
        return []
    fix = _row_link(key, setup.department if setup.holds(key) else "")
    entry = chart.accounts.get(account)
    if entry is None:
        return [Issue("account-not-in-chart", account, (("account", account),), fix)]
    facts = (("account", account), ("vat_code", vat_code), ("locked", entry.vat_code))
    issues = []
    if not entry.active:
        issues.append(Issue("account-inactive", account, facts, fix))
    if entry.control:
        issues.append(Issue("account-is-control", account, facts, fix))
    if entry.vat_locked and entry.vat_code != vat_code:
        issues.append(Issue("account-vat-locked", account, facts, fix))
    if entry.department_required and not setup.department_code:
        link = Fix(Page.DEPARTMENTS, (("department", setup.department),))
        issues.append(Issue("account-needs-department", account, facts, link))
    if vat_code != NO_VAT and not chart.terms.vat_registered:
        return [*issues, Issue("vat-not-registered", account, facts, fix)]
    return issues + _vat_issues(vat_code, day, setup, fix)


def _vat_issues(vat_code: str, day: date, setup: Setup, fix: Fix) -> list[Issue]:
    code = setup.chart.vat_codes.get(vat_code)
    if code is None:
        return [Issue("vat-code-not-in-chart", vat_code, (("vat_code", vat_code),), fix)]
    if not code.valid_on(day):
        facts = (("vat_code", vat_code), ("day", day.isoformat()))
        return [Issue("vat-code-not-valid", vat_code, facts, fix)]
    return []


def _row_link(key: RuleKey, department: str) -> Fix:
    return Fix(Page.ACCOUNT_SETUP, (("department", department), ("row", str(key))))
