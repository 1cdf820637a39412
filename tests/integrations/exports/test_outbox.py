"""Claim, finish and look: what may be taken, by whom, and what a late answer may still change."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from integrations.exports import outbox, send
from integrations.exports.models import Attempt, Export, ExportStart
from integrations.exports.states import NotFound, NotSent, Sent, Trace, Unknown
from tests import build
from tests.build import DAY, NOW

S = timedelta(seconds=1)


@pytest.fixture
def export(company) -> Export:
    return build.a_ready_export(company)


class TestClaim:
    def test_it_becomes_ours_for_a_lease_with_its_attempt_written_down(self, export, settings):
        settings.EXPORT_LEASE_S = 120

        claim = outbox.claim(export.pk, NOW)

        export.refresh_from_db()
        assert (export.state, export.lease_until) == ("SENDING", NOW + 120 * S)
        attempt = export.attempts.get()
        assert (attempt.purpose, attempt.started_at) == (Attempt.SEND, NOW)
        assert attempt.lease == export.lease == claim.attempt.lease
        assert attempt.finished_at is None

    def test_what_is_being_sent_cannot_be_taken(self, export):
        outbox.claim(export.pk, NOW)

        assert outbox.claim(export.pk, NOW) is None

    @pytest.mark.parametrize(
        "state", ["SENT", "POSTED", "UNCERTAIN", "BLOCKED", "HELD", "REMOVED", "SUPERSEDED"]
    )
    def test_only_what_is_ready_can_be_taken(self, export, state):
        Export.objects.update(state=state, remote_id="id-1")

        assert outbox.claim(export.pk, NOW) is None

    def test_nothing_is_taken_while_the_company_is_paused(self, company, export):
        company.connections.update(paused=True, pause_reason="Ferie")

        assert_untouched(export)

    def test_nothing_is_taken_without_a_connection(self, company, export):
        company.connections.all().delete()

        assert_untouched(export)

    def test_nothing_is_taken_from_a_company_that_is_switched_off(self, company, export):
        type(company).objects.update(accounting_enabled=False)

        assert_untouched(export)

    def test_nothing_is_taken_before_its_time(self, export):
        Export.objects.update(not_before=NOW + S)

        assert_untouched(export)
        assert outbox.claim(export.pk, NOW + S) is not None

    def test_nothing_is_taken_from_before_the_export_from_date(self, company):
        build.the_suggested_setup(company)
        build.a_connection(company, start=DAY)
        build.a_settlement(company, cash="10.00", sales={"31": "10.00"})
        export = build.built(company)[0]
        type(export.settlement).objects.update(created_on=F("created_on") - timedelta(days=1))

        assert_untouched(export)
        assert send.unfinished(company) == (0, None)

    def test_nothing_is_taken_where_the_export_from_date_is_another_systems(self, company):
        export = build.a_ready_export(company)
        Export.objects.update(provider="another")
        company.connections.update(provider="another")

        assert ExportStart.objects.get().provider == "poweroffice"
        assert_untouched(export)


def assert_untouched(export: Export) -> None:
    assert outbox.claim(export.pk, NOW) is None
    assert Export.objects.values_list("state", "lease").get(pk=export.pk) == ("READY", None)
    assert not Attempt.objects.exists()


class TestFinish:
    def test_the_outcome_stands_on_the_export_and_on_its_attempt(self, export):
        claim = outbox.claim(export.pk, NOW)

        state = outbox.finish(claim, Sent("id-1", Trace(201)), NOW + S)

        export.refresh_from_db()
        assert state == export.state == "SENT"
        assert (export.remote_id, export.lease, export.lease_until) == ("id-1", None, None)
        attempt = export.attempts.get()
        assert (attempt.outcome, attempt.status, attempt.finished_at) == ("Sent", 201, NOW + S)

    def test_a_send_that_failed_may_be_tried_again_with_an_attempt_of_its_own(self, export):
        outbox.finish(outbox.claim(export.pk, NOW), NotSent(), NOW)
        again = outbox.claim(export.pk, NOW + timedelta(hours=1))

        assert again is not None
        assert export.attempts.count() == 2

    def test_what_they_said_is_kept_but_not_without_end(self, export):
        outbox.finish(outbox.claim(export.pk, NOW), Unknown(Trace(500, "x" * 900)), NOW)

        assert Attempt.objects.get().problem == "x" * 500

    @pytest.mark.parametrize("outcome", [Sent("late"), NotSent(), Unknown()])
    def test_a_frozen_workers_late_outcome_changes_nothing(self, export, settings, outcome):
        settings.EXPORT_LEASE_S = 120
        frozen = outbox.claim(export.pk, NOW)
        outbox.release_stale(NOW + 121 * S)
        before = Export.objects.values().get()
        closed = Attempt.objects.values().get()

        assert outbox.finish(frozen, outcome, NOW + 122 * S) is None
        assert Export.objects.values().get() == before
        assert Attempt.objects.values().get() == closed
        assert (before["state"], closed["outcome"]) == ("UNCERTAIN", "crashed")

    def test_not_even_when_another_worker_is_sending_it_by_then(self, export):
        frozen = outbox.claim(export.pk, NOW)
        outbox.release_stale(NOW + timedelta(hours=1))
        Export.objects.update(state="READY", not_before=None)
        second = outbox.claim(export.pk, NOW + timedelta(hours=2))

        assert outbox.finish(frozen, Sent("late"), NOW + timedelta(hours=2)) is None
        export.refresh_from_db()
        assert (export.state, export.lease) == ("SENDING", second.attempt.lease)
        assert export.remote_id is None
        assert second.attempt.__class__.objects.get(pk=second.attempt.pk).finished_at is None

    def test_a_worker_may_write_only_while_it_is_over_in_time(self, export, settings):
        settings.EXPORT_LEASE_S, settings.EXPORT_DEADLINE_S = 120, 30
        claim = outbox.claim(export.pk, NOW)

        assert claim.may_write(NOW + 90 * S)
        assert not claim.may_write(NOW + 90.001 * S)

    def test_a_short_lease_shortens_the_deadline_with_it(self, settings):
        settings.EXPORT_LEASE_S, settings.EXPORT_DEADLINE_S = 3, 30

        assert outbox.pace().deadline == 2 * S


class TestStaleLease:
    def test_a_lease_that_ran_out_is_a_question_not_a_no(self, export, settings):
        settings.EXPORT_LEASE_S, settings.EXPORT_QUIET_S = 120, 900
        outbox.claim(export.pk, NOW)

        assert outbox.release_stale(NOW + 120 * S) == 0
        assert outbox.release_stale(NOW + 121 * S) == 1

        export.refresh_from_db()
        assert (export.state, export.lease, export.probes) == ("UNCERTAIN", None, 0)
        assert export.doubted_at == NOW + 121 * S
        assert export.not_before == NOW + (121 + 900) * S
        assert export.attempts.get().outcome == "crashed"

    def test_it_is_released_once(self, export):
        outbox.claim(export.pk, NOW)
        later = NOW + timedelta(hours=1)

        assert [outbox.release_stale(later), outbox.release_stale(later)] == [1, 0]


class TestMark:
    def test_the_same_document_has_the_same_mark_for_every_retry(self):
        mark = outbox.mark_of("923456783", "settlement||1|14", 0, 1)

        assert mark == outbox.mark_of("923456783", "settlement||1|14", 0, 1)
        assert len(mark) == 8
        assert set(mark) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    @pytest.mark.parametrize(
        "other",
        [
            ("999999999", "settlement||1|14", 0, 1),
            ("923456783", "settlement||2|14", 0, 1),
            ("923456783", "settlement||1|14", 1, 1),
            ("923456783", "settlement||1|14", 0, 2),
        ],
    )
    def test_anything_else_has_another(self, other):
        assert outbox.mark_of(*other) != outbox.mark_of("923456783", "settlement||1|14", 0, 1)


class TestOrder:
    """Two transactions that lock the same rows in another order wait for each other for ever."""

    @pytest.fixture
    def written(self):
        """The tables that were written, in their order."""
        tables: list[str] = []

        def listen(execute, sql, params, many, context):
            if sql.startswith("UPDATE"):
                tables.append(sql.split('"')[1])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            yield tables

    def test_a_sends_end_is_written_on_the_export_before_its_attempt(self, export, written):
        claim = outbox.claim(export.pk, NOW)
        written.clear()

        outbox.finish(claim, Unknown(), NOW)

        assert written == ["exports_export", "exports_attempt"]

    def test_so_is_a_lease_that_ran_out_and_a_look(self, export, written):
        outbox.claim(export.pk, NOW)
        written.clear()

        outbox.release_stale(NOW + timedelta(days=1))
        look = outbox.take_look(export.pk, NOW + timedelta(days=1))
        outbox.finish_look(look, NotFound(), NOW + timedelta(days=1))

        released, taken, ended = written[:2], written[2:3], written[3:]
        assert released == ended == ["exports_export", "exports_attempt"]
        assert taken == ["exports_export"]
