"""The provider against the sandbox process: sent once, found again, and stopped with a way out."""

from datetime import datetime, timedelta

import pytest

from accounting.books import queries as books
from accounting.company.models import Company
from accounting.company.records import create_company
from integrations.exports.models import Connection
from integrations.exports.states import (
    Blocked,
    CannotLook,
    Found,
    NotFound,
    NotSent,
    Sent,
    Unknown,
)
from integrations.poweroffice import connect
from integrations.poweroffice.provider import PowerOffice
from tests.integrations.poweroffice.build import MARK, a_journal, always, never
from tests.sandbox import CREATE, Sandbox

LIST = "GET /JournalEntryVouchers"
DETAIL = "GET /JournalEntryVouchers/ManualJournals/{id}"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towards_the_sandbox(settings, sandbox: Sandbox) -> None:
    settings.POWEROFFICE_SANDBOX_URL = sandbox.url
    settings.EXPORT_CALLS_PER_SECOND = 0


@pytest.fixture
def company() -> Company:
    return create_company("923609016", "Fjordkaffe AS")


@pytest.fixture
def connection(company: Company) -> Connection:
    """A company that is connected to the sandbox, with its chart fetched."""
    found = connect.connect(company, "sandbox", "an-application", "a-client", "a-subscription")
    connect.fetch_chart(found)
    return found


@pytest.fixture
def provider(connection: Connection) -> PowerOffice:
    return PowerOffice(connection)


@pytest.fixture
def since() -> datetime:
    return datetime.fromtimestamp(0).astimezone() + timedelta(days=2)


def a_fault(fault: str, call: str = CREATE, **more) -> list[dict]:
    return [{"call": call, "fault": fault, **more}]


class TestSending:
    def test_a_journal_becomes_one_draft_to_the_last_ore(self, provider, sandbox):
        outcome = provider.send_journal(a_journal(), MARK, always)

        (draft,) = sandbox.drafts
        assert outcome == Sent(draft["id"], outcome.trace)
        assert draft["description"] == "Dagsoppgjør Sentrum 23.11.2026 Z 14 [K7F39QXD]"
        assert draft["voucher_date"] == "2026-11-23"
        assert (draft["debit"], draft["credit"]) == ("514.20", "514.20")
        assert [
            (line["account"], line["side"], line["amount"], line["vat_code"])
            for line in draft["lines"]
        ] == [
            ("1900", "debit", "295.00", "0"),
            ("1901", "debit", "218.80", "0"),
            ("7740", "debit", "0.40", "0"),
            ("3030", "credit", "102.80", "31"),
            ("3020", "credit", "232.00", "3"),
            ("3010", "credit", "179.40", "3"),
        ]
        assert {line["posting_date"] for line in draft["lines"]} == {"2026-11-23"}

    def test_the_department_is_theirs(self, provider, sandbox):
        provider.send_journal(a_journal(department_code="1"), MARK, always)

        (draft,) = sandbox.drafts
        assert draft["department"] == "1"
        assert {line["department"] for line in draft["lines"]} == {"1"}

    def test_nothing_is_written_when_the_lease_has_run_out(self, provider, sandbox):
        outcome = provider.send_journal(a_journal(), MARK, never)

        assert isinstance(outcome, NotSent)
        assert not outcome.counts
        assert not sandbox.drafts

    @pytest.mark.parametrize(
        ("fault", "drafts"),
        [
            ("lose-answer-after-commit", 1),
            ("lose-answer-before-commit", 0),
            ("500-after-commit", 1),
            ("500-before-commit", 0),
            ("cut-body", 1),
            ("unreadable", 1),
            ("redirect", 0),
        ],
    )
    def test_an_answer_that_proves_nothing_is_unknown_and_not_sent_twice(
        self, provider, sandbox, fault, drafts
    ):
        sandbox.faults(a_fault(fault))

        outcome = provider.send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Unknown)
        assert len(sandbox.drafts) == drafts

    @pytest.mark.parametrize("fault", ["slow", "trickle"])
    def test_an_answer_that_takes_too_long_is_unknown(self, provider, sandbox, settings, fault):
        settings.EXPORT_DEADLINE_S = 1
        sandbox.faults(a_fault(fault, seconds=2))

        assert isinstance(provider.send_journal(a_journal(), MARK, always), Unknown)

    def test_an_expired_token_is_renewed_within_the_same_send(self, provider, sandbox):
        sandbox.faults(a_fault("expired-token", times=1))

        assert isinstance(provider.send_journal(a_journal(), MARK, always), Sent)
        assert len(sandbox.drafts) == 1

    def test_a_key_that_no_longer_opens_stops_it(self, provider, sandbox):
        sandbox.faults(a_fault("expired-token"))

        outcome = provider.send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Blocked)
        assert [issue.code for issue in outcome.issues] == ["key-refused"]

    def test_a_right_that_was_taken_away_stops_it_until_it_is_given_back(self, provider, sandbox):
        sandbox.faults(a_fault("revoked-right"))
        outcome = provider.send_journal(a_journal(), MARK, always)
        assert isinstance(outcome, Blocked)
        assert [issue.code for issue in outcome.issues] == ["privilege-missing"]

        sandbox.faults([])
        assert isinstance(provider.send_journal(a_journal(), MARK, always), Sent)

    def test_too_many_calls_is_a_wait_that_does_not_count(self, provider, sandbox):
        sandbox.faults(a_fault("429", seconds=3))

        outcome = provider.send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, NotSent)
        assert (outcome.wait, outcome.counts) == (timedelta(seconds=3), False)

    def test_a_far_side_that_is_not_there_is_a_certain_no(self, connection, settings):
        settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"

        outcome = PowerOffice(connection).send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, NotSent)
        assert outcome.counts

    def test_an_account_that_left_their_chart_is_mended_in_the_setup(self, provider, company):
        company.chart_accounts.filter(number="3030").update(remote_key="4711")

        outcome = provider.send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Blocked)
        assert [(i.code, i.subject) for i in outcome.issues] == [("account-not-in-chart", "3030")]

    def test_live_is_never_spoken_with_from_here(self, connection, settings, sandbox):
        Connection.objects.filter(pk=connection.pk).update(environment="live")
        connection.refresh_from_db()

        outcome = PowerOffice(connection).send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Blocked)
        assert [issue.code for issue in outcome.issues] == ["environment-not-allowed"]
        assert isinstance(
            PowerOffice(connection).look_for(a_journal(), MARK, connection.connected_at), CannotLook
        )


