"""The PowerOffice Go page: test, how often, pause, who is told, and who may only look."""

from datetime import date

import pytest
from django.test import Client

from accounting.company.models import Company
from accounting.company.records import Refused
from integrations.exports import records
from integrations.exports.models import Connection, ExportStart, Recipient
from integrations.exports.telling.recipients import choose_recipients
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
SETTINGS = f"/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    build.a_confirmed_login(client, build.with_grant(company, build.a_manager(company)))
    return company


def _sent(client: Client, place: str, data: dict[str, object] | None = None) -> str:
    answer = client.post(f"{SETTINGS}{place}", data or {}, follow=True)
    return " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("towards_the_sandbox")
class TestTest:
    """«Test tilkoblingen» against the sandbox."""

    @pytest.fixture(autouse=True)
    def _connected(self, company) -> None:
        build.a_connection(company, start=None)

    def test_each_step_is_shown_with_the_time(self, client, company) -> None:
        assert "Tilkoblingen virker." in _sent(client, "test/")
        page = Page(client, SETTINGS)
        for said in ("Innlogging", "Demo AS", "Sende bilag til bilagsføring", "Lese kontoplanen"):
            assert said in page.text
        assert "Testet " in page.text
        assert company.chart_accounts.count() > 10

    def test_a_missing_right_is_named_with_the_way_out(self, client, sandbox) -> None:
        sandbox.seed({"privileges": ["GeneralLedgerAccount", "CommonServices", "Department"]})
        said = _sent(client, "test/")
        assert "Den mangler «Sende bilag til bilagsføring»." in said
        assert "under Innstillinger &gt; Utvidelser" in said
        assert Connection.objects.exists()

    def test_a_right_for_invoices_stops_nothing(self, client, sandbox) -> None:
        held = ["GeneralLedgerAccount", "CommonServices", "Department", "JournalEntryVoucher_Full"]
        sandbox.seed({"privileges": held})
        assert "Tilkoblingen virker." in _sent(client, "test/")
        assert "trengs først for fakturaer" in Page(client, SETTINGS).text

    def test_a_far_side_that_is_gone_is_said(self, client, settings) -> None:
        settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
        assert "Vent litt og prøv igjen." in _sent(client, "test/")
        assert [row["step"] for row in Connection.objects.get().checks] == ["log-in"]

    def test_while_it_is_gone_the_page_does_not_say_two_things(self, client, settings) -> None:
        _sent(client, "test/")
        assert "siste test gikk ikke bra" not in Page(client, SETTINGS).text
        settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"
        for place in ("kontoplan/", "test/"):
            said = _sent(client, place)
            assert "Vi fikk ikke svar fra PowerOffice Go." in said
            assert "er ikke koblet til" not in said
            assert "NeverConnected" not in said
        text = Page(client, SETTINGS).text
        assert "Koblet til, men siste test gikk ikke bra" in text

    def test_an_issue_elsewhere_leads_here(self, client) -> None:
        page = client.get(f"/s/{build.ORG_NO}/oppsett/integrasjoner/?felt=test", follow=True)
        assert 'id="test" tabindex="-1" autofocus' in page.content.decode()

    def test_the_chart_is_fetched_anew(self, client, company) -> None:
        assert "Kontoplanen er hentet: " in _sent(client, "kontoplan/")
        assert company.chart_accounts.exists()


@pytest.mark.parametrize("place", ["kontoplan/", "test/", "pause/", "fortsett/"])
def test_without_a_connection_there_is_nothing_to_do_it_with(client, company, place) -> None:
    assert client.post(f"{SETTINGS}{place}", {"reason": "Ferie"}).status_code == 404


class TestHowOften:
    def test_it_is_chosen_and_logged(self, client, company) -> None:
        build.a_connection(company)
        _sent(client, "frekvens/", {"frequency": "weekly"})
        assert Connection.objects.get().frequency == "weekly"
        assert company.audit.get(action="frequency-chosen").after == {"frequency": "weekly"}

    def test_one_that_is_none_is_refused(self, client, company) -> None:
        build.a_connection(company)
        assert client.post(f"{SETTINGS}frekvens/", {"frequency": "hourly"}).status_code == 200
        assert Connection.objects.get().frequency == "daily"

    @pytest.mark.usefixtures("at_eight_on_the_24th")
    def test_each_choice_says_when_it_runs_next_and_for_which_days(self, client, company) -> None:
        build.a_connection(company)
        text = Page(client, SETTINGS).text
        assert "Hver dag – neste 25.11.2026 kl. 05.00, for 24.11.2026" in text
        assert "mandag – neste 30.11.2026 kl. 05.00, for 23.11.2026–29.11.2026" in text
        assert "den 1. – neste 01.12.2026 kl. 05.00, for 01.11.2026–30.11.2026" in text


