"""The provider against the sandbox process: sent once, and stopped with a way out."""

import time
from datetime import timedelta

import pytest

from backoffice.embedded import new_field_key
from integrations.exports.models import Connection
from integrations.exports.states import Blocked, CannotLook, NotSent, Sent, Unknown
from integrations.poweroffice.provider import PowerOffice
from tests.integrations.poweroffice.build import MARK, a_fault, a_journal, always, never

pytestmark = pytest.mark.django_db


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

    @pytest.mark.parametrize(("fault", "seconds"), [("slow", 0.6), ("trickle", 0.1)])
    def test_an_answer_that_takes_too_long_is_unknown_and_may_be_committed_late(
        self, provider, sandbox, settings, fault, seconds
    ):
        settings.EXPORT_DEADLINE_S = 0.3
        sandbox.faults(a_fault(fault, seconds=seconds))
        begun = time.monotonic()

        outcome = provider.send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Unknown)
        assert time.monotonic() - begun < 0.6
        while not sandbox.drafts:
            assert time.monotonic() - begun < 5
            time.sleep(0.05)

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

    def test_keys_that_cannot_be_read_stop_with_the_way_to_enter_them(self, connection, settings):
        settings.FIELD_KEYS = [new_field_key()]
        connection.refresh_from_db()

        outcome = PowerOffice(connection).send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Blocked)
        (issue,) = outcome.issues
        assert (issue.code, issue.fix.params) == ("keys-unreadable", (("felt", "application_key"),))
        assert isinstance(
            PowerOffice(connection).look_for(a_journal(), MARK, connection.connected_at), CannotLook
        )

    def test_live_is_never_spoken_with_from_here(self, connection):
        Connection.objects.filter(pk=connection.pk).update(environment="live")
        connection.refresh_from_db()

        outcome = PowerOffice(connection).send_journal(a_journal(), MARK, always)

        assert isinstance(outcome, Blocked)
        assert [issue.code for issue in outcome.issues] == ["environment-not-allowed"]
        assert isinstance(
            PowerOffice(connection).look_for(a_journal(), MARK, connection.connected_at), CannotLook
        )
