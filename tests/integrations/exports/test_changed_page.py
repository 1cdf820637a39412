"""The settlement's page when the till has changed its mind: what is shown, and what may be done."""

import pytest
from django.test import Client

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.models import Settlement
from accounting.books.records import save_setup
from accounting.company.models import Company
from backoffice.activity.words import ACTIONS
from integrations.exports import build as building
from integrations.exports import send, tasks
from integrations.exports.models import Export
from integrations.exports.pages.history import WORDS
from integrations.exports.states import Sent, State
from tests import build
from tests.integrations.exports.journey import fails
from tests.integrations.exports.saying import LIST, REFUSED, settlement_page
from tests.pages import Page
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    return company


def a_sent_day(company: Company, state: State = State.SENT) -> Export:
    export = build.ended(build.a_ready_export(company, **SOLD), Sent("1"))
    Export.objects.filter(pk=export.pk).update(state=state, voucher_no="10412" * (state != "SENT"))
    return export


SOLD = {"cash": "295.00", "sales": {"31": "295.00"}}


def three_sales_come_late(company: Company) -> Settlement:
    amounts = ("295.00", "100.00", "150.00", "200.00")
    receipts = [
        build.a_receipt({"31": amount}, {"cash": amount}, nr=1000 + number)
        for number, amount in enumerate(amounts)
    ]
    settlement = build.deliver(company, receipts, z_number="1")
    building.build_all(build.NOW)
    return settlement


def test_what_is_posted_is_corrected_with_the_difference(client: Client, company: Company) -> None:
    first = a_sent_day(company, State.POSTED)
    address = f"{LIST}{three_sales_come_late(company).pk}/"
    page = Page(client, address)
    assert "Endret etter overføring" in page.text
    assert "3 salg i Z 1 kom inn etter at dagen var sendt (450,00)." in page.text
    assert page.rows()[:2] == [
        "1900 Kontanter Kontant – 295,00 745,00 +450,00",
        "3030 Salg Mat 15 % 31 −295,00 −745,00 −450,00",
    ]
    assert "Sum debet for hele dagen 295,00 745,00 +450,00" in page.text
    assert "Et nytt utkast på 450,00 retter opp forskjellen." in page.text
    assert "Bilag 10412 blir stående." in page.text
    key = page.tree.xpath("//input[@name='key']/@value")[0]
    answer = client.post(f"{address}korriger/", {"key": key}, follow=True)
    assert "Korrigeringen er godkjent og sendes om et øyeblikk." in answer.content.decode()
    made = Export.objects.get(part=1)
    assert (made.state, made.debit, made.snapshot.as_journal().corrects) == (
        "READY",
        450_00,
        "bilag 10412",
    )
    after = Page(client, address)
    assert "Korrigering godkjent, Kari N." in after.text
    assert "Bilagene for denne dagen" in after.text
    assert any(row.startswith("Dagsoppgjør") and "Bokført" in row for row in after.rows())
    assert any(row.startswith("Korrigering 1") and "Klar" in row for row in after.rows())
    assert "Bilag som ble sendt" in Page(client, settlement_page(first)).text


def test_another_key_than_the_one_shown_changes_nothing(client: Client, company: Company) -> None:
    a_sent_day(company, State.POSTED)
    address = f"{LIST}{three_sales_come_late(company).pk}/"
    answer = client.post(f"{address}korriger/", {"key": "another"}, follow=True)
    assert "Ingenting ble gjort" in answer.content.decode()
    assert Export.objects.get(part=1).awaits_approval


def test_after_a_change_of_accounts_the_page_says_why_amounts_move(
    client: Client, company: Company
) -> None:
    a_sent_day(company, State.POSTED)
    save_setup(company, None, {RuleKey(Role.SALES, vat_code="31"): Rule("3000", "31")})
    page = Page(client, f"{LIST}{three_sales_come_late(company).pk}/")
    assert "Derfor flyttes beløp mellom kontoer." in page.text


def test_a_draft_is_asked_back_instead(client: Client, company: Company) -> None:
    export = a_sent_day(company)
    address = f"{LIST}{three_sales_come_late(company).pk}/"
    page = Page(client, address)
    assert "Trekk det tilbake, så bygges og sendes det nye bilaget av seg selv." in page.text
    assert "Godkjenn og send korrigeringen" not in page.text
    client.post(f"{address}trekk-tilbake/")
    assert "Utkastet trekkes tilbake." in Page(client, address).text
    assert 'hx-trigger="every 2s"' in Page(client, address).source
    export.refresh_from_db()
    assert export.withdraw_at is not None
    again = client.post(f"{address}trekk-tilbake/", follow=True)
    assert "Ingenting ble gjort" in again.content.decode()