class TestPause:
    def test_it_needs_a_reason_which_stands_on_the_page(self, client, company) -> None:
        build.a_connection(company)
        assert "Skriv hvorfor overføringen settes på pause." in _sent(client, "pause/", {})
        _sent(client, "pause/", {"reason": "Ny regnskapsfører"})
        text = Page(client, SETTINGS).text
        assert (
            "Kari N. satte overføringen på pause. Ingenting blir overført. «Ny regnskapsfører»"
            in text
        )
        assert "På pause" in text
        assert company.audit.get(action="exporting-paused").after == {"reason": "Ny regnskapsfører"}

    def test_it_ends(self, client, company) -> None:
        build.a_connection(company)
        _sent(client, "pause/", {"reason": "Ferie"})
        assert "Overføringen går igjen." in _sent(client, "fortsett/")
        connection = Connection.objects.get()
        assert (connection.paused, connection.pause_reason) == (False, "")
        assert company.audit.get(action="exporting-resumed").before == {"reason": "Ferie"}

    def test_twice_is_once(self, company) -> None:
        connection = build.a_connection(company)
        kari = company.memberships.get().user
        for reason in ("Ferie", "Noe annet"):
            records.pause(connection, reason, actor=kari)
        assert Connection.objects.get().pause_reason == "Ferie"
        records.resume(connection, actor=kari)
        records.resume(connection, actor=kari)
        assert company.audit.filter(action__startswith="exporting-").count() == 2
        with pytest.raises(Refused, match="hvorfor"):
            records.pause(connection, " ", actor=kari)


class TestWhoIsTold:
    def test_members_are_ticked(self, client, company) -> None:
        build.a_connection(company)
        rolf = build.an_accountant(company)
        page = Page(client, SETTINGS)
        assert "Ingen får beskjed når noe stopper." in page.text
        assert "Rolf R. (Regnskapsfører)" in page.text
        _sent(client, "varsling/", {"recipients": [str(rolf.pk)]})
        assert Recipient.objects.get().user == rolf
        assert company.audit.get(action="recipients-chosen").after == {
            "recipients": ["rolf@example.no"]
        }
        _sent(client, "varsling/", {})
        assert not Recipient.objects.exists()

    def test_each_chooses_how_often_the_morning_letter_comes(self, client, company) -> None:
        build.a_connection(company)
        rolf = build.an_accountant(company)
        told, wanted = {"recipients": [str(rolf.pk)]}, f"morning_{rolf.pk}"
        _sent(client, "varsling/", {**told, wanted: "trouble"})
        assert Recipient.objects.get().morning == Recipient.TROUBLE
        page = Page(client, SETTINGS)
        chosen = page.tree.xpath(f"//select[@name='{wanted}']/option[@selected]/@value")
        assert chosen == ["trouble"]
        assert company.audit.get(action="recipients-chosen").after == {
            "recipients": ["rolf@example.no"],
            "morning": ["rolf@example.no: trouble"],
        }
        choose_recipients(company, [rolf.pk], actor=rolf)
        assert Recipient.objects.get().morning == Recipient.TROUBLE

    def test_a_morning_letter_to_nobody_is_refused_at_the_field(self, client, company) -> None:
        build.a_connection(company)
        rolf = build.an_accountant(company)
        said = _sent(client, "varsling/", {f"morning_{rolf.pk}": "daily"})
        assert "Kryss av for Rolf R. over, eller velg Aldri." in said
        assert not Recipient.objects.exists()

    def test_a_stranger_cannot_be(self, client, company) -> None:
        build.a_connection(company)
        siv = build.a_stranger()
        assert "Dette må rettes" in _sent(client, "varsling/", {"recipients": [str(siv.pk)]})
        choose_recipients(company, [siv.pk], actor=company.memberships.get().user)
        assert not Recipient.objects.exists()


def test_what_kontooppsett_lacks_is_said_with_a_link(client, company) -> None:
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    page = Page(client, SETTINGS)
    assert "Kontooppsett er ikke ferdig: 0 av " in page.text
    assert client.get(page.link("Se hva som mangler")).status_code == 200


class TestWhoeverMayNotChangeIt:
    def test_the_accountant_sees_how_it_stands(self, client, company) -> None:
        build.a_connection(company)
        client.force_login(build.an_accountant(company))
        page = Page(client, SETTINGS)
        assert "Koblet til" in page.text
        assert "Daglig leder kan endre nøkler" in page.text
        assert not page.tree.xpath("//input[@name='frequency' or @name='recipients']")
        assert not page.tree.xpath("//a[contains(@href, 'nokler')]")

    def test_superadmin_never_sees_a_key_nor_its_end(self, client, company) -> None:
        build.a_connection(company)
        build.a_confirmed_login(client, build.User.objects.get(email="support@example.no"))
        page = Page(client, SETTINGS)
        assert "7a3f" not in page.source
        assert client.get(f"{SETTINGS}nokler/").status_code == 403


def test_the_page_asks_the_database_no_more_for_many_members(
    client, company, django_assert_max_num_queries
) -> None:
    build.a_connection(company)
    for number in range(12):
        build.an_accountant(company, f"nr{number}@example.no")
    with django_assert_max_num_queries(40):
        client.get(SETTINGS)


def test_the_date_is_plain_text_once_it_is_chosen(client, company) -> None:
    kari = company.memberships.get().user
    records.set_export_start(
        company, "poweroffice", date(2026, 11, 1), agreed_with="Rolf R.", actor=kari
    )
    page = Page(client, SETTINGS)
    assert "01.11.2026. Satt av Kari N. " in page.text
    assert "Rolf R. er enig i datoen. Kan ikke endres." in page.text
    assert not page.tree.xpath("//input[@name='day']")
    assert ExportStart.objects.get().agreed_with == "Rolf R."
