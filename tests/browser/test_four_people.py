"""The story: four people, an empty database, and a company that is ready to export, from the screen alone.

Support creates the company and grants; the manager sets up two departments, connects, and chooses the
date; the accountant sees the result; a stranger finds nothing.
"""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from tests.browser import acts
from tests.browser.conftest import WIDE, asked_elsewhere, told
from tests.sandbox import Sandbox, running_sandbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Profile = Callable[[], Page]


@pytest.fixture
def sandbox(settings, tmp_path) -> Iterator[Sandbox]:
    """A PowerOffice Go of our own, and an installation that speaks with it."""
    cache.clear()
    settings.INTAKE_DIR = tmp_path
    settings.POWEROFFICE_ENV, settings.EXPORT_CALLS_PER_SECOND = "sandbox", 0
    settings.POWEROFFICE_SUBSCRIPTION_KEY = "a-subscription-key"
    with running_sandbox() as sandbox:
        sandbox.seed({"limit": 0})
        settings.POWEROFFICE_SANDBOX_URL = sandbox.url
        yield sandbox


@pytest.fixture
def profile(chromium: Browser, live_server, transactional_db: None) -> Iterator[Profile]:
    """A browser of one's own for each person; any complaint on any page fails the story."""
    contexts, complaints = [], []

    def new() -> Page:
        context = chromium.new_context(base_url=live_server.url, locale="nb-NO", viewport=WIDE)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(told(said)))
        page.on("request", lambda request: complaints.extend(asked_elsewhere(request.url)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    refused = f"404 (Not Found) {live_server.url}{acts.ROOT}/"  # what the stranger asks for
    assert [said for said in complaints if refused not in said] == []


def test_four_people_from_an_empty_database(
    profile: Profile, sandbox: Sandbox, settings, monkeypatch
) -> None:
    support, kari, rolf, siv = profile(), profile(), profile(), profile()

    acts.the_first_support_user_is_made_on_the_command_line(monkeypatch)
    acts.support_logs_in_with_a_second_factor(support)
    acts.support_creates_the_company_and_invites_its_manager(support)

    acts.kari_comes_in_by_her_letter(kari)
    acts.kari_asks_for_permission(kari)
    acts.support_grants_it(support)
    acts.kari_logs_in_anew_with_a_second_factor(kari)

    acts.kari_enters_the_keys_and_tests_the_connection(kari)
    acts.kari_enters_two_departments(kari)
    acts.kari_uploads_a_file_and_places_its_tills(kari)
    acts.kari_sets_up_one_department_and_copies_it_to_the_other(kari)
    acts.kari_chooses_frequency_and_date(kari)
    acts.kari_looks_at_a_voucher_that_is_not_sent(kari, sandbox)
    acts.kari_invites_her_accountant(kari)

    acts.the_night_passes(settings, sandbox)
    acts.rolf_sees_the_result(rolf)
    acts.for_a_stranger_there_is_nothing(siv)
