"""An account made inactive in Go stops the night's settlement; the morning takes one link and one click."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from accounting import clock
from accounting.company.models import Company
from integrations.exports import following, records, tasks
from integrations.exports.models import Export
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.browser.axe import findings
from tests.sandbox import Sandbox

pytestmark = pytest.mark.browser
ROOT = f"/s/{build.ORG_NO}"


@pytest.fixture
def company(transactional_db: None, sandbox: Sandbox, settings, log_in) -> Company:
    """Fjordkaffe AS, connected two days ago, with a day that waits for 05:00; Kari is logged in.

    It is made in the past: the sandbox's clock cannot be moved on.
    """
    settings.CLOCK_SHIFT_S = -2 * 24 * 3600
    company = build.a_company()
    build.the_suggested_setup(company)
    fetch_chart(connect(company, "sandbox", "an-application", "a-client", "a-subscription"))
    day = clock.today() - timedelta(days=1)
    records.set_export_start(company, "poweroffice", day)
    log_in(build.a_manager(company))
    build.a_settlement(company, day=day, cash="115.00", sales={"31": "115.00"})
    return company


def test_an_inactive_account_is_seen_mended_sent_posted_and_told(
    page: Page, company: Company, sandbox: Sandbox, settings, screenshot
) -> None:
    # In Go somebody takes 3030 out of use. The night passes: the 05:00 run comes, and stops.
    sandbox.seed({"accounts": [{"number": 3030, "active": False}]})
    settings.CLOCK_SHIFT_S = 0
    tasks.tick()
    assert sandbox.drafts == []

    _kari_follows_the_link_and_chooses_another_account(page, screenshot)

    # Nobody presses «send»: the next tick does it, and the open page says so.
    tasks.tick()
    (draft,) = sandbox.drafts
    assert {line["account"] for line in draft["lines"]} == {"1900", "3040"}
    expect(page.locator("#moving")).to_contain_text("Listen har endret seg.", timeout=15_000)
    page.get_by_role("link", name="Vis den nye").click()
    expect(page.get_by_role("main")).to_contain_text("Ingenting må rettes.")
    expect(page.get_by_role("main")).to_contain_text("Ett utkast er ikke bokført.")

    _rolf_imports_it_in_go(page, sandbox)
    _it_is_told_as_posted(page, screenshot)


def _kari_follows_the_link_and_chooses_another_account(page: Page, screenshot) -> None:
    page.goto(f"{ROOT}/overforing/status/")
    task = page.locator(".tasks > li").first
    expect(task).to_contain_text("Konto 3030 er inaktiv.")
    screenshot(page, "stopped")
    assert findings(page) == []
    task.get_by_role("link", name="Endre konto 3030").click()
    field = page.locator("input:focus")
    expect(field).to_have_value("3030")
    field.fill("3040")
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page.get_by_text("Ett oppgjør prøves igjen av seg selv.")).to_be_visible()
    page.goto(f"{ROOT}/overforing/status/")
    expect(page.get_by_role("button", name="Send oppgjøret")).to_be_visible()


def _rolf_imports_it_in_go(page: Page, sandbox: Sandbox) -> None:
    page.goto(sandbox.url)
    page.get_by_role("link", name="Dagsoppgjør").first.click()
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("main")).to_contain_text("Bokført")


def _it_is_told_as_posted(page: Page, screenshot) -> None:
    """Our next look at the drafts finds the voucher number; the run counts it as transferred."""
    following.due(clock.now(), also_early=True)
    export = Export.objects.get()
    page.goto(f"{ROOT}/overforing/{export.pk}/")
    expect(page.locator("#standing")).to_contain_text("Bokført")
    expect(page.locator("#standing")).to_contain_text("Bilag 1")
    screenshot(page, "posted-export")
    assert findings(page) == []
    page.get_by_role("link", name=f"Kjøring #{export.run_id}").first.click()
    expect(page.get_by_role("main")).to_contain_text("1 av 1 overført")
