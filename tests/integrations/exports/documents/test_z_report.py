"""The Z report as a document: every figure, in both languages, and the same bytes each time."""

from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from accounting.books import decisions
from accounting.books.domain.money import Ore
from integrations.exports.pages import z_report
from tests import build
from tests.backoffice.commands.running import run
from tests.build import DAY, NOW

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[5] / "shared/data/saft"

# saft.md 3.2, row by row: what stands on one line of the document, words and figures.
OFFICIAL = (
    ("Kontantsalg ifølge Z-rapporten", "514,20"),
    *(("100", "Food", "1", "102,80"), ("200", "Tobacco", "2", "232,00"), ("300", "Beer", "179,40")),
    *(("1000", "100", "0", "16,40"), ("1000", "200", "1", "116,00"), ("1001", "100", "86,40")),
    *(("1001", "200", "1", "116,00"), ("1001", "300", "1", "179,40")),
    *(("CASH", "Cash", "1", "295,00"), ("DEBCARD", "Debit card", "1", "218,80")),
    *(("1000", "DEBCARD", "0", "132,40"), ("1001", "CASH", "295,00"), ("1001", "DEBCARD", "86,40")),
    *(("2 (15 %)", "89,38", "13,42"), ("3 (25 %)", "329,12", "82,28")),
    *(("0 (0 %)", "0,00", "0,00"), ("1 (12 %)", "0,00", "0,00")),
    ("Vekselbeholdning ved start", "0,00"),
    ("Salgskvitteringer", "3"),
    ("Skuffåpninger uten salg", "1"),
    ("Kopikvitteringer", "1", "148,80"),
    ("Returer", "1", "16,40"),
    ("Linjekorreksjoner: Delete line", "1", "16,40"),
    ("Prisforespørsler: 100", "1", "27,80"),
    *((name, "0", "0,00") for name in ("Avbrutte salg", "Rabatter gitt i kassen")),
    *((name, "0", "0,00") for name in ("Foreløpige kvitteringer", "Utleveringskvitteringer")),
    *((name, "0", "0,00") for name in ("Øvingskvitteringer", "Kredittsalg", "Kreditnotaer")),
    *((name, "0", "0,00") for name in ("Innbetalinger", "Utbetalinger")),
    ("Salg siden kassen ble tatt i bruk", "530,60"),
    ("Returer siden kassen ble tatt i bruk", "16,40"),
    ("Netto siden kassen ble tatt i bruk", "514,20"),
    ("Øreavrunding", "−0,40"),
    ("Kassen gjort opp", "01.01.2020 kl. 23.56.59"),
    ("Organisasjonsnummer", "999 999 999"),
)


@pytest.mark.needs_shared
def test_every_figure_of_the_official_example_stands_on_one_page():
    company = build.a_company(build.OTHER_ORG_NO, "Selskapet ASA")
    file = next(SHARED.glob("ExampleFile*.xml"))
    assert run("import_saft", file, "--company", build.OTHER_ORG_NO).code == 0
    with translation.override("nb"):
        pages = _lines(z_report.for_reader(company.settlements.get(), None, NOW))
    assert len(pages) == 1
    missing = [row for row in OFFICIAL if not any(_has(line, row) for line in pages[0])]
    assert missing == []


def test_sixty_article_groups_flow_to_a_second_page():
    company = build.a_company()
    sold = [((f"{n:03}", f"Varegruppe {n}", "04999", "3"), f"{n}.00") for n in range(1, 61)]
    settlement = build.deliver(company, [build.a_receipt(sold, {"card": "1830.00"})])
    pdf = z_report.for_reader(settlement, None, NOW)
    first, *more = _lines(pdf)
    drawn = PdfDocument(pdf)
    feet = [drawn[n].get_textpage().get_text_range().split()[-4:] for n in range(len(drawn))]
    assert feet == [["side", str(n), "av", str(len(feet))] for n in range(1, len(feet) + 1)]
    assert 2 <= len(feet) <= 4
    assert any(_has(line, ("Z-rapport 1", "kasse 1")) for line in more[0])
    assert any(_has(line, ("Varegruppe", "Netto", "Brutto")) for line in more[0])
    everything = [line for page in (first, *more) for line in page]
    assert all(
        any(_has(line, (f"Varegruppe {n}", f"{n},00")) for line in everything) for n in (1, 60)
    )


def test_the_reader_meets_their_own_language_and_the_drawer_as_it_was_counted():
    company = build.a_company()
    settlement = build.a_settlement(company, cash="1295.00", sales={"31": "1295.00"})
    decisions.count_cash(settlement, Ore(129_000), build.a_manager(company))
    settlement.refresh_from_db()
    with translation.override("en"):
        (page,) = _lines(z_report.for_reader(settlement, None, NOW))
    assert any(_has(line, ("Counted cash", "1,290.00")) for line in page)
    assert any(_has(line, ("Cash difference", "−5.00")) for line in page)
    assert any(_has(line, ("Settlement date", "23 Nov 2026")) for line in page)


def test_what_lies_on_the_voucher_is_the_same_however_often_it_is_made():
    export = build.a_ready_export(build.a_company())
    with translation.override("en"):
        first = z_report.for_voucher(export)
    assert z_report.for_voucher(export) == first
    (page,) = _lines(first)
    assert any(_has(line, ("Merke i bilaget", export.mark)) for line in page)
    assert z_report.file_name(export.settlement) == f"{DAY.isoformat()} Z 1 kasse 1.pdf"


def test_names_from_the_till_never_break_the_drawing():
    company = build.a_company(name="Łódź & Žižek 😀 AS")
    odd = (("1", "Brød\tog\x0bsåe" + "n" * 900, "04999", "3"), "10.00")
    settlement = build.deliver(company, [build.a_receipt([odd], {"card": "10.00"})])
    (page,) = _lines(z_report.for_reader(settlement, None, NOW))
    assert any("Žižek" in line for line in page)
    assert any("…" in line and "10,00" in line for line in page)


def test_people_download_it_from_the_settlement(client):
    company = build.a_company()
    settlement = build.a_settlement(company, cash="10.00", sales={"31": "10.00"})
    client.force_login(build.an_accountant(company))
    page = f"/s/{company.org_no}/oppgjor/{settlement.pk}/"
    assert f'href="{page}z-rapport.pdf"' in client.get(page).content.decode()
    answer = client.get(f"{page}z-rapport.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "2026-11-23 Z 1 kasse 1.pdf" in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")


def _lines(pdf: bytes) -> list[list[str]]:
    """Each page as lines of text with the layout kept; hard spaces as spaces."""
    pages = PdfReader(BytesIO(pdf)).pages
    texts = [page.extract_text(extraction_mode="layout") for page in pages]
    return [text.replace("\xa0", " ").splitlines() for text in texts]


def _has(line: str, parts: tuple[str, ...]) -> bool:
    """Say whether the parts stand on a line in their order."""
    at = 0
    for part in parts:
        found = line.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
