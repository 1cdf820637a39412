"""«Eksporter data fra og med»: said in numbers, typed again, and then it stands for good."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports.models import ExportStart
from tests import build
from tests.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight_on_the_24th")]
SETTINGS = f"/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/"
START = f"{SETTINGS}startdato/"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    build.a_confirmed_login(client, build.with_grant(company, build.a_manager(company)))
    return company


@pytest.fixture
def connected(towards_the_sandbox, company) -> Company:
    build.a_connection(company, start=None)
    return company


def _days(company: Company) -> None:
    """Three days in October and two in November, 100.00 each."""
    for day in (date(2026, 10, 29), date(2026, 10, 30), date(2026, 10, 31)):
        build.a_settlement(company, day=day, cash="100.00", sales={"31": "100.00"})
    for day in (date(2026, 11, 1), date(2026, 11, 2)):
        build.a_settlement(company, day=day, cash="100.00", sales={"31": "100.00"})
    build.a_settlement(company, day=date(2026, 11, 3))  # no movement


def _sent(client: Client, **data: str) -> str:
    return " ".join(client.post(START, data, follow=True).content.decode().split())


def test_the_page_says_what_will_and_what_will_never_be_sent(client, connected) -> None:
    _days(connected)
    text = Page(client, f"{START}?day=01.11.2026").text
    assert "Oppgjør fra og med søndag 1. november 2026 blir overført." in text
    assert (
        "2 oppgjør blir sendt ved neste kjøring 25.11.2026 kl. 05.00:"
        " 200,00 kr, fra 01.11.2026 til 02.11.2026." in text
    )
    assert (
        "3 oppgjør før datoen blir ikke sendt: 300,00 kr, fra 29.10.2026 til 31.10.2026."
        " Er de ført manuelt?" in text
    )
    assert "Ingen periode er låst i PowerOffice Go." in text
    assert not ExportStart.objects.exists()


def test_nothing_here_yet_is_said_too(client, connected) -> None:
    text = Page(client, f"{START}?day=24.11.2026").text
    assert "Ingen av oppgjørene som er her nå, blir sendt ved neste kjøring." in text
    assert "Ingen oppgjør her er fra før datoen." in text


def test_typed_again_it_stands_for_good(client, connected) -> None:
    assert "Startdatoen er lagret for godt." in _sent(client, day="2026-11-01", again="01.11.2026")
    start = ExportStart.objects.get()
    assert (start.day, start.set_by.name, start.agreed_with) == (
        date(2026, 11, 1),
        "Kari N.",
        "",
    )
    said = _sent(client, day="2026-11-02", again="02.11.2026")
    assert "er valgt fra før og kan ikke endres" in said
    assert client.get(f"{START}?day=02.11.2026").status_code == 302
    assert ExportStart.objects.get().day == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ("02.11.2026", "Du skrev en annen dato enn 01.11.2026."),
        ("1. november", "Datoen ble ikke forstått. Skriv 01.11.2026."),
        ("", "Skriv datoen."),
    ],
)
def test_a_date_that_is_not_certain_is_not_saved(client, connected, again, said) -> None:
    answer = _sent(client, day="2026-11-01", again=again)
    assert said in answer
    assert 'href="#id_again"' in answer
    assert not ExportStart.objects.exists()


def test_no_date_at_all_stays_on_the_settings_page(client, company) -> None:
    assert "Skriv datoen." in Page(client, f"{START}?day=").text
    assert "Datoen ble ikke forstått." in Page(client, f"{START}?day=snart").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("01.01.0001", "Startdatoen kan ikke være før 01.01.2012."),
        ("31.12.2011", "Startdatoen kan ikke være før 01.01.2012."),
        ("26.11.2027", "Startdatoen kan ikke være mer enn ett år frem i tid."),
        ("31.12.9999", "Startdatoen kan ikke være mer enn ett år frem i tid."),
    ],
)
def test_a_date_that_can_only_be_mistyped_gets_no_confirmation(
    client, connected, typed, said
) -> None:
    page = Page(client, f"{START}?day={typed}")
    assert said in page.text
    assert 'href="#id_day"' in page.source
    assert "Lagre startdato for godt" not in page.text
    assert said in _sent(client, day=typed, again=typed, agreed_with="Rolf R.")
    assert not ExportStart.objects.exists()


@pytest.mark.usefixtures("connected")
class TestADayThatCallsForTheAccountant:
    """Locked over there, before their books begin, or far ahead: allowed with a name only."""

    def test_in_a_locked_period(self, client, sandbox) -> None:
        sandbox.seed({"lock_date": "2026-11-10"})
        text = Page(client, f"{START}?day=01.11.2026").text
        assert "PowerOffice Go er låst til og med 10.11.2026." in text
        assert "Snakk med regnskapsfører først." in text
        self._needs_a_name(client, date(2026, 11, 1))

    def test_after_a_locked_period_it_fits(self, client, sandbox) -> None:
        sandbox.seed({"lock_date": "2026-09-30"})
        page = Page(client, f"{START}?day=01.11.2026")
        assert "PowerOffice Go er låst til og med 30.09.2026. Det passer." in page.text
        assert not page.tree.xpath("//input[@name='agreed_with']")

    def test_before_their_books_begin(self, client, sandbox) -> None:
        sandbox.seed({"conversion_date": "2026-11-05"})
        text = Page(client, f"{START}?day=01.11.2026").text
        assert "Regnskapet i PowerOffice Go begynner 05.11.2026." in text
        self._needs_a_name(client, date(2026, 11, 1))

    def test_far_ahead(self, client) -> None:
        day = build.NOW.date() + timedelta(days=32)
        assert "mer enn 31 dager frem i tid" in Page(client, f"{START}?day={day}").text
        self._needs_a_name(client, day)

    def _needs_a_name(self, client: Client, day: date) -> None:
        again = f"{day:%d.%m.%Y}"
        said = _sent(client, day=str(day), again=again)
        assert "Skriv hvem du har avtalt datoen med." in said
        assert not ExportStart.objects.exists()
        _sent(client, day=str(day), again=again, agreed_with="Rolf R.")
        start = ExportStart.objects.get()
        assert (start.day, start.agreed_with) == (day, "Rolf R.")
        log = start.company.audit.get(action="export-start-set")
        assert log.after == {"day": day.isoformat(), "agreed_with": "Rolf R."}


def test_a_go_that_does_not_answer_is_said_and_does_not_stop(client, connected, settings) -> None:
    settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
    text = Page(client, f"{START}?day=01.11.2026").text
    assert "PowerOffice Go svarte ikke, så vi vet ikke om datoen er låst der." in text


def test_before_it_is_connected_that_is_said(client, company) -> None:
    text = Page(client, f"{START}?day=01.11.2026").text
    assert "PowerOffice Go er ikke koblet til, så vi vet ikke om datoen er låst der." in text


def test_no_other_form_of_the_page_can_carry_the_date(client, connected) -> None:
    _sent(client, day="2026-11-01", again="01.11.2026")
    everything = {"day": "2026-01-01", "again": "01.01.2026", "export_start": "2026-01-01"}
    for place in (
        "frekvens/",
        "pause/",
        "fortsett/",
        "varsling/",
        "test/",
        "nokler/",
        "startdato/",
    ):
        client.post(f"{SETTINGS}{place}", everything | {"frequency": "daily", "reason": "x"})
    assert ExportStart.objects.get().day == date(2026, 11, 1)


def test_who_it_is_is_asked_first(company) -> None:
    client = Client()
    client.force_login(company.memberships.get().user)
    answer = client.post(START, {"day": "2026-11-01", "again": "01.11.2026"})
    assert answer.status_code == 302
    assert not ExportStart.objects.exists()


def test_the_admin_site_cannot_change_it_either(client, connected) -> None:
    _sent(client, day="2026-11-01", again="01.11.2026")
    start = ExportStart.objects.get()
    support = Client()
    build.a_confirmed_login(support, build.User.objects.get(email="support@example.no"))
    root = "/admin/exports/exportstart/"
    other = {"company": start.company_id, "provider": "poweroffice", "day": "2026-01-01"}
    asked = {"action": "delete_selected", "_selected_action": [start.pk], "post": "yes"}
    answers = [
        support.post(f"{root}{start.pk}/change/", other),
        support.post(f"{root}add/", other),
        support.post(f"{root}{start.pk}/delete/", {"post": "yes"}),
        support.post(root, asked),
    ]
    assert {answer.status_code for answer in answers[:3]} == {403}
    assert list(ExportStart.objects.values_list("pk", "day")) == [(start.pk, date(2026, 11, 1))]
