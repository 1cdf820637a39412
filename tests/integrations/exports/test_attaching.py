"""The Z report goes on the draft after the send, as its own step: nothing is sent twice for its sake."""

import hashlib

import pytest

from integrations.exports import attaching, send, tasks, withdrawing
from integrations.exports.models import Attempt, Export
from integrations.exports.pages import z_report
from integrations.exports.states import Sent
from tests import build
from tests.integrations.exports.journey import GAP, fails, state
from tests.sandbox import CREATE, Sandbox

pytestmark = pytest.mark.django_db
PAGES = "POST /JournalEntryVouchers/{id}/VoucherPages"
DRAFT = "GET /JournalEntryVouchers/ManualJournals/{id}"


@pytest.fixture
def export(on_its_way) -> Export:
    """Sent, and without its document yet."""
    assert send.one(on_its_way.pk) == "SENT"
    on_its_way.refresh_from_db()
    return on_its_way


def test_the_document_lies_on_the_draft_after_the_tick_that_sent_it(on_its_way, sandbox: Sandbox):
    tasks.tick()
    on_its_way.refresh_from_db()
    (draft,) = sandbox.drafts
    (page,) = draft["attachments"]
    content = z_report.for_voucher(on_its_way)
    assert page["sha256"] == hashlib.sha256(content).hexdigest()
    assert (page["name"], page["type"]) == ("2026-11-23 Z 1 kasse 1.pdf", "application/pdf")
    assert on_its_way.has_document
    assert sandbox.answers(PAGES).total() == 1  # and one call to make the draft
    assert sandbox.answers(CREATE).total() == 1


@pytest.mark.parametrize(
    ("fault", "kept"),
    [
        ("lose-answer-after-commit", 1),
        ("lose-answer-before-commit", 0),
        ("500-after-commit", 1),
        ("500-before-commit", 0),
        ("429", 0),
        ("revoked-right", 0),
    ],
)
def test_whatever_fails_the_export_stays_sent_and_one_document_comes(
    export, sandbox, later, fault, kept
):
    fails(sandbox, fault, PAGES)
    assert not attaching.one(export.pk)
    (draft,) = sandbox.drafts
    assert draft["pages"] == kept
    assert (state(export), export.has_document) == ("SENT", False)
    later(GAP)
    assert attaching.drain() == 1
    (draft,) = sandbox.drafts
    assert draft["pages"] == 1
    assert state(export) == "SENT"
    assert export.has_document


def test_a_crash_in_the_middle_is_looked_up_before_it_is_done_again(export, sandbox, later, now):
    attaching._take(export.pk, now())
    assert attaching.drain() == 0  # its lease still runs
    later(121)
    assert attaching.drain() == 1
    rows = export.attempts.filter(purpose=Attempt.ATTACH).order_by("pk")
    assert list(rows.values_list("outcome", flat=True)) == ["crashed", "Attached"]
    assert sandbox.answers(DRAFT).total() == 1
    assert Attempt.objects.filter(finished_at=None).count() == 0


def test_it_gives_up_at_last_and_a_person_lets_it_try_once_more(export, sandbox, later, client):
    fails(sandbox, "500-before-commit", PAGES, times=8)
    for _ in range(9):
        attaching.drain()
        later(3600)
    export.refresh_from_db()
    assert (export.state, export.attach_tries, export.lacks_document) == ("SENT", 8, True)
    client.force_login(build.a_manager(export.company))
    page = f"/s/{export.company.org_no}/oppgjor/{export.settlement_id}/"
    assert "Z-rapporten ligger ikke ved bilaget" in client.get(page).content.decode()
    client.post(f"{page}z-rapport/legg-ved/")
    assert attaching.drain() == 1
    assert "Den ligger ved bilaget i PowerOffice Go." in client.get(page).content.decode()


def test_a_posted_draft_takes_none_and_is_not_asked_again(export, sandbox):
    sandbox.post(export.remote_id)
    assert attaching.drain() == 0
    export.refresh_from_db()
    assert export.lacks_document
    assert attaching.drain() == 0
    assert sandbox.answers(PAGES) == {409: 1}


def test_a_draft_that_is_being_withdrawn_gets_none_and_the_new_one_its_own(export, sandbox):
    assert attaching.drain() == 1
    export.refresh_from_db()
    assert withdrawing.ask(export, build.a_manager(export.company))
    assert not attaching.lacking().exists()
    tasks.tick()
    (draft,) = sandbox.drafts
    export.refresh_from_db()
    assert (export.revision, draft["pages"], export.attached_to) == (2, 1, draft["id"])


def test_nothing_is_attached_while_exporting_is_paused(far):
    export = build.ended(build.a_ready_export(build.a_company()), Sent("draft-1"))
    connection = export.company.connections.get()
    connection.paused, connection.pause_reason = True, "Ferie"
    connection.save()
    assert not attaching.lacking().exists()
