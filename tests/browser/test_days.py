"""Days that are not plain: the list and each settlement show the right dates."""

from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from accounting.company.models import Company
from tests import build

pytestmark = pytest.mark.browser
ROOT = f"/s/{build.ORG_NO}"
SENTRUM, TORGET = "Fjordkaffe Sentrum, Storgata 1", "Fjordkaffe Torget, Torget 2"


@pytest.fixture
def company(transactional_db: None, log_in) -> Company:
    """Fjordkaffe AS, connected and set up."""
    company = build.a_company()
    log_in(build.a_manager(company))
    build.the_suggested_setup(company)
    build.a_connection(company)
    return company


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=build.OSLO, fold=fold)


def _sold(nr: int, at: datetime, amount: str = "100.00"):
    return build.a_receipt({"3": amount}, {"card": amount}, nr=nr, at=at)


def _rows(page: Page) -> list[str]:
    page.goto(f"{ROOT}/oppgjor/")
    return [" ".join(row.split()) for row in page.locator("tbody tr").all_inner_texts()]


def _open(page: Page, number: str) -> None:
    page.goto(f"{ROOT}/oppgjor/")
    row = page.locator("tbody tr").filter(has=page.locator("td.z", has_text=number))
    row.get_by_role("link").click()


def _says(page: Page, title: str, closed: str, voucher_date: str = "") -> None:
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".facts")).to_contain_text(f"gjort opp {closed}")
    if voucher_date:
        expect(page.locator(".journal caption")).to_contain_text(f"Bilagsdato {voucher_date}")


def test_two_settlements_on_one_day_are_two(page: Page, company: Company) -> None:
    build.deliver(company, [_sold(1, _at(23, 10))], closed=_at(23, 15))
    build.deliver(company, [_sold(2, _at(23, 17), "50.00")], closed=_at(23, 23))
    assert _rows(page) == [
        "23.11.2026 – 1 2 50,00 ○ Klar",
        "23.11.2026 – 1 1 100,00 ○ Klar",
    ]
    _open(page, "1")
    _says(page, "Dagsoppgjør Kasse 1 23.11.2026 · Z 1", "23.11.2026 kl. 15.00", "23.11.2026")
    _open(page, "2")
    _says(page, "Dagsoppgjør Kasse 1 23.11.2026 · Z 2", "23.11.2026 kl. 23.00", "23.11.2026")


def test_a_day_past_midnight_belongs_to_the_evening(page: Page, company: Company) -> None:
    receipts = [_sold(1, _at(23, 21)), _sold(2, _at(24, 1, 30))]
    build.deliver(company, receipts, closed=_at(24, 2, 10))
    assert _rows(page) == ["23.11.2026 – 1 1 200,00 ○ Klar"]
    _open(page, "1")
    _says(page, "Dagsoppgjør Kasse 1 23.11.2026 · Z 1", "24.11.2026 kl. 02.10", "23.11.2026")


def test_a_day_of_25_hours_keeps_both_halves_of_the_repeated_hour(
    page: Page, company: Company
) -> None:
    first, again = _at(25, 2, 30, month=10), _at(25, 2, 30, month=10, fold=1)
    receipts = [_sold(1, _at(24, 22, month=10)), _sold(2, first), _sold(3, again)]
    build.deliver(company, receipts, date(2026, 10, 24), closed=_at(25, 3, 15, month=10))
    assert _rows(page) == ["24.10.2026 – 1 1 300,00 ○ Klar"]
    _open(page, "1")
    _says(page, "Dagsoppgjør Kasse 1 24.10.2026 · Z 1", "25.10.2026 kl. 03.15", "24.10.2026")


def test_a_forgotten_z_is_one_settlement_on_the_first_day(page: Page, company: Company) -> None:
    receipts = [_sold(1, _at(21, 12)), _sold(2, _at(22, 12), "50.00")]
    build.deliver(company, receipts, closed=_at(22, 23))
    assert _rows(page) == ["21.11.2026 – 1 1 150,00 ○ Klar"]
    _open(page, "1")
    _says(page, "Dagsoppgjør Kasse 1 21.11.2026 · Z 1", "22.11.2026 kl. 23.00", "21.11.2026")


def test_a_z_without_sales_has_no_movement(page: Page, company: Company) -> None:
    build.deliver(company, [], build.DAY)
    assert _rows(page) == ["23.11.2026 – 1 1 0,00 – Ingen bevegelse"]
    _open(page, "1")
    _says(page, "Dagsoppgjør Kasse 1 23.11.2026 · Z 1", "23.11.2026 kl. 23.00")
    expect(page.get_by_text("Ingen bevegelse denne dagen")).to_be_visible()


def test_a_till_that_was_renamed_goes_on_as_another(page: Page, company: Company) -> None:
    build.deliver(company, [_sold(1, _at(22, 12))], date(2026, 11, 22), "41", "1")
    build.deliver(company, [_sold(2, _at(23, 12), "50.00")], z_number="42", register="1B")
    assert _rows(page) == [
        "23.11.2026 – 1B 42 50,00 ○ Klar",
        "22.11.2026 – 1 41 100,00 ○ Klar",
    ]
    _open(page, "42")
    _says(page, "Dagsoppgjør Kasse 1B 23.11.2026 · Z 42", "23.11.2026 kl. 23.00", "23.11.2026")


def test_two_shops_till_1_are_two_tills(page: Page, company: Company) -> None:
    centre = build.a_department(company, "Sentrum", "10")
    square = build.a_department(company, "Torget", "20")
    build.deliver(company, [_sold(1, _at(23, 12))], location=SENTRUM, department=centre)
    build.deliver(company, [_sold(1, _at(23, 13), "50.00")], location=TORGET, department=square)
    assert sorted(_rows(page)) == [
        "23.11.2026 Sentrum 1 1 100,00 ○ Klar",
        "23.11.2026 Torget 1 1 50,00 ○ Klar",
    ]
    page.get_by_role("row", name="Torget").get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Dagsoppgjør Torget 23.11.2026 · Z 1")
    expect(page.locator(".facts")).to_contain_text(f"Kasse 1, {TORGET}")


def test_without_departments_two_shops_till_1_are_told_apart_by_where_they_stand(
    page: Page, company: Company
) -> None:
    build.deliver(company, [_sold(1, _at(23, 12))], location=SENTRUM)
    build.deliver(company, [_sold(1, _at(23, 13), "50.00")], location=TORGET)
    build.deliver(company, [_sold(1, _at(23, 14), "25.00")], register="2", location=TORGET)
    assert sorted(_rows(page)) == [
        f"23.11.2026 – 1 {SENTRUM} 1 100,00 ○ Klar",
        f"23.11.2026 – 1 {TORGET} 1 50,00 ○ Klar",
        "23.11.2026 – 2 1 25,00 ○ Klar",
    ]
    page.get_by_role("row", name="Torget").get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(f"Dagsoppgjør Kasse 1, {TORGET} 23.11.2026 · Z 1")
