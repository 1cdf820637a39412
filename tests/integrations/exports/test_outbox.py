"""Claim, finish and look: what may be taken, by whom, and what a late answer may still change."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from integrations.exports import outbox, send
from integrations.exports.models import Attempt, Export, ExportStart
from integrations.exports.states import CannotLook, Found, NotFound, NotSent, Sent, Trace, Unknown
from tests import build
from tests.build import DAY, NOW

S = timedelta(seconds=1)


@pytest.fixture
def export(company) -> Export:
    return build.a_ready_export(company)


def in_doubt(export: Export) -> Export:
    """The export after a send that nobody knows the end of, at NOW."""
    outbox.finish(outbox.claim(export.pk, NOW), Unknown(), NOW)
    export.refresh_from_db()
    return export


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
        company.connections.update(paused=True)

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


class TestLook:
    def test_a_look_before_its_time_is_taken_but_leaves_the_quiet_window_as_it_was(self, export):
        due = in_doubt(export).not_before

        look = outbox.take_look(export.pk, NOW + S)

        assert outbox.finish_look(look, NotFound(), NOW + 2 * S) == "UNCERTAIN"
        export.refresh_from_db()
        assert (export.not_before, export.probes) == (due, 0)

    def test_a_look_that_began_too_early_never_counts_though_it_ended_in_time(self, export):
        due = in_doubt(export).not_before

        look = outbox.take_look(export.pk, due - S)

        outbox.finish_look(look, NotFound(), due + S)
        export.refresh_from_db()
        assert export.probes == 0

    def test_two_clean_looks_in_their_time_free_it(self, export):
        first = in_doubt(export).not_before
        outbox.finish_look(outbox.take_look(export.pk, first), NotFound(), first)
        export.refresh_from_db()
        second = export.not_before

        assert outbox.take_look(export.pk, second) is not None
        assert export.probes == 1

    def test_one_looks_at_a_time_and_the_others_answer_is_not_asked_for(self, export):
        due = in_doubt(export).not_before
        outbox.take_look(export.pk, due)

        assert not outbox.uncertain(due).exists()

    def test_a_look_that_another_has_overtaken_changes_nothing(self, export):
        due = in_doubt(export).not_before
        slow = outbox.take_look(export.pk, due)
        outbox.finish_look(outbox.take_look(export.pk, due + S), Found(("id-1",)), due + S)

        assert outbox.finish_look(slow, NotFound(), due + 2 * S) is None
        export.refresh_from_db()
        assert (export.state, export.remote_id) == ("SENT", "id-1")

    def test_a_look_that_crashed_is_taken_over_when_its_hold_is_over(self, export, settings):
        settings.EXPORT_LEASE_S = 120
        due = in_doubt(export).not_before
        outbox.take_look(export.pk, due)

        later = due + 120 * S
        assert outbox.uncertain(later).count() == 1
        assert outbox.take_look(export.pk, later) is not None
        assert list(
            export.attempts.filter(purpose="look").order_by("pk").values_list("outcome", flat=True)
        ) == ["crashed", ""]

    def test_what_cannot_be_looked_for_is_held_after_a_day(self, export, settings):
        settings.EXPORT_GIVE_UP_S = 86_400
        in_doubt(export)
        much_later = NOW + timedelta(days=1)

        look = outbox.take_look(export.pk, much_later)

        assert outbox.finish_look(look, CannotLook(Trace(503)), much_later) == "HELD"
        export.refresh_from_db()
        assert [i.code for i in export.found_issues] == ["outcome-undecided"]

    @pytest.mark.parametrize("state", ["READY", "BLOCKED", "HELD", "LEFT_OUT"])
    def test_only_a_doubt_is_looked_for(self, export, state):
        Export.objects.update(state=state, reason="x")

        assert outbox.take_look(export.pk, NOW) is None

    def test_drafts_are_looked_for_from_the_first_send_of_this_revision_on(self, export):
        in_doubt(export)
        Export.objects.update(state="READY", not_before=None)
        later = NOW + timedelta(hours=3)
        outbox.finish(outbox.claim(export.pk, later), Unknown(), later)

        assert outbox.take_look(export.pk, later).since == NOW


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


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize("state", ["SENT", "POSTED"])
    def test_what_arrived_without_an_id(self, export, state):
        self.refused("export_arrived_has_remote_id", state=state)

    def test_sending_without_a_lease(self, export):
        self.refused("export_sending_has_lease", state="SENDING")

    def test_a_lease_without_sending(self, export):
        self.refused("export_sending_has_lease", lease_until=NOW)

    def test_leaving_out_without_a_reason(self, export):
        self.refused("export_left_out_has_reason", state="LEFT_OUT")

    def test_two_exports_of_one_document(self, export):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.bulk_create([_copy(export)])

    def test_one_remote_id_twice_in_a_company(self, export):
        Export.objects.update(state="SENT", remote_id="id-1")
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.bulk_create([_copy(export, document="another", remote_id="id-1")])

    def test_two_open_attempts_of_one_export(self, export):
        claim = outbox.claim(export.pk, NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                export=claim.export, purpose=Attempt.SEND, revision=1, started_at=NOW
            )

    def refused(self, constraint: str, **columns) -> None:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Export.objects.update(**columns)


def _copy(export: Export, **columns) -> Export:
    values = {f.attname: getattr(export, f.attname) for f in export._meta.concrete_fields}
    return Export(**{**values, "id": None, **columns})
