"""The history as files: opened again, they say what the page says, and nothing in them is a formula."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from accounting.company.models import Company
from integrations.exports.documents.sheets import BOM, Heading, Kind, csv_lines
from integrations.exports.models import Export
from integrations.exports.pages.past_files import MOST
from integrations.exports.states import Sent
from tests import build
from tests.integrations.exports.saying import ROOT
from tests.pages import Page

pytestmark = pytest.mark.django_db
HISTORY = f"{ROOT}/overforing/historikk"
EVIL = ("=1+1", "+47", "-1", "@SUM(A1)", "\tx")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def company(client: Client) -> Company:
    """Three days: one in two rates, one that was returned more than sold, one of another month."""
    company = build.a_company()
    client.force_login(build.an_accountant(company))
    build.ended(build.a_ready_export(company), Sent("1"))
    more = {"cash": "-80.50", "sales": {"3": "-80.50"}}
    build.a_ready_export(company, register="2", **more)
    build.a_ready_export(
        company, cash="9.90", sales={"31": "9.90"}, day=date(2026, 10, 1), register="3"
    )
    return company


def _opened(client: Client, query: str = "") -> openpyxl.Workbook:
    answer = client.get(f"{HISTORY}.xlsx{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def _columns(sheet) -> dict[str, list]:
    names, *rows = sheet.iter_rows(values_only=True)
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _facts(book: openpyxl.Workbook) -> dict[str, object]:
    return dict(book["Om filen"].iter_rows(values_only=True))


def _lines(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{HISTORY}.csv{query}")
    text = b"".join(answer.streaming_content)
    assert text.startswith(BOM)
    assert text.count(b"\r\n") == text.count(b"\n")
    return list(csv.DictReader(StringIO(text.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.usefixtures("company")
class TestWorkbook:
    """Numbers are numbers, days are days, and the second sheet says what the file is."""

    def test_its_sums_are_the_pages(self, client):
        book = _opened(client)
        columns = _columns(book["Historikk"])
        assert columns["Bilagssum"] == [80.5, 514.2]
        assert columns["Mva i alt"] == [-16.1, 95.69]
        assert columns["Mva høy sats"] == [-16.1, 82.28]
        assert columns["Mva middels sats"] == [None, 13.41]
        assert (
            "2 overføringer i utvalget: 594,70 kr, mva 79,59 kr."
            in Page(client, f"{HISTORY}/").text
        )
        facts = _facts(book)
        assert (facts["Antall rader"], facts["Kontrollsum, bilagssum"]) == (2, 594.7)
        assert facts["Kontrollsum, mva"] == pytest.approx(79.59)

    def test_it_says_what_it_was_made_of_and_by_whom(self, client):
        facts = _facts(_opened(client, "?fra=2026-10-01&til=&belop=9,90"))
        assert facts["Selskap"] == "Fjordkaffe AS, 923\xa0456\xa0783"
        assert facts["Bilagsdato fra og med"] == "01.10.2026"
        assert facts["Bilagssum"] == "9,90"
        assert facts["Laget av"] == "rolf@example.no"
        assert f"{facts['Laget']}" == "2026-11-24 08:00:00"
        assert facts["Antall rader"] == 1

    def test_days_and_amounts_are_shown_the_norwegian_way(self, client):
        sheet = _opened(client)["Historikk"]
        day, total = sheet["B3"], sheet["G3"]
        assert (f"{day.value:%Y-%m-%d}", day.number_format) == ("2026-11-23", "dd.mm.yyyy")
        assert (total.value, total.number_format) == (514.2, "#,##0.00")
        assert f"{sheet['A3'].value}" == "2026-11-24 08:01:01"
        assert sheet.freeze_panes == "A2"

    @pytest.mark.parametrize("evil", EVIL)
    def test_a_text_is_never_a_formula(self, client, company, evil):
        company.departments.create(name=evil)
        company.registers.update(department=company.departments.get())
        sheet = _opened(client)["Historikk"]
        assert {(cell.value, cell.data_type) for cell in sheet["C"][1:]} == {(evil, "s")}

    def test_its_name_has_the_period(self, client):
        answer = client.get(f"{HISTORY}.xlsx")
        answer.close()
        said = answer["Content-Disposition"]
        assert 'filename="historikk-923456783-2026-11-01-2026-12-31.xlsx"' in said


@pytest.mark.usefixtures("company")
class TestCsv:
    """Semicolons, a decimal comma and a mark for UTF-8: a double click opens it right."""

    def test_its_sums_are_the_workbooks(self, client):
        lines = _lines(client, "?fra=&til=")
        assert [line["Bilagssum"] for line in lines] == ["80,50", "514,20", "9,90"]
        assert [line["Mva i alt"] for line in lines] == ["-16,10", "95,69", "1,29"]
        assert lines[1]["Bilagsdato"] == "23.11.2026"
        assert lines[1]["Overført"] == "24.11.2026 08:01"
        assert lines[1]["Merke"] == f"[{Export.objects.get(state='SENT').mark}]"

    @pytest.mark.parametrize("evil", EVIL)
    def test_a_text_is_never_a_formula_and_a_number_stays_one(self, evil):
        headings = (Heading("Navn"), Heading("Sum", Kind.AMOUNT))
        _, line = csv_lines(headings, [(evil, -1250)])
        assert line.decode() == f"'{evil};-12,50\r\n"

    def test_in_english_the_words_are(self, client, company):
        company.memberships.get().user.__class__.objects.update(language="en")
        (first, *_) = _lines(client, "?fra=&til=")
        assert (first["Voucher date"], first["Voucher total"]) == ("2026-11-23", "80,50")


@pytest.mark.usefixtures("company")
class TestPdf:
    """A4 across, a head on each page, and which page of how many."""

    def test_it_says_what_the_page_says(self, client):
        answer = client.get(f"{HISTORY}.pdf?fra=&til=")
        reader = PdfReader(BytesIO(answer.content))
        page = reader.pages[0]
        assert page.mediabox.width > page.mediabox.height
        text = page.extract_text().replace("\xa0", " ")
        for said in ("Historikk: Fjordkaffe AS", "514,20", "604,60", "80,88", "side 1 av"):
            assert said in text

    def test_too_many_lead_to_excel(self, client, monkeypatch):
        monkeypatch.setitem(MOST, "pdf", 1)
        page = Page(client, f"{HISTORY}.pdf?fra=&til=", follow=True)
        assert "PDF rommer 1 rader. Last ned Excel, eller velg en kortere periode." in page.text


def test_a_filter_that_is_wrong_is_shown_where_it_is(client, company):
    page = Page(client, f"{HISTORY}.csv?belop=1.234,50", follow=True)
    assert "Tallet 1.234,50 ble ikke forstått. Skriv 1 234,50." in page.text
