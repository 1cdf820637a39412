"""Our own draft is withdrawn before it is built anew: whatever fails in between, never two at once."""

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.records import save_setup
from integrations.exports import send, tasks, withdrawing
from integrations.exports.models import Attempt, Export
from tests import build
from tests.integrations.exports.journey import codes, fails, outcomes, state
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db
DELETE = "DELETE /JournalEntryVouchers/{id}"
FOOD = RuleKey(Role.SALES, vat_code="31")


@pytest.fixture
def export(on_its_way) -> Export:
    """Sent, and then asked back."""
    assert send.one(on_its_way.pk) == "SENT"
    on_its_way.refresh_from_db()
    assert withdrawing.ask(on_its_way, build.a_manager(on_its_way.company))
    on_its_way.refresh_from_db()
    return on_its_way


def test_the_draft_is_deleted_and_built_anew_with_the_mended_setup(export, sandbox: Sandbox):
    (first,) = sandbox.drafts
    save_setup(export.company, None, {FOOD: Rule("3040", "31")})
    tasks.tick()
    (draft,) = sandbox.drafts
    assert draft["id"] != first["id"]
    assert "3040" in {line["account"] for line in draft["lines"]}
    assert (state(export), export.revision, export.remote_id) == ("SENT", 2, draft["id"])
    assert outcomes(export) == ["Sent", "Withdrawn", "Sent"]


def test_what_is_posted_meanwhile_stays(export, sandbox):
    sandbox.post(export.remote_id)
    withdrawing.one(export.pk)
    assert codes(export) == ["draft-kept"]
    assert (export.state, export.withdraw_at, export.revision) == ("SENT", None, 1)
    tasks.tick()
    assert state(export) == "POSTED"


def test_what_is_deleted_already_is_done(export, sandbox):
    sandbox.delete(export.remote_id)
    tasks.tick()
    assert len(sandbox.drafts) == 1
    assert (state(export), export.revision) == ("SENT", 2)


@pytest.mark.parametrize(
    "fault", ["lose-answer-after-commit", "lose-answer-before-commit", "500-after-commit", "429"]
)
def test_when_nobody_knows_it_is_tried_again_and_nothing_is_sent_before(
    export, sandbox, later, fault
):
    fails(sandbox, fault, DELETE)
    tasks.tick()
    assert (state(export), export.revision) == ("SENT", 1)
    assert len(sandbox.drafts) <= 1
    later(120)
    tasks.tick()
    assert len(sandbox.drafts) == 1
    assert (state(export), export.revision) == ("SENT", 2)


def test_a_crash_in_the_middle_is_made_up_for(export, sandbox, later):
    withdrawing._take(export.pk, export.withdraw_at)
    tasks.tick()
    assert len(sandbox.drafts) == 1  # its lease still runs
    later(121)
    tasks.tick()
    assert (state(export), export.revision) == ("SENT", 2)
    assert Attempt.objects.filter(export=export, finished_at=None).count() == 0
    assert outcomes(export) == ["Sent", "crashed", "Withdrawn", "Sent"]


def test_without_the_right_a_person_must_act_first(export, sandbox):
    fails(sandbox, "revoked-right", DELETE)
    withdrawing.one(export.pk)
    assert codes(export) == ["privilege-missing"]
    assert (export.state, export.withdraw_at) == ("SENT", None)


def test_only_an_unposted_draft_can_be_asked_back(far, company):
    ready = build.a_ready_export(company)
    manager = build.a_manager(company)
    assert not withdrawing.ask(ready, manager)
    send.drain()
    ready.refresh_from_db()
    assert withdrawing.ask(ready, manager)
    assert not withdrawing.ask(ready, manager)