def test_a_draft_that_is_wrong_can_be_asked_back_from_its_page(
    client: Client, company: Company
) -> None:
    export = a_sent_day(company)
    assert "Er utkastet feil?" in Page(client, settlement_page(export)).text
    client.post(f"{settlement_page(export)}trekk-tilbake/")
    assert Export.objects.get(withdraw_at__isnull=False) == export


def test_a_correction_may_be_left_out_with_a_reason(client: Client, company: Company) -> None:
    a_sent_day(company, State.POSTED)
    address = f"{LIST}{three_sales_come_late(company).pk}/"
    assert "Utelat korrigeringen" in Page(client, address).text
    client.post(f"{address}utelat/", {"reason": "Rettet i Go av Rolf"})
    page = Page(client, address)
    assert "Utelatt, Kari N.: Rettet i Go av Rolf" in page.text
    assert "Bokført" in page.tree.get_element_by_id("standing").text_content()


@pytest.mark.parametrize("state", ["LEFT_OUT", "REMOVED", "BLOCKED", "READY"])
def test_what_is_not_over_there_can_be_built_anew(
    client: Client, company: Company, state: str
) -> None:
    export = build.ended(build.a_ready_export(company, **SOLD), REFUSED)
    Export.objects.filter(pk=export.pk).update(state=state, reason="Ført" * (state == "LEFT_OUT"))
    words = {"LEFT_OUT": "Angre og overfør likevel", "REMOVED": "Send på nytt"}
    assert words.get(state, "Bygg på nytt") in Page(client, settlement_page(export)).text
    client.post(f"{settlement_page(export)}bygg/")
    export.refresh_from_db()
    # What waits to be sent and is booked as before keeps its mark.
    assert (export.state, export.revision) == ("READY", 1 if state == "READY" else 2)
    assert export.reason == ""
    assert "Bygd på nytt, Kari N." in Page(client, settlement_page(export)).text


def test_what_is_over_there_is_not_built_anew(client: Client, company: Company) -> None:
    export = a_sent_day(company)
    answer = client.post(f"{settlement_page(export)}bygg/", follow=True)
    assert "Ingenting ble gjort" in answer.content.decode()


def test_whatever_is_decided_or_seen_has_words_in_the_history() -> None:
    exporting = {action for action in ACTIONS if action.startswith("export-")}
    assert exporting - {"export-start-set"} <= WORDS.keys()


class TestTheAnswer:
    """What nobody could find out: a person has looked over there, and says whether it exists."""

    @pytest.fixture
    def held(self, on_its_way: Export, sandbox: Sandbox) -> Export:
        fails(sandbox, "lose-answer-after-commit")
        assert send.one(on_its_way.pk) == "UNCERTAIN"
        Export.objects.update(state=State.HELD)
        return on_its_way

    def test_it_exists_and_is_adopted(self, client: Client, held: Export) -> None:
        answer = client.post(f"{settlement_page(held)}finnes/", follow=True)
        assert "Utkastet er funnet i PowerOffice Go." in answer.content.decode()
        held.refresh_from_db()
        assert (held.state, bool(held.remote_id)) == ("SENT", True)

    def test_it_is_said_to_exist_but_is_not_found_and_never_sent_for_that(
        self, client: Client, held: Export, sandbox: Sandbox
    ) -> None:
        (draft,) = sandbox.drafts
        sandbox.delete(draft["id"])
        answer = client.post(f"{settlement_page(held)}finnes/", follow=True)
        assert "Vi fant ikke utkastet." in answer.content.decode()
        held.refresh_from_db()
        assert (held.state, held.found_issues[0].code) == ("HELD", "outcome-undecided")
        assert sandbox.drafts == []

    def test_it_does_not_exist_and_is_looked_for_before_it_is_sent(
        self, client: Client, held: Export, sandbox: Sandbox
    ) -> None:
        client.post(f"{settlement_page(held)}kontroller/")
        tasks.tick()
        held.refresh_from_db()
        assert held.state == "SENT"  # it was there all the same
        assert len(sandbox.drafts) == 1
