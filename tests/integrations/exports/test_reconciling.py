"""Sending and looking against the sandbox process: whatever goes wrong, one draft in the end."""

import time

import pytest

from integrations.exports import deciding, outbox, queries, reconcile, send, tasks
from integrations.exports.models import Attempt, Export
from tests import build
from tests.integrations.exports.journey import GAP, LIST, QUIET, codes, fails, outcomes, state
from tests.sandbox import CREATE, Sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(on_its_way) -> Export:
    return on_its_way


def test_a_send_that_goes_well_is_one_draft_with_our_mark(export, sandbox):
    assert send.one(export.pk) == "SENT"

    (draft,) = sandbox.drafts
    assert state(export) == "SENT"
    assert draft["id"] == export.remote_id
    assert draft["description"].endswith(f"[{export.mark}]")
    assert draft["debit"] == draft["credit"] == "295.00"


@pytest.mark.parametrize(
    "fault", ["lose-answer-after-commit", "500-after-commit", "cut-body", "unreadable"]
)
def test_what_arrived_though_the_answer_did_not_is_adopted(export, sandbox, later, fault):
    fails(sandbox, fault)
    assert send.one(export.pk) == "UNCERTAIN"

    tasks.tick()
    assert state(export) == "UNCERTAIN"  # its time has not come
    later(QUIET)
    tasks.tick()

    (draft,) = sandbox.drafts
    assert state(export) == "SENT"
    assert export.remote_id == draft["id"]
    assert outcomes(export) == ["Unknown", "Found"]


@pytest.mark.parametrize("fault", ["lose-answer-before-commit", "500-before-commit"])
def test_what_did_not_arrive_is_sent_after_two_clean_looks(export, sandbox, later, fault):
    fails(sandbox, fault)
    assert send.one(export.pk) == "UNCERTAIN"

    seen = []
    for seconds in (0, QUIET, GAP - 1, 1):
        later(seconds)
        reconcile.due()
        seen.append((state(export), export.probes))
    assert seen == [("UNCERTAIN", 0), ("UNCERTAIN", 1), ("UNCERTAIN", 1), ("READY", 0)]
    assert sandbox.drafts == []

    assert send.drain() == 1
    (draft,) = sandbox.drafts
    assert draft["description"].endswith(f"[{export.mark}]")
    assert outcomes(export) == ["Unknown", "NotFound", "NotFound", "Sent"]


def test_a_commit_that_comes_late_is_found_and_not_sent_again(export, sandbox, later):
    fails(sandbox, "commit-late", seconds=0.3)
    assert send.one(export.pk) == "UNCERTAIN"
    later(QUIET)
    reconcile.due()
    assert (state(export), export.probes) == ("UNCERTAIN", 1)  # not there yet

    _wait_for_a_draft(sandbox)
    later(GAP)
    reconcile.due()

    assert state(export) == "SENT"
    assert len(sandbox.drafts) == 1


@pytest.mark.slow
def test_an_answer_past_the_deadline_is_a_question(export, sandbox, later, settings):
    settings.EXPORT_LEASE_S, settings.EXPORT_DEADLINE_S = 3, 1
    fails(sandbox, "slow", seconds=1.5)
    begun = time.monotonic()

    assert send.one(export.pk) == "UNCERTAIN"
    assert time.monotonic() - begun < 1.5

    _wait_for_a_draft(sandbox)
    later(QUIET)
    reconcile.due()
    assert state(export) == "SENT"
    assert len(sandbox.drafts) == 1


def _wait_for_a_draft(sandbox: Sandbox) -> None:
    ends = time.monotonic() + 5
    while not sandbox.drafts:
        assert time.monotonic() < ends, "the draft never came"
        time.sleep(0.05)


def test_a_call_that_was_turned_away_waits_and_does_not_count_as_a_failure(export, sandbox, later):
    fails(sandbox, "429", seconds=7)

    assert send.one(export.pk) == "READY"
    assert state(export) == "READY"
    assert export.tries == 0
    assert 6 < (export.not_before - export.changed_at).total_seconds() <= 7
    assert send.drain() == 0
    later(7)
    assert send.drain() == 1
    assert len(sandbox.drafts) == 1


def test_a_token_that_ran_out_is_renewed_within_the_same_attempt(export, sandbox):
    fails(sandbox, "expired-token")

    assert send.one(export.pk) == "SENT"
    assert outcomes(export) == ["Sent"]
    assert len(sandbox.drafts) == 1