class TestLooking:
    def test_a_draft_whose_answer_was_lost_is_found(self, provider, sandbox, since):
        sandbox.faults(a_fault("lose-answer-after-commit"))
        provider.send_journal(a_journal(), MARK, always)

        probe = provider.look_for(a_journal(), MARK, since)

        assert probe == Found((sandbox.drafts[0]["id"],))

    def test_a_draft_that_was_posted_meanwhile_is_found(self, provider, sandbox, since):
        sent = provider.send_journal(a_journal(), MARK, always)
        sandbox.post(sent.remote_id)

        assert provider.look_for(a_journal(), MARK, since) == Found((sent.remote_id,))

    def test_what_never_arrived_is_not_found(self, provider, sandbox, since):
        sandbox.faults(a_fault("500-before-commit"))
        provider.send_journal(a_journal(), MARK, always)

        assert provider.look_for(a_journal(), MARK, since) == NotFound()

    def test_all_copies_are_found_oldest_first(self, provider, since):
        ids = [provider.send_journal(a_journal(), MARK, always).remote_id for _ in range(3)]

        assert provider.look_for(a_journal(), MARK, since) == Found(tuple(ids))

    def test_drafts_with_other_marks_are_not_ours(self, provider, since):
        provider.send_journal(a_journal(), "AAAAAAAA", always)

        assert provider.look_for(a_journal(), MARK, since) == NotFound()

    def test_drafts_that_are_other_exports_are_not_read(self, connection, provider, sandbox, since):
        sent = provider.send_journal(a_journal(), MARK, always)
        before = sandbox.state()["call_count"]

        looking = PowerOffice(connection, known=lambda: {sent.remote_id})

        assert looking.look_for(a_journal(), MARK, since) == NotFound()
        assert sandbox.state()["call_count"] == before + 1

    def test_a_draft_made_before_the_attempt_is_not_looked_at(self, provider):
        provider.send_journal(a_journal(), MARK, always)
        later = datetime.now().astimezone() + timedelta(minutes=3)  # noqa: TID251

        assert provider.look_for(a_journal(), MARK, later) == NotFound()

    def test_a_draft_with_our_mark_but_another_sum_is_for_a_person(self, provider, sandbox, since):
        sandbox.faults(a_fault("altered-line"))
        provider.send_journal(a_journal(), MARK, always)

        assert isinstance(provider.look_for(a_journal(), MARK, since), CannotLook)

    def test_a_draft_that_was_deleted_since_the_list_is_skipped(self, connection, sandbox, since):
        provider = PowerOffice(connection)
        gone, kept = (provider.send_journal(a_journal(), MARK, always).remote_id for _ in range(2))

        def known() -> set[str]:
            sandbox.delete(gone)  # after the list was fetched, before the drafts are read
            return set()

        assert PowerOffice(connection, known).look_for(a_journal(), MARK, since) == Found((kept,))

    @pytest.mark.parametrize("call", [LIST, DETAIL])
    @pytest.mark.parametrize("fault", ["500-before-commit", "429", "revoked-right", "cut-body"])
    def test_an_answer_that_is_not_whole_is_no_look(self, provider, sandbox, since, call, fault):
        provider.send_journal(a_journal(), MARK, always)
        sandbox.faults(a_fault(fault, call=call))

        assert isinstance(provider.look_for(a_journal(), MARK, since), CannotLook)


