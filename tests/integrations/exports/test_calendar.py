"""The calendar: what each day is, what is missing, and the one question that is answered for good."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounting.company.models import Company
from integrations.exports.pages.absent import whats_missing
from integrations.exports.pages.calendar import LOOKS, MARK_OF, Mark
from integrations.exports.pages.standing import Standing
from integrations.exports.states import Sent, State
from tests import build
from tests.integrations.exports.saying import REFUSED, ROOT
from tests.pages import Page

pytestmark = pytest.mark.django_db
CALENDAR = f"{ROOT}/oppgjor/kalender/"
SUNDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _the_morning_after():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


@pytest.fixture
def square(company: Company):
    """Torget, which is open every day, has not delivered Sunday the 22nd, and has its Z 80 to 121."""
    square = build.a_department(company, "Torget")
    for back in range(42, -1, -1):
        day = build.DAY - timedelta(days=back)
        if day != SUNDAY:
            build.a_settlement(
                company,
                day=day,
                z_number=str(120 - back),
                cash="10.00",
                sales={"3": "10.00"},
                department=square,
            )
    return square


def cell(page: Page, words: str) -> str:
    """What a day is, by how it begins: `Torget 22.11.2026`."""
    for each in page.tree.find_class("words"):
        said = " ".join(each.text_content().split())
        if said.startswith(words):
            return said.split(": ")[1]
    raise AssertionError(f"no day «{words}»")


def test_every_standing_has_its_mark_and_every_mark_its_looks() -> None:
    assert MARK_OF.keys() == {*State, *Standing}
    assert LOOKS.keys() == set(Mark)


def test_each_day_says_the_gravest_that_is_to_be_said(client: Client, company: Company) -> None:
    build.ended(build.a_ready_export(company), Sent("1"))
    page = Page(client, CALENDAR)
    assert cell(page, "Uten avdeling 23.11.2026") == "Overført"
    assert cell(page, "Uten avdeling 20.11.2026") == "Ikke ventet"
    blocked = build.a_ready_export(company, cash="9.00", sales={"3": "9.00"}, register="2")
    build.ended(blocked, REFUSED)
    page = Page(client, CALENDAR)
    assert cell(page, "Uten avdeling 23.11.2026") == "Stoppet"
    opened = Page(client, f"{CALENDAR}?dag=2026-11-23&avdeling=")
    assert opened.link("Z 1, 9,00").endswith(f"/oppgjor/{blocked.settlement_id}/")


def test_a_z_between_two_others_is_missed_on_its_day_and_the_link_lands_there(
    client: Client, company: Company, square
) -> None:
    (missing,) = whats_missing(company, build.NOW)
    assert missing.issue.code == "z-missing"
    assert (missing.gap.numbers, missing.day) == ("119", SUNDAY)
    page = Page(client, CALENDAR)
    assert cell(page, "Torget 22.11.2026") == "Mangler"
    address = dict(missing.issue.fix.params)
    day = Page(client, f"{CALENDAR}?dag={address['dag']}&avdeling={address['avdeling']}")
    assert "Z 119 mangler for Torget, kasse 1. Kassen har levert Z 118 og 120" in day.text
    assert "Stengt 22.11.2026?" in day.text


def test_one_answer_settles_it_and_can_be_taken_back(
    client: Client, company: Company, square
) -> None:
    sent = {"dag": "2026-11-22", "avdeling": str(square.pk), "reason": "Røropprydding"}
    answer = client.post(f"{CALENDAR}steng/", sent, follow=True)
    assert "Dagen er merket som stengt." in answer.content.decode()
    client.post(f"{CALENDAR}steng/", sent)
    assert whats_missing(company, build.NOW) == ()
    page = Page(client, f"{CALENDAR}?dag=2026-11-22&avdeling={square.pk}")
    assert cell(page, "Torget 22.11.2026") == "Stengt"
    assert "Merket som stengt av Kari N. 24.11.2026 kl. 08.00. Røropprydding" in page.text
    assert [row.action for row in company.audit.filter(action__startswith="day-")] == ["day-closed"]
    client.post(f"{CALENDAR}apne/", {"stengt": str(company.closed_days.get().pk)})
    assert len(whats_missing(company, build.NOW)) == 1
    assert company.audit.filter(action="day-opened", subject="Torget").count() == 1


def test_another_companys_department_cannot_be_closed(client: Client, company: Company) -> None:
    other = build.a_department(build.a_company(build.OTHER_ORG_NO, "Andres AS"), "Andres")
    sent = {"dag": "2026-11-22", "avdeling": str(other.pk)}
    assert client.post(f"{CALENDAR}steng/", sent).status_code == 404


def test_a_day_is_not_missed_before_it_has_ended(client: Client, company: Company, square) -> None:
    assert cell(Page(client, CALENDAR), "Torget 24.11.2026") == "Ventet"
    with time_machine.travel(datetime(2026, 11, 25, 4, 59, tzinfo=build.OSLO), tick=False):
        assert len(whats_missing(company, build.NOW + timedelta(hours=20))) == 1
    after = datetime(2026, 11, 25, 5, 1, tzinfo=build.OSLO)
    codes = [each.issue.code for each in whats_missing(company, after)]
    assert codes == ["day-missing", "z-missing"]


def test_nothing_is_missed_before_the_export_from_date(company: Company, square) -> None:
    build.a_connection(company, start=date(2026, 11, 23))
    assert whats_missing(company, build.NOW) == ()


def test_a_month_and_the_same_as_a_table(client: Client, company: Company, square) -> None:
    page = Page(client, f"{CALENDAR}?maned=2026-10")
    assert "Oktober 2026" in page.text
    assert page.link("november 2026").endswith("?maned=2026-11")
    table = Page(client, f"{CALENDAR}?vis=tabell")
    assert "22.11.2026 Torget ×Mangler" in table.rows()
    assert "24.11.2026 Torget …Ventet" in table.rows()
    assert "23.11.2026 Torget ○Ikke overført 10,00" in table.rows()


@pytest.mark.parametrize(
    "typed", ["dag=x", "dag=0001-01-01", "maned=2026-13", "avdeling=x&dag=2026-11-22"]
)
def test_an_address_that_makes_no_sense_shows_the_last_six_weeks(
    client: Client, company: Company, typed: str
) -> None:
    assert "Seks uker" in Page(client, f"{CALENDAR}?{typed}").text


@pytest.mark.parametrize("departments", [1, 10])
def test_more_departments_cost_no_more_queries(
    client: Client, company: Company, departments: int, django_assert_num_queries
) -> None:
    build.a_connection(company)
    for number in range(departments):
        department = build.a_department(company, f"Avdeling {number}")
        build.a_settlement(
            company,
            cash="10.00",
            sales={"3": "10.00"},
            department=department,
            register=str(number),
        )
    Page(client, "/?alle=1")  # a session's first page writes down when it began
    with django_assert_num_queries(13):
        Page(client, CALENDAR)