def test_a_key_that_is_refused_every_time_stops_for_a_person(export, sandbox):
    fails(sandbox, "expired-token", times=9)

    assert send.one(export.pk) == "BLOCKED"
    assert codes(export) == ["key-refused"]
    assert sandbox.drafts == []


def test_a_right_that_was_taken_away_stops_for_a_person(export, sandbox, company):
    fails(sandbox, "revoked-right")

    assert send.one(export.pk) == "BLOCKED"
    assert codes(export) == ["privilege-missing"]
    assert queries.causes(company)[0].exports == (export,)


def test_a_far_side_that_is_away_is_tried_again_after_the_back_off(export, sandbox, settings):
    url = settings.POWEROFFICE_SANDBOX_URL
    settings.POWEROFFICE_SANDBOX_URL = "http://127.0.0.1:9"  # nobody listens there

    assert send.one(export.pk) == "READY"
    assert state(export) == "READY"
    assert export.tries == 1
    assert round((export.not_before - export.changed_at).total_seconds()) == 60
    settings.POWEROFFICE_SANDBOX_URL = url
    assert sandbox.drafts == []


def test_a_redirect_is_not_followed(export, sandbox):
    fails(sandbox, "redirect")

    assert send.one(export.pk) == "UNCERTAIN"


def test_a_draft_that_was_changed_on_its_way_is_not_taken_for_ours(
    export, sandbox, later, settings, now
):
    """It carries the mark but another sum: parked for a person in the end, and never sent again."""
    settings.EXPORT_GIVE_UP_S = 86_400
    fails(sandbox, "altered-line")
    send.one(export.pk)
    Export.objects.filter(pk=export.pk).update(  # as if that answer had been lost
        state="UNCERTAIN", remote_id=None, doubted_at=now(), not_before=None
    )

    later(QUIET)
    reconcile.due()
    assert state(export) == "UNCERTAIN"
    later(86_400)
    reconcile.due()

    assert (state(export), codes(export)) == ("HELD", ["outcome-undecided"])
    assert len(sandbox.drafts) == 1


def test_while_nobody_answers_nothing_is_sent_again(export, sandbox, later):
    fails(sandbox, "lose-answer-before-commit")
    send.one(export.pk)
    fails(sandbox, "500-before-commit", call=LIST, times=99)

    for _ in range(4):
        later(QUIET)
        tasks.tick()

    assert (state(export), export.probes) == ("UNCERTAIN", 0)
    assert set(outcomes(export)[1:]) == {"CannotLook"}
    assert sandbox.answers(CREATE).total() == 1


def test_what_a_person_asked_about_is_looked_for_before_anything_is_sent(export, sandbox, later):
    fails(sandbox, "lose-answer-after-commit")
    send.one(export.pk)
    Export.objects.update(state="HELD")
    export.refresh_from_db()

    assert deciding.send_again(export, build.a_manager(export.company))
    tasks.tick()

    assert state(export) == "SENT"
    assert len(sandbox.drafts) == 1


def test_of_two_drafts_with_the_mark_the_oldest_is_adopted_and_the_other_told(
    export, sandbox, later
):
    fails(sandbox, "lose-answer-after-commit")
    send.one(export.pk)
    Export.objects.update(state="READY", not_before=None)
    fails(sandbox, "lose-answer-after-commit")
    send.one(export.pk)
    first = min(sandbox.drafts, key=lambda draft: draft["created"])

    later(QUIET)
    counts = reconcile.everything()

    assert (counts["adopted"], counts["surplus"]) == (1, 1)
    assert state(export) == "SENT"
    assert export.remote_id == first["id"]
    assert codes(export) == ["draft-found-twice"]


def test_a_worker_that_died_before_the_call_leaves_a_question_that_ends_in_one_draft(
    export, sandbox, later, settings, now
):
    outbox.claim(export.pk, now())  # and then it was killed

    for seconds in (121, QUIET, GAP, 1):
        later(seconds)
        tasks.tick()

    assert state(export) == "SENT"
    assert len(sandbox.drafts) == 1
    assert outcomes(export) == ["crashed", "NotFound", "NotFound", "Sent"]


def test_a_fault_of_ours_while_looking_is_logged_and_taken_over(
    export, sandbox, later, faulty, caplog
):
    Export.objects.update(state="UNCERTAIN")
    Attempt.objects.create(
        export=export, purpose="send", revision=1, started_at=build.NOW, finished_at=build.NOW
    )

    reconcile.due()

    assert state(export) == "UNCERTAIN"
    assert "failed on our side" in caplog.text
