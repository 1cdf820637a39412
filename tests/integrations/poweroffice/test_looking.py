"""What nobody knows is looked for in the sandbox process: found, not there, or not for us to say."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from integrations.exports.states import CannotLook, Found, NotFound
from integrations.poweroffice.provider import PowerOffice
from tests.integrations.poweroffice.build import MARK, a_fault, a_journal, always

LIST = "GET /JournalEntryVouchers"
DETAIL = "GET /JournalEntryVouchers/ManualJournals/{id}"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class TestLooking:
    def test_a_draft_whose_answer_was_lost_is_found(self, provider, sandbox):
        sandbox.faults(a_fault("lose-answer-after-commit"))
        provider.send_journal(a_journal(), MARK, always)

        probe = provider.look_for(a_journal(), MARK, SINCE)

        assert probe == Found((sandbox.drafts[0]["id"],))

    def test_a_draft_that_was_posted_meanwhile_is_found(self, provider, sandbox):
        sent = provider.send_journal(a_journal(), MARK, always)
        sandbox.post(sent.remote_id)

        assert provider.look_for(a_journal(), MARK, SINCE) == Found((sent.remote_id,))

    def test_what_never_arrived_is_not_found(self, provider, sandbox):
        sandbox.faults(a_fault("500-before-commit"))
        provider.send_journal(a_journal(), MARK, always)

        assert provider.look_for(a_journal(), MARK, SINCE) == NotFound()

    def test_all_copies_are_found_oldest_first(self, provider):
        ids = [provider.send_journal(a_journal(), MARK, always).remote_id for _ in range(3)]

        assert provider.look_for(a_journal(), MARK, SINCE) == Found(tuple(ids))

    def test_drafts_with_other_marks_are_not_ours(self, provider):
        provider.send_journal(a_journal(), "AAAAAAAA", always)

        assert provider.look_for(a_journal(), MARK, SINCE) == NotFound()

    def test_drafts_that_are_other_exports_are_not_read(self, connection, provider, sandbox):
        sent = provider.send_journal(a_journal(), MARK, always)
        before = sandbox.state()["call_count"]

        looking = PowerOffice(connection, known=lambda: {sent.remote_id})

        assert looking.look_for(a_journal(), MARK, SINCE) == NotFound()
        assert sandbox.state()["call_count"] == before + 1

    def test_a_draft_made_before_the_attempt_is_not_looked_at(self, provider):
        provider.send_journal(a_journal(), MARK, always)
        later = datetime.now().astimezone() + timedelta(minutes=3)  # noqa: TID251

        assert provider.look_for(a_journal(), MARK, later) == NotFound()

    def test_a_draft_with_our_mark_but_another_sum_is_for_a_person(self, provider, sandbox):
        sandbox.faults(a_fault("altered-line"))
        provider.send_journal(a_journal(), MARK, always)

        probe = provider.look_for(a_journal(), MARK, SINCE)

        assert isinstance(probe, CannotLook)
        assert "another date or sum" in probe.trace.problem

    def test_a_draft_that_was_deleted_since_the_list_is_skipped(self, connection, sandbox):
        provider = PowerOffice(connection)
        gone, kept = (provider.send_journal(a_journal(), MARK, always).remote_id for _ in range(2))

        def known() -> set[str]:
            sandbox.delete(gone)  # after the list was fetched, before the drafts are read
            return set()

        assert PowerOffice(connection, known).look_for(a_journal(), MARK, SINCE) == Found((kept,))

    def test_a_draft_that_cannot_be_read_hides_not_the_one_that_is_ours(self, provider, sandbox):
        provider.send_journal(a_journal(), "AAAAAAAA", always)
        ours = provider.send_journal(a_journal(), MARK, always).remote_id
        sandbox.faults(a_fault("500-before-commit", call=DETAIL, times=1))

        assert provider.look_for(a_journal(), MARK, SINCE) == Found((ours,))

    def test_where_a_draft_cannot_be_read_nothing_is_taken_for_absent(self, provider, sandbox):
        provider.send_journal(a_journal(), "AAAAAAAA", always)
        provider.send_journal(a_journal(), "BBBBBBBB", always)
        sandbox.faults(a_fault("500-before-commit", call=DETAIL, times=1))

        assert isinstance(provider.look_for(a_journal(), MARK, SINCE), CannotLook)

    def test_many_looks_in_one_pass_read_every_draft_once(self, provider, sandbox):
        marks = ["AAAAAAAA", "BBBBBBBB", MARK]
        for mark in marks:
            provider.send_journal(a_journal(), mark, always)
        before = sandbox.state()["call_count"]

        assert all(isinstance(provider.look_for(a_journal(), m, SINCE), Found) for m in marks)

        lists, drafts = len(marks), len(marks)
        assert sandbox.state()["call_count"] == before + lists + drafts

    @pytest.mark.parametrize("call", [LIST, DETAIL])
    @pytest.mark.parametrize("fault", ["500-before-commit", "429", "revoked-right", "cut-body"])
    def test_an_answer_that_is_not_whole_is_no_look(self, provider, sandbox, call, fault):
        provider.send_journal(a_journal(), MARK, always)
        sandbox.faults(a_fault(fault, call=call))

        probe = provider.look_for(a_journal(), MARK, SINCE)

        assert isinstance(probe, CannotLook)
        assert "another date or sum" not in probe.trace.problem


def test_a_call_is_one_line_of_the_log_without_id_query_or_key(provider, caplog):
    ours = provider.send_journal(a_journal(), MARK, always).remote_id
    caplog.set_level(logging.INFO)

    provider.look_for(a_journal(), MARK, SINCE)

    told = [record for record in caplog.records if record.message == "call"]
    assert [(r.method, r.path.partition("/Journal")[2], r.status) for r in told] == [
        ("GET", "EntryVouchers", 200),
        ("GET", "EntryVouchers/ManualJournals/{id}", 200),
    ]
    assert ours not in str([vars(record) for record in told])