class TestConnecting:
    def test_the_keys_are_sealed_and_the_client_is_named(self, connection):
        assert connection.client_name == "Demo AS"
        assert connection.client_id
        assert connection.environment == "sandbox"
        assert connection.last_four == "ient"
        stored = Connection.objects.get()
        assert "a-client" not in repr(vars(stored))
        assert '"a-client"' in stored.keys.reveal()

    def test_the_chart_is_theirs(self, connection, company):
        chart = books.chart_of(company)

        assert chart.accounts["1500"].control
        assert not chart.accounts["1579"].control
        assert chart.accounts["3001"].vat_locked
        assert not chart.accounts["3002"].active
        assert chart.accounts["3005"].department_required
        assert chart.vat_codes["3"].rate == 2500
        assert chart.vat_codes["32"].rate == 1111
        assert chart.departments == {"1": "Sentrum", "2": "Torget"}
        assert Connection.objects.get().chart_fetched_at is not None

    def test_what_was_fetched_is_counted(self, connection, company):
        fetched = connect.fetch_chart(connection)

        assert fetched.accounts == company.chart_accounts.count() > 20
        assert fetched.vat_codes == company.chart_vat_codes.count() >= 10
        assert fetched.departments == 2

    @pytest.mark.parametrize(
        ("keys", "code"),
        [
            (("wrong", "a-client", "s"), "key-refused"),
            (("an-application", "wrong-client", "s"), "key-refused"),
            (("an-application", "a-client", "wrong"), "key-refused"),
        ],
    )
    def test_keys_that_do_not_open_are_not_kept(self, company, keys, code):
        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", *keys)

        assert refused.value.issue.code == code
        assert not Connection.objects.exists()

    def test_a_client_belongs_to_one_company(self, connection):
        another = create_company("974760673", "Et annet selskap AS")

        with pytest.raises(connect.ConnectRefused, match="et annet selskap her") as refused:
            connect.connect(another, "sandbox", "an-application", "a-client", "a-subscription")

        assert refused.value.issue.code == "client-at-another-company"

    def test_a_far_side_that_is_not_there_is_said(self, company, settings):
        settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:1"

        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", "a", "b", "c")

        assert refused.value.issue.code == "provider-unreachable"

    @pytest.mark.parametrize("url", ["", "http://goapi.poweroffice.net/"])
    def test_a_sandbox_that_is_not_on_this_machine_is_refused(self, company, settings, url):
        settings.POWEROFFICE_SANDBOX_URL = url

        with pytest.raises(connect.ConnectRefused) as refused:
            connect.connect(company, "sandbox", "a", "b", "c")

        assert refused.value.issue.code == "environment-not-allowed"

    @pytest.mark.parametrize(
        "call", ["GET /GeneralLedgerAccounts", "GET /VatCodes", "GET /Departments"]
    )
    def test_a_chart_that_is_not_whole_leaves_the_old_one(self, connection, company, sandbox, call):
        before = books.chart_of(company)
        sandbox.faults(a_fault("500-before-commit", call=call))

        with pytest.raises(connect.ConnectRefused) as refused:
            connect.fetch_chart(connection)

        assert refused.value.issue.code == "provider-unreachable"
        assert books.chart_of(company) == before

    def test_a_change_in_their_chart_comes_with_the_next_fetch(self, connection, company, sandbox):
        sandbox.seed({"departments": [{"code": "1", "name": "Sentrum", "active": False}]})

        connect.fetch_chart(connection)

        assert books.chart_of(company).departments == {"2": "Torget"}
