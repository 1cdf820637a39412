"""What came too late is found in the morning: surplus drafts go, the rest is a person's."""

from datetime import datetime

import pytest

from integrations.exports import send, sweeping
from integrations.exports.models import Connection, Export
from integrations.exports.schedule import OSLO, last_sweep
from tests.integrations.exports.journey import LIST, codes, fails, outcomes, state
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((24, 2, 29), (23, 5, 45)),
        ((24, 2, 30), (24, 2, 30)),
        ((24, 5, 44), (24, 2, 30)),
        ((24, 5, 45), (24, 5, 45)),
        ((24, 23, 59), (24, 5, 45)),
    ],
)
def test_the_moments_of_the_sweep(now, expected):
    at = [datetime(2026, 11, day, h, m, tzinfo=OSLO) for day, h, m in (now, expected)]
    assert last_sweep(at[0]) == at[1]


@pytest.fixture
def doubled(on_its_way, sandbox: Sandbox) -> Export:
    """Sent, and there twice: the first send came to an end after we had stopped waiting for it."""
    assert send.one(on_its_way.pk) == "SENT"
    Export.objects.filter(pk=on_its_way.pk).update(state="READY", remote_id=None, not_before=None)
    assert send.one(on_its_way.pk) == "SENT"
    on_its_way.refresh_from_db()
    assert len(sandbox.drafts) == 2
    return on_its_way


def the_other(export: Export, sandbox: Sandbox) -> str:
    (other,) = [d["id"] for d in sandbox.drafts if d["id"] != export.remote_id]
    return other


def sweep(now) -> None:
    sweeping.company(Connection.objects.select_related("company").get(), now())


def test_a_surplus_draft_is_deleted_and_ours_stays(doubled, sandbox, now):
    sweep(now)
    (draft,) = sandbox.drafts
    assert draft["id"] == doubled.remote_id
    assert (state(doubled), doubled.issues) == ("SENT", [])
    assert outcomes(doubled)[-1] == "Withdrawn"
    assert doubled.company.audit.filter(action="surplus-deleted").count() == 1


def test_one_that_is_posted_is_a_person_s(doubled, sandbox, now):
    sandbox.post(the_other(doubled, sandbox))
    sweep(now)
    assert codes(doubled) == ["draft-surplus"]
    assert len(sandbox.drafts) == 1


def test_one_that_is_not_what_we_sent_is_a_person_s(on_its_way, sandbox, now):
    fails(sandbox, "altered-line")
    assert send.one(on_its_way.pk) == "SENT"
    Export.objects.filter(pk=on_its_way.pk).update(state="READY", remote_id=None, not_before=None)
    assert send.one(on_its_way.pk) == "SENT"
    sweep(now)
    assert codes(on_its_way) == ["draft-surplus"]
    assert len(sandbox.drafts) == 2


def test_what_we_took_for_not_sent_is_ours_when_it_comes(on_its_way, sandbox, now):
    assert send.one(on_its_way.pk) == "SENT"
    Export.objects.filter(pk=on_its_way.pk).update(state="READY", remote_id=None)
    sweep(now)
    (draft,) = sandbox.drafts
    assert (state(on_its_way), on_its_way.remote_id) == ("SENT", draft["id"])


def test_a_draft_of_a_settlement_that_was_left_out_is_a_person_s(on_its_way, sandbox, now):
    assert send.one(on_its_way.pk) == "SENT"
    Export.objects.filter(pk=on_its_way.pk).update(
        state="LEFT_OUT", remote_id=None, not_before=None, reason="Ført for hånd"
    )
    sweep(now)
    assert codes(on_its_way) == ["draft-surplus"]


def test_what_cannot_be_looked_at_is_swept_again(doubled, sandbox, now):
    fails(sandbox, "500-before-commit", LIST)
    sweep(now)
    assert len(sandbox.drafts) == 2
    sweep(now)
    assert len(sandbox.drafts) == 1


def test_each_moment_is_swept_once(doubled, sandbox, now, later):
    later(DAY)
    sweeping.due(now())
    asked = sandbox.answers(LIST)
    sweeping.due(now())
    assert sandbox.answers(LIST) == asked
    later(DAY)
    sweeping.due(now())
    assert sandbox.answers(LIST).total() == asked.total() + 1
