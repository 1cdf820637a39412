"""A look is taken by one, counts only in its time, and is overtaken without harm."""

from datetime import timedelta

import pytest

from integrations.exports import outbox
from integrations.exports.models import Export
from integrations.exports.states import CannotLook, Found, NotFound, Trace, Unknown
from tests import build
from tests.build import NOW

S = timedelta(seconds=1)


@pytest.fixture
def export(company) -> Export:
    return build.a_ready_export(company)


def in_doubt(export: Export) -> Export:
    """The export after a send that nobody knows the end of, at NOW."""
    outbox.finish(outbox.claim(export.pk, NOW), Unknown(), NOW)
    export.refresh_from_db()
    return export


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
