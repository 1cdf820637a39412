"""A day with a gap, from the till's file to the voucher, in Chromium and with the keyboard alone."""

from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from accounting.company.models import Company
from integrations.exports import records, tasks
from integrations.exports.models import Export
from integrations.exports.states import State
from integrations.pos import tasks as intake
from integrations.pos.generator import Plan, write
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.sandbox import Sandbox

pytestmark = pytest.mark.browser
ROOT = f"/s/{build.ORG_NO}"
DAY = date(2026, 3, 4)
WHY = "Kassen hoppet over et nummer ved strømbrudd"


@pytest.fixture
def company(transactional_db: None, settings, tmp_path, sandbox: Sandbox) -> Company:
    """Fjordkaffe AS, set up and connected to the sandbox."""
    settings.INTAKE_DIR = tmp_path
    company = build.a_company()
    build.the_suggested_setup(company)
    fetch_chart(connect(company, "sandbox", "an-application", "a-client", "a-subscription"))
    records.set_export_start(company, "poweroffice", DAY)
    return company


def _upload(page: Page) -> None:
    plan = Plan(
        build.ORG_NO,
        "Fjordkaffe AS",
        DAY,
        1,
        (("Sentrum", "1"),),
        receipts=8,
        seed=7,
        kinds="basic",
        defects=("nr-gap",),
    )
    content = BytesIO()
    write(plan, content)
    page.goto(f"{ROOT}/oppgjor/import/")
    file = {"name": "kasse.xml", "mimeType": "text/xml", "buffer": content.getvalue()}
    page.get_by_label("SAF-T-filer fra kassen").set_input_files([file])
    page.get_by_role("button", name="Last opp").press("Enter")
    expect(page.locator("#files")).to_contain_text("kasse.xml")
    intake.read_waiting()


def _let_it_pass(page: Page) -> None:
    # Without a reason it does not pass: the summary takes focus, and leads to the field.
    page.locator("#receipt-gap").get_by_text("Er avviket i orden? Godkjenn det").press("Enter")
    page.locator("#receipt-gap").get_by_role("button", name="Godkjenn avviket").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").press("Enter")
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Avviket er godkjent.")).to_be_visible()
    expect(page.locator(".journal tfoot")).to_contain_text("I balanse")


def test_a_gap_is_stopped_let_pass_and_sent(
    page: Page,
    company: Company,
    sandbox: Sandbox,
    log_in,
) -> None:
    # The manager uploads the till's file; the day is stopped, and nothing is sent.
    log_in(build.a_manager(company))
    _upload(page)
    build.run_at_once(company)
    tasks.tick()
    assert sandbox.drafts == []
    page.goto(f"{ROOT}/oversikt/")
    expect(page.locator("main")).to_contain_text("Ett oppgjør er stoppet")

    # The status page leads to the very stop, which says what happened and what to do.
    page.get_by_role("link", name="Status", exact=True).press("Enter")
    page.get_by_role("link", name="Se oppgjøret").press("Enter")
    stop = page.locator("#receipt-gap")
    expect(stop).to_contain_text("Kvitteringsnummer mangler mellom")
    expect(stop).to_contain_text("godkjenn avviket")

    _let_it_pass(page)

    # Nobody presses send: the next tick does.
    tasks.tick()
    export = Export.objects.get()
    assert export.state == State.SENT
    (draft,) = sandbox.drafts
    assert draft["description"].endswith(f"[{export.mark}]")

    # The accountant sees what was sent, and why it was let pass, by whom.
    log_in(build.an_accountant(company))
    page.goto(f"{ROOT}/oppgjor/")
    page.get_by_role("row", name="Overført").get_by_role("link").press("Enter")
    expect(page.locator("main h2").first).to_have_text("Godkjente avvik")
    expect(page.locator(".remarks").first).to_contain_text(f"Godkjent av Kari N. {_today(page)}")
    expect(page.locator(".history")).to_contain_text(f"Avvik godkjent, Kari N.: {WHY}")
    expect(page.get_by_role("button", name="Lagre talte kontanter")).to_have_count(0)


def _today(page: Page) -> str:
    """The date that the history begins with, as the page writes it."""
    return page.locator(".history .when").first.inner_text().split(" kl.\xa0")[0]
