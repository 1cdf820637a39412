"""The history: what was sent, when, as which voucher; filtered, added up, sorted and leafed through."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from accounting.company.models import Company
from integrations.exports.models import Export
from integrations.exports.states import Blocked, Sent, Unknown
from tests import build
from tests.integrations.exports.saying import REFUSED, ROOT
from tests.pages import Page

pytestmark = pytest.mark.django_db
HISTORY = f"{ROOT}/overforing/historikk/"
ALL = f"{HISTORY}?fra=&til="
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.an_accountant(company))
    return company


def _day(company: Company, kroner: str, day: date, **more) -> Export:
    return build.a_ready_export(company, cash=kroner, sales={"3": kroner}, day=day, **more)


def _posted(export: Export, voucher_no: str) -> Export:
    Export.objects.filter(pk=export.pk).update(state="POSTED", voucher_no=voucher_no)
    return export


@pytest.mark.usefixtures("company")
class TestPage:
    """One line an export."""

    def test_a_line_says_when_what_and_as_which_voucher(self, client, company):
        centre = build.a_department(company, "Sentrum", "10")
        export = _posted(
            build.ended(_day(company, "125.00", build.DAY, department=centre), Sent("77")), "10234"
        )
        page = Page(client, HISTORY)
        (row,) = page.rows()
        said = "24.11.2026 kl. 08.01 23.11.2026 Sentrum 1 1 125,00 25,00 10234"
        assert row.startswith(said)
        assert export.mark in row
        assert "Bokført" in row
        assert page.link("23.11.2026") == f"{ROOT}/overforing/{export.pk}/"
        assert page.link(f"#{export.run_id}") == f"{ROOT}/overforing/kjoringer/{export.run_id}/"

    def test_several_rates_are_told_apart(self, client, company):
        build.ended(build.a_ready_export(company), Sent("1"))
        (row,) = Page(client, HISTORY).rows()
        assert "95,69 25 %: 82,28 15 %: 13,41" in row

    def test_it_begins_with_this_vat_term(self, client, company):
        _day(company, "5.00", date(2026, 10, 31))
        _day(company, "7.00", date(2026, 11, 1))
        assert len(Page(client, HISTORY).rows()) == 1
        assert len(Page(client, ALL).rows()) == 2
        assert Page(client, HISTORY).tree.get_element_by_id("id_fra").value == "2026-11-01"

    def test_what_is_stopped_has_no_sum(self, client, company):
        build.ended(_day(company, "5.00", build.DAY), REFUSED)
        Export.objects.update(snapshot=None, debit=0, vat=0)
        assert "5,00" not in Page(client, HISTORY).rows()[0]

    def test_nothing_yet_and_nothing_found_are_two_things(self, client, company):
        assert "Ingenting er overført ennå." in Page(client, HISTORY).text
        _day(company, "5.00", build.DAY)
        assert "Ingen overføringer passer" in Page(client, f"{HISTORY}?sok=4711").text

    def test_a_page_asks_little_however_many_rows(
        self, client, company, django_assert_max_num_queries
    ):
        for number in range(1, 8):
            build.ended(_day(company, "5.00", build.DAY, register=f"{number}"), Sent(f"{number}"))
        with django_assert_max_num_queries(MOST_QUERIES):
            Page(client, f"{ALL}&sok=1")

    def test_another_companys_exports_are_not_here(self, client):
        other = build.a_company("974760673", "Torvkaffe AS")
        _day(other, "5.00", build.DAY)
        assert Page(client, ALL).rows() == []


@pytest.mark.usefixtures("days")
class TestFilter:
    """Each field narrows; what makes no sense says so where it is typed."""

    @pytest.fixture
    def days(self, company):
        square = build.a_department(company, "Torget", "20")
        first = build.ended(_day(company, "1234.50", date(2026, 11, 20)), Sent("1"))
        second = build.ended(
            _day(
                company,
                "80.00",
                date(2026, 11, 21),
                register="2",
                department=square,
                z_number="1482",
            ),
            Unknown(),
        )
        third = _day(company, "90.00", date(2026, 9, 30), register="3")
        return _posted(first, "10234"), second, third

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("fra=&til=", [1, 0, 2]),
            ("fra=2026-11-21&til=", [1]),
            ("fra=20.11.2026&til=20.11.2026", [0]),
            ("status=UNCERTAIN", [1]),
            ("belop=1+234,50", [0]),
            ("belop=1%C2%A0234,50", [0]),
            ("fra=&til=&sok=Z+1482", [1]),
            ("sok=10234", [0]),
            ("fra=&til=&overfort_fra=2026-11-24&overfort_til=2026-11-24", [0]),
            ("fra=&til=&overfort_fra=2026-11-25", []),
            ("fra=&til=&sorter=sum", [1, 2, 0]),
            ("fra=&til=&sorter=-sum", [0, 2, 1]),
            ("fra=&til=&sorter=-overfort", [2, 1, 0]),
        ],
    )
    def test_it_finds(self, client, days, asked, found):
        page = Page(client, f"{HISTORY}?{asked}")
        links = page.tree.xpath("//tbody//th/a/@href")
        assert links == [f"{ROOT}/overforing/{days[i].pk}/" for i in found]

    def test_by_department_and_by_mark(self, client, company, days):
        square = company.departments.get(name="Torget")
        assert "1482" in Page(client, f"{HISTORY}?avdeling={square.pk}").rows()[0]
        (row,) = Page(client, f"{HISTORY}?sok=[{days[0].mark.lower()}]").rows()
        assert days[0].mark in row

    def test_an_amount_that_is_none_is_said_at_the_field(self, client):
        page = Page(client, f"{ALL}&belop=1.234,50")
        assert "Tallet 1.234,50 ble ikke forstått. Skriv 1 234,50." in page.text
        assert len(page.rows()) == 3

    def test_a_period_that_ends_before_it_begins(self, client):
        page = Page(client, f"{HISTORY}?fra=2026-11-21&til=2026-11-20")
        assert "Perioden slutter før den begynner." in page.text

    def test_the_sums_are_of_the_filter_and_of_what_lies_in_go(self, client):
        said = Page(client, ALL).text
        assert "3 overføringer i utvalget: 1 404,50 kr, mva 280,90 kr." in said
        assert "Én ligger i Go: 1 234,50 kr, mva 246,90 kr." in said

    def test_the_sums_come_on_their_own_where_there_are_many(self, client, monkeypatch):
        monkeypatch.setattr("integrations.exports.pages.past.AT_ONCE", 2)
        page = Page(client, ALL)
        assert "i utvalget" not in page.text
        sums = Page(client, page.link("Summer hele utvalget"))
        assert "3 overføringer i utvalget: 1 404,50 kr" in sums.text
        part = client.get(f"{HISTORY}summer/?fra=&til=", HTTP_HX_REQUEST="true")
        assert "<html" not in part.content.decode()


@pytest.mark.usefixtures("five")
class TestLeafing:
    """By key, both ways, whatever the order; a place that is none is the beginning."""

    @pytest.fixture
    def five(self, company, monkeypatch):
        monkeypatch.setattr("integrations.exports.pages.past.PER_PAGE", 2)
        for i in range(5):
            export = _day(
                company, f"{10 + i % 2}.00", build.DAY - timedelta(days=i), register=f"{i}"
            )
            if i % 2:
                build.ended(export, Sent(f"{i}"))

    @pytest.mark.parametrize("order", ["dato", "-dato", "sum", "-sum", "overfort", "-overfort"])
    def test_each_row_once_forth_and_back(self, client, order):
        page = Page(client, f"{ALL}&sorter={order}")
        forth = [_links(page)]
        while page.tree.xpath("//a[@rel='next']"):
            page = Page(client, HISTORY + page.tree.xpath("//a[@rel='next']/@href")[0])
            forth.append(_links(page))
        assert [len(each) for each in forth] == [2, 2, 1]
        assert len({link for each in forth for link in each}) == 5
        back = [_links(page)]
        while page.tree.xpath("//a[@rel='prev']"):
            page = Page(client, HISTORY + page.tree.xpath("//a[@rel='prev']/@href")[0])
            back.append(_links(page))
        assert back[0] == forth[2]
        assert back[1:] == [forth[1], forth[0]]

    @pytest.mark.parametrize(
        "place", ["tull", "~", "2026-13-01~1", "2026-11-01~x", "~99999999999999999999"]
    )
    def test_a_place_that_is_none(self, client, place):
        first = _links(Page(client, ALL))
        assert _links(Page(client, f"{ALL}&etter={place}")) == first
        assert _links(Page(client, f"{ALL}&for={place}")) == first


def _links(page: Page) -> list[str]:
    return page.tree.xpath("//tbody//th/a/@href")


def test_a_rebuilt_export_is_no_longer_transferred(company):
    export = build.ended(build.a_ready_export(company), Sent("1"))
    assert export.arrived_at is not None
    again = build.ended(
        build.a_ready_export(company, cash="9.00", sales={"3": "9.00"}, register="2"), Blocked(())
    )
    assert again.arrived_at is None
