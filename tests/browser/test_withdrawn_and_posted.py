"""What Go's Import refuses is asked back, mended and posted; what the till changes later is corrected."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounting import clock
from accounting.books.domain.codes import Role
from accounting.books.domain.setup import RuleKey
from accounting.company.models import Company
from integrations.exports import following, records, tasks
from integrations.exports.models import Export
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.browser.axe import findings
from tests.sandbox import Sandbox

pytestmark = pytest.mark.browser
ROOT = f"/s/{build.ORG_NO}"
CARD = RuleKey(Role.CARD, standard="12002")
SOLD = {"card": "295.00", "sales": {"31": "295.00"}}


@pytest.fixture
def company(transactional_db: None, sandbox: Sandbox, log_in) -> Company:
    """Fjordkaffe AS, connected to the sandbox; Kari is logged in, and a day has been sent."""
    company = build.a_company()
    build.the_suggested_setup(company)
    fetch_chart(connect(company, "sandbox", "an-application", "a-client", "a-subscription"))
    records.set_export_start(company, "poweroffice", build.DAY)
    log_in(build.a_manager(company))
    build.a_settlement(company, **SOLD)
    build.run_at_once(company)
    tasks.tick()
    return company


def _in_go(page: Page, sandbox: Sandbox) -> None:
    """The accountant opens the one draft in Go, and imports it."""
    page.goto(sandbox.url)
    page.get_by_role("link", name="Dagsoppgjør").or_(
        page.get_by_role("link", name="Korrigering")
    ).first.click()
    page.get_by_role("button", name="Importer").click()


def _seen() -> None:
    """Our daily look at the drafts, now."""
    following.due(clock.now(), also_early=True)


def _settlement(page: Page, company: Company) -> None:
    page.goto(f"{ROOT}/oppgjor/{company.settlements.get(current=True).pk}/")


def _three_more_sales(company: Company) -> None:
    amounts = ("295.00", "100.00", "150.00", "200.00")
    receipts = [
        build.a_receipt({"31": amount}, {"card": amount}, nr=1000 + number)
        for number, amount in enumerate(amounts)
    ]
    build.deliver(company, receipts, z_number="1")
    tasks.tick()


def _looks_right(page: Page, name: str, screenshot: Callable[[Page, str], None]) -> None:
    screenshot(page, name)
    assert findings(page) == []


def test_a_draft_that_go_refuses_is_mended_withdrawn_and_posted(
    page: Page, company: Company, sandbox: Sandbox, screenshot
) -> None:
    # Since we fetched the chart, 1901 was locked to a VAT code in Go: Import refuses the draft.
    sandbox.seed({"accounts": [{"number": 1901, "vat_code": "3", "vat_locked": True}]})
    _in_go(page, sandbox)
    expect(page.get_by_text("Mva kode 0 er ikke gyldig for konto")).to_be_visible()
    (refused,) = sandbox.drafts

    # Kari chooses another account for cards.
    page.goto(f"{ROOT}/oppsett/generelt/kontooppsett/?department=&row={CARD}")
    page.locator(f'[name="konto:{CARD}"]').fill("1902")
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page.get_by_text("Kontooppsettet er lagret.")).to_be_visible()

    # On the settlement she asks the draft back. Nothing is sent before it is gone.
    _settlement(page, company)
    expect(page.locator("#standing")).to_contain_text("Overført")
    page.get_by_role("button", name="Trekk tilbake utkastet").click()
    expect(page.locator("#now")).to_contain_text("Utkastet trekkes tilbake.")
    _looks_right(page, "withdrawing", screenshot)
    assert sandbox.drafts == [refused]

    # The page follows by itself: withdrawn, built anew, sent.
    tasks.tick()
    expect(page.locator("#now")).not_to_contain_text("Utkastet trekkes tilbake.")
    (draft,) = sandbox.drafts
    assert draft["id"] != refused["id"]
    assert {line["account"] for line in draft["lines"]} == {"1902", "3030"}

    # The new draft posts, and the settlement says so with its voucher number.
    _in_go(page, sandbox)
    expect(page.locator("main")).to_contain_text("Bokført")
    _seen()
    _settlement(page, company)
    expect(page.locator("#standing")).to_contain_text("Bokført")
    expect(page.locator(".journal caption")).to_contain_text("bilag 1")
    expect(page.locator(".history")).to_contain_text("Utkast trukket tilbake: slettet")
    assert Export.objects.get().revision == 2


def test_sales_that_came_late_are_corrected_on_approval(
    page: Page, company: Company, sandbox: Sandbox, screenshot
) -> None:
    _in_go(page, sandbox)
    _seen()

    # The till delivers three more sales of a day that is posted; nothing is sent by itself.
    _three_more_sales(company)
    assert sandbox.drafts == []

    # Status leads to the change: what was sent, what it is now, and the difference.
    page.goto(f"{ROOT}/overforing/status/")
    expect(page.locator("main")).to_contain_text("3 salg i Z 1 kom inn etter at dagen var sendt")
    page.get_by_role("link", name="Se oppgjøret").first.click()
    expect(page.locator("#standing")).to_contain_text("Endret etter overføring")
    change = page.get_by_role("region", name="Endringen")
    expect(change.locator("tbody tr")).to_have_count(3)
    expect(change.locator("tr.sum")).to_contain_text("+450,00")
    _looks_right(page, "correction", screenshot)

    # She approves, and the page follows by itself until the draft lies in Go.
    change.get_by_role("button", name="Godkjenn og send korrigeringen").click()
    expect(page.locator("#standing")).to_contain_text("Klar")
    tasks.tick()
    expect(page.locator("#standing")).to_contain_text("Overført")
    (draft,) = sandbox.drafts
    assert draft["description"].startswith("Korrigering av bilag 1, dagsoppgjør")
    assert draft["debit"] == "450.00"

    # Posted too, both are listed, each with its own number.
    _in_go(page, sandbox)
    _seen()
    _settlement(page, company)
    rows = page.locator("#deler + .table-responsive tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Bokført")).to_have_count(2)
    _looks_right(page, "corrected", screenshot)
    page.goto(f"{ROOT}/overforing/status/")
    expect(page.locator("main")).to_contain_text("Ingenting må rettes.")
