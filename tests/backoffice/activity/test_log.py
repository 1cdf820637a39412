"""The activity log: what a line says, in both languages, and what the filter leaves."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from accounting.books import decisions
from accounting.books.domain.codes import Role as MoneyRole
from accounting.books.domain.money import from_kroner
from accounting.books.domain.setup import Kind, Rule, RuleKey
from accounting.books.records import save_setup
from accounting.company import audit, grants, records
from accounting.company.models import Company
from accounting.company.roles import Right, Role
from backoffice.activity.queries import Wanted, found, in_words, latest
from integrations.exports import deciding
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return build.a_company()


def said(company: Company) -> tuple[str, str, list[tuple[str, str, str]]]:
    """The newest line: what was done, about what, and its changes."""
    (line,) = latest(company, 1)
    changes = [(change.label, change.before, change.after) for change in line.changes]
    return str(line.action.words), line.subject, changes


def test_a_role_that_changes_says_both_roles(company):
    kari = build.a_manager(company)
    records.give_role(company, kari, Role.ACCOUNTANT)
    assert said(company) == (
        "Ga rolle",
        "kari@example.no",
        [("Rolle", "Daglig leder", "Regnskapsfører")],
    )


def test_a_right_that_went_with_the_role_is_told(company):
    kari = build.with_grant(company, build.a_manager(company))
    records.remove_member(company, kari)
    _done, _about, changes = said(company)
    assert ("Tillatelse", "Legge til og endre PowerOffice Go", "") in changes


def test_a_grant_says_its_last_day(company):
    kari, support = build.a_manager(company), build.a_superadmin()
    with time_machine.travel(build.NOW + timedelta(days=1), tick=False):
        end = build.NOW.replace(hour=0) + timedelta(days=8)
        grants.grant(company, kari, Right.POWEROFFICE, actor=support, until=end)
    _done, _about, changes = said(company)
    assert changes == [
        ("Tillatelse", "", "Legge til og endre PowerOffice Go"),
        ("Til og med", "", "01.12.2026"),
    ]


def test_a_row_of_kontooppsett_is_named_as_on_its_page(company):
    centre = build.a_department(company, "Sentrum nord")
    food = RuleKey(MoneyRole.SALES, "", "04006", "31")
    save_setup(company, centre, {food: Rule("3030", "31")})
    save_setup(company, centre, {food: Rule("2901", "0", kind=Kind.GIFT_CARD)})
    done, about, changes = said(company)
    assert (done, about) == ("Endret kontooppsett", "Sentrum nord, Mat, 04006 · mva-kode 31")
    assert changes == [("", "3030, mva 31", "2901, mva 0, Gavekort")]


def test_a_row_that_changes_from_a_day_says_the_day(company):
    cash = RuleKey(MoneyRole.CASH)
    save_setup(company, None, {cash: Rule("1900", "0")})
    save_setup(company, None, {cash: Rule("1901", "0", valid_from=date(2027, 1, 1))})
    done, about, changes = said(company)
    assert (done, about) == ("Endret kontooppsett", "Felles, Kontanter")
    assert changes == [("Fra 01.01.2027", "", "1901, mva 0")]


def test_decisions_name_the_till_and_the_z(company):
    kari = build.a_manager(company)
    settlement = build.a_settlement(
        company, cash="295.00", sales={"31": "295.00"}, register="7", z_number="14"
    )
    decisions.count_cash(settlement, from_kroner("290.00"), kari)
    assert said(company) == (
        "Skrev inn talte kontanter",
        "Kasse 7, Z 14",
        [("Beløp", "", "290.00")],
    )


def test_an_export_names_the_till_and_the_z_and_its_states(company):
    kari = build.a_manager(company)
    export = build.a_ready_export(company)
    deciding.leave_out(export, "Ført manuelt", kari)
    assert said(company) == (
        "Utelot oppgjøret",
        "Kasse 1, Z 1",
        [("Tilstand", "Klar", "Utelatt"), ("Begrunnelse", "", "Ført manuelt")],
    )


def test_an_acknowledged_finding_is_told_in_its_own_words(company):
    kari = build.a_manager(company)
    settlement = build.a_settlement(
        company, cash="295.00", sales={"31": "295.00"}, z_total="200.00"
    )
    issue = settlement.as_day().stops[0]
    decisions.acknowledge(settlement, issue, "Feil på Z-rapporten", kari)
    _done, _about, changes = said(company)
    assert changes[0][0] == "Avvik"
    assert "200,00" in changes[0][2]
    assert changes[1] == ("Begrunnelse", "", "Feil på Z-rapporten")


def test_english_readers_read_english(company):
    records.switch_accounting(company, on=False)
    with translation.override("en"):
        assert said(company) == (
            "Switched accounting integration off",
            "Fjordkaffe AS",
            [("Accounting integration", "On", "Off")],
        )


@pytest.fixture
def busy(company: Company) -> Company:
    """Three days, three people: kari, rolf and nobody."""
    kari, rolf = build.a_manager(company), build.an_accountant(company)
    for back, actor, action, about in (
        (2, kari, "department-added", "Sentrum"),
        (1, rolf, "register-placed", "9"),
        (0, None, "export-left-out", "settlement||9|14"),
    ):
        with time_machine.travel(build.NOW - timedelta(days=back), tick=False):
            audit.note(company, action, about, actor=actor)
    return company


def subjects(company: Company, **wanted) -> list[str]:
    rows = found(company, Wanted(**wanted), "").object_list
    return [line.subject for line in in_words(company, rows) if line.subject in ABOUT]


ABOUT = {"Sentrum", "Kasse 9", "Kasse 9, Z 14"}


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, ["Kasse 9, Z 14", "Kasse 9", "Sentrum"]),
        ({"kind": "selskap"}, ["Kasse 9", "Sentrum"]),
        ({"kind": "oppgjor"}, ["Kasse 9, Z 14"]),
        ({"person": "0"}, ["Kasse 9, Z 14"]),
        ({"first": date(2026, 11, 23)}, ["Kasse 9, Z 14", "Kasse 9"]),
        ({"last": date(2026, 11, 22)}, ["Sentrum"]),
        ({"subject": "sentrum"}, ["Sentrum"]),
        ({"subject": "Kasse 9"}, ["Kasse 9, Z 14", "Kasse 9"]),
        ({"subject": "Kasse 9, Z 14"}, ["Kasse 9, Z 14"]),
        ({"subject": "finnes ikke"}, []),
    ],
)
def test_the_filter_leaves(busy, wanted, left):
    created_now = {"first": wanted.get("first", date(2026, 11, 1))} if "last" not in wanted else {}
    assert subjects(busy, **(created_now | wanted)) == left


def test_one_s_own_lines(busy):
    kari = busy.memberships.get(role="manager").user
    assert subjects(busy, person=str(kari.pk)) == ["Sentrum"]


def test_the_page_shows_filters_and_says_when_nothing_fits(client: Client, busy):
    client.force_login(busy.memberships.get(role="accountant").user)
    address = f"/s/{busy.org_no}/logg/"
    assert any("Kasse 9, Z 14" in row for row in Page(client, address).rows())
    assert Page(client, f"{address}?sok=ingenting").text.count("passer med dette utvalget") == 1
    assert "Kari N." in Page(client, f"{address}?slag=selskap").text
    assert client.get(f"{address}?fra=tull&person=999&slag=x&page=7").status_code == 200


@pytest.mark.parametrize("asked", ["fra=0001-01-01", "til=9999-12-31"])
def test_a_day_at_the_calendar_s_end_is_said(client: Client, busy, asked):
    client.force_login(busy.memberships.get(role="accountant").user)
    said = Page(client, f"/s/{busy.org_no}/logg/?{asked}").text
    assert "Velg en dato fra 01.01.2012 til 31.12.2099." in said


def test_an_account_finds_every_row_it_stood_on(company):
    food, drink = RuleKey(MoneyRole.SALES, vat_code="31"), RuleKey(MoneyRole.SALES, vat_code="3")
    save_setup(company, None, {food: Rule("3030", "31"), drink: Rule("3000", "3")})
    save_setup(company, None, {food: Rule("3031", "31")})
    lines = [found(company, Wanted(subject=account), "").object_list for account in ("3030", "303")]
    assert [[line.action for line in each] for each in lines] == [["setup-changed"] * 2, []]


def test_another_company_s_lines_are_not_there(busy):
    other = build.a_company(build.OTHER_ORG_NO)
    audit.note(other, "department-added", "Deres")
    assert "Deres" not in [line.subject for line in latest(busy, 100)]


def test_the_page_asks_as_little_for_fifty_lines_as_for_one(
    client: Client, company, django_assert_max_num_queries
):
    kari = build.a_manager(company)
    client.force_login(kari)
    for number in range(60):
        audit.note(company, "department-added", f"Avdeling {number}", actor=kari)
    with django_assert_max_num_queries(12):
        page = Page(client, f"/s/{company.org_no}/logg/")
    assert len(page.rows()) == 50
    assert page.link("Neste").endswith("?page=2")
