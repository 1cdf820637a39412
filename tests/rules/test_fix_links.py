"""Each setup issue, provoked for real: its link is followed to the very field, and saving mends it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Issue
from accounting.books.domain.sales import ReceiptKind
from accounting.books.domain.setup import Account, Kind, Rule, RuleKey
from accounting.books.domain.words.setup import SETUP
from accounting.books.records import save_setup
from accounting.company.models import Company
from accounting.company.records import place_register, see_register
from backoffice.templatetags.backoffice import fix_url
from integrations.exports.models import Export
from integrations.exports.states import State
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db


def _nothing(company: Company) -> None:
    build.a_chart(company)


def _chart(**changed) -> Callable[[Company], None]:
    def made(company: Company) -> None:
        build.the_suggested_setup(company)
        build.a_chart(company, **changed)

    return made


def _two_departments(centre: str) -> Callable[[Company], None]:
    def made(company: Company) -> None:
        _chart()(company)
        build.a_department(company, "Sentrum", centre)
        build.a_department(company, "Torget", "20")
        if not centre:
            place_register(see_register(company, "", "1"), company.departments.get(name="Sentrum"))

    return made


def _a_code_that_is_gone(company: Company) -> None:
    _chart()(company)
    company.chart_vat_codes.filter(code="31").delete()


def _a_code_that_has_ended(company: Company) -> None:
    _chart()(company)
    company.chart_vat_codes.filter(code="31").update(valid_to="2026-01-01")


def _a_withdrawal(company: Company) -> None:
    _chart()(company)
    company.setup_entries.filter(role="TRANSIT").delete()
    taken = build.a_movement(
        ReceiptKind.PAID_OUT, "50.00", nr=1, own_type="OUT", standard="11010", name="Til bank"
    )
    build.deliver(company, [taken])


def _food_set_up_as_gift_cards(company: Company) -> None:
    _chart()(company)
    food = RuleKey(Role.SALES, "100", "", "31")
    save_setup(company, None, {food: Rule("2901", "0", kind=Kind.GIFT_CARD)})


# code → what the company lacks, what stands in the field that the link opens, what mends it.
PROVOKED: dict[str, tuple[Callable[[Company], None], str, dict[str, str]]] = {
    "sales-account-missing": (_nothing, "", {"konto": "3030", "mva": "31"}),
    "payment-account-missing": (_nothing, "", {"konto": "1900", "mva": "0"}),
    "role-account-missing": (_nothing, "", {"konto": "7740", "mva": "0"}),
    "account-not-in-chart": (
        _chart(without=("3030",)),
        "3030",
        {"konto": "3000", "mva": "3"},
    ),
    "account-inactive": (
        _chart(a3030=Account("3030", active=False)),
        "3030",
        {"konto": "3000", "mva": "3"},
    ),
    "account-vat-locked": (
        _chart(a3030=Account("3030", vat_code="3", vat_locked=True)),
        "3030",
        {"konto": "3030", "mva": "3"},
    ),
    "account-is-control": (
        _chart(a3030=Account("3030", control=True)),
        "3030",
        {"konto": "3000", "mva": "3"},
    ),
    "type-account-missing": (_a_withdrawal, "", {"konto": "1910", "mva": "0"}),
    "vat-on-no-sale": (
        _food_set_up_as_gift_cards,
        "2901",
        {"konto": "3030", "mva": "31", "slag": "sale"},
    ),
    "vat-code-not-in-chart": (_a_code_that_is_gone, "3030", {"konto": "3030", "mva": "3"}),
    "vat-code-not-valid": (_a_code_that_has_ended, "3030", {"konto": "3030", "mva": "3"}),
}


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    build.a_connection(company)
    return company


def _stopped(company: Company) -> Export:
    """A day with food, cash and rounding, put in the outbox; where that is provoked, another's."""
    if not company.settlements.exists():
        build.a_settlement(company, cash="100.00", sales={"31": "100.40"})
    build.built(company)
    return Export.objects.get(settlement__has_movement=True)


def _issue(export: Export, code: str) -> Issue:
    found = {issue.code: issue for issue in export.found_issues}
    assert code in found, found.keys()
    return found[code]


@pytest.mark.parametrize("code", sorted(PROVOKED))
def test_the_link_opens_the_row_and_saving_mends_it(
    client: Client, company: Company, code: str
) -> None:
    lack, stands_there, mends = PROVOKED[code]
    lack(company)
    export = _stopped(company)
    address = fix_url(_issue(export, code), company)

    field = Page(client, address, follow=True).focused()
    assert (field.get("value"), field.tag) == (stands_there, "input")
    key = field.get("name").removeprefix("konto:")
    client.post(address, {f"{name}:{key}": typed for name, typed in mends.items()})
    build.built(company)

    export.refresh_from_db()
    assert code not in [issue.code for issue in export.found_issues]
    assert export.state == State.READY or "missing" in code, export.issues


def test_every_issue_of_kontooppsett_is_provoked() -> None:
    pages = {"register-without-department", "department-not-linked", "account-needs-department"}
    assert PROVOKED.keys() | pages == SETUP.keys()


def test_the_setup_page_says_how_many_are_tried_again(client: Client, company: Company) -> None:
    _chart(without=("3030",))(company)
    export = _stopped(company)
    address = fix_url(_issue(export, "account-not-in-chart"), company)
    key = Page(client, address, follow=True).focused().get("name").removeprefix("konto:")
    posted = {f"konto:{key}": "3000", f"mva:{key}": "3"}
    answer = client.post(address, posted, follow=True)
    said = " ".join(answer.content.decode().split())
    assert "Kontooppsettet er lagret. Ett oppgjør prøves igjen av seg selv." in said
    page = Page(client, f"/s/{company.org_no}/oppgjor/{export.settlement_id}/")
    assert "Det som stoppet oppgjøret, er rettet." in page.text
    build.built(company)
    export.refresh_from_db()
    assert export.state == State.READY, export.issues


def test_a_till_without_a_department_is_placed(client: Client, company: Company) -> None:
    _two_departments("10")(company)
    export = _stopped(company)
    address = fix_url(_issue(export, "register-without-department"), company)
    centre = company.departments.get(name="Sentrum")
    client.post(address, {Page(client, address).focused().get("name"): centre.pk})
    build.built(company)
    export.refresh_from_db()
    assert export.state == State.READY, export.issues


def test_a_department_without_a_link_is_linked(client: Client, company: Company) -> None:
    _two_departments("")(company)
    export = _stopped(company)
    address = fix_url(_issue(export, "department-not-linked"), company)
    client.post(address, {Page(client, address).focused().get("name"): "10"})
    build.built(company)
    export.refresh_from_db()
    assert export.state == State.READY, export.issues


def test_an_account_that_wants_a_department_leads_to_departments(
    client: Client, company: Company
) -> None:
    _chart(a3030=Account("3030", vat_code="31", department_required=True))(company)
    centre = build.a_department(company, "Sentrum")
    export = _stopped(company)
    address = fix_url(_issue(export, "account-needs-department"), company)
    client.post(address, {Page(client, address).focused().get("name"): "10"})
    build.built(company)
    export.refresh_from_db()
    centre.refresh_from_db()
    assert (export.state, centre.remote_code) == (State.READY, "10")
