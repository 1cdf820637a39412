"""What the accountant does over there is seen here, in time and never twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.exports import build as building
from integrations.exports import deciding, following, queries, send, tasks
from integrations.exports.models import Export
from tests import build
from tests.integrations.exports.journey import LIST, QUIET, codes, fails, state
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db
READ_BACK, HOUR = 120, 3600


@pytest.fixture
def export(on_its_way) -> Export:
    """Sent: one draft lies over there."""
    assert send.one(on_its_way.pk) == "SENT"
    on_its_way.refresh_from_db()
    return on_its_way


def look(now) -> None:
    following.due(now())


def test_a_draft_is_read_back_and_agrees(export, sandbox: Sandbox, later, now):
    look(now)
    export.refresh_from_db()
    assert export.read_at is None  # its time has not come
    later(READ_BACK)
    look(now)
    export.refresh_from_db()
    assert (export.state, export.issues) == ("SENT", [])
    assert export.read_at is not None


def test_what_go_stored_otherwise_is_told(on_its_way, sandbox: Sandbox, later, now):
    fails(sandbox, "altered-line")
    assert send.one(on_its_way.pk) == "SENT"
    later(READ_BACK)
    look(now)
    assert codes(on_its_way) == ["draft-differs"]
    assert state(on_its_way) == "SENT"


def test_what_was_posted_is_posted_here_with_its_voucher_number(export, sandbox, later, now):
    number = sandbox.post(export.remote_id)["voucher_no"]
    later(READ_BACK)
    look(now)
    assert state(export) == "POSTED"
    assert export.voucher_no == str(number)
    (entry,) = export.company.audit.filter(action="export-posted")
    assert entry.after == {"state": "POSTED", "voucher_no": str(number)}


def test_what_is_posted_is_not_asked_for_again(export, sandbox, later, now):
    sandbox.post(export.remote_id)
    later(READ_BACK)
    look(now)
    before = sandbox.answers(LIST)
    later(10 * HOUR)
    look(now)
    assert sandbox.answers(LIST) == before


def test_what_was_deleted_waits_for_a_person(export, sandbox, later, now):
    sandbox.delete(export.remote_id)
    later(QUIET)
    look(now)
    assert state(export) == "REMOVED"
    assert codes(export) == ["draft-removed"]
    tasks.tick()
    assert sandbox.drafts == []
    (cause,) = queries.causes(export.company)
    assert cause.issue.code == "draft-removed"


def test_a_person_may_send_what_was_deleted_anew(export, sandbox, later, now):
    first = export.remote_id
    sandbox.delete(first)
    later(QUIET)
    look(now)
    state(export)
    assert building.build_anew(export, build.a_manager(export.company))
    tasks.tick()
    (draft,) = sandbox.drafts
    assert state(export) == "SENT"
    assert (export.revision, export.remote_id) == (2, draft["id"])
    assert draft["id"] != first


def test_or_leave_it_out(export, sandbox, later, now):
    sandbox.delete(export.remote_id)
    later(QUIET)
    look(now)
    state(export)
    assert deciding.leave_out(export, "Ført for hånd", build.a_manager(export.company))
    tasks.tick()
    assert (state(export), sandbox.drafts) == ("LEFT_OUT", [])


@pytest.mark.parametrize("fault", ["429", "500-before-commit", "cut-body", "revoked-right"])
def test_when_it_cannot_be_seen_nothing_changes(export, sandbox, later, now, fault):
    later(READ_BACK)
    fails(sandbox, fault, LIST)
    look(now)
    assert (state(export), export.issues, export.read_at) == ("SENT", [], None)
    later(READ_BACK)
    look(now)
    export.refresh_from_db()
    assert export.read_at is not None


def test_many_drafts_cost_no_more_queries_than_one(far, company, later, now):
    asked = []
    for many in (1, 30):
        for _ in range(many):
            till = str(Export.objects.count() + 1)
            build.a_ready_export(company, cash="50.00", sales={"31": "50.00"}, register=till)
        send.drain()
        later(HOUR)
        with CaptureQueriesContext(connection) as made:
            look(now)
        asked.append(len(made))
    assert asked[0] == asked[1], asked
