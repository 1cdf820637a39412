"""A backup from before a send is put back after it: nothing is sent twice, nothing is lost."""

import pytest
from django.db import transaction

from integrations.exports import send, tasks
from integrations.exports.models import Export
from tests import build
from tests.backoffice.commands.running import run
from tests.integrations.exports.journey import GAP, state
from tests.sandbox import Sandbox

pytestmark = pytest.mark.django_db


def _restored_after(act) -> None:
    """Put the rows back to what they were before `act`; what it did over there stays."""
    backup = transaction.savepoint()
    act()
    transaction.savepoint_rollback(backup)
    assert run("after_restore").code == 0


def _some_ticks(later) -> None:
    for _ in range(4):
        tasks.tick()
        later(GAP)


def test_what_was_sent_after_the_backup_is_found_and_not_sent_again(
    on_its_way: Export, sandbox: Sandbox, later
):
    _restored_after(lambda: send.one(on_its_way.pk))
    _some_ticks(later)
    (draft,) = sandbox.drafts
    on_its_way.refresh_from_db()
    assert (on_its_way.state, on_its_way.remote_id) == ("SENT", draft["id"])


def test_what_was_built_and_sent_after_the_backup_is_found_when_it_is_built_anew(
    on_its_way, company, sandbox, later
):
    def another_day() -> None:
        build.a_settlement(company, register="2", card="50.00", sales={"3": "50.00"})
        assert [send.one(export.pk) for export in build.built(company)] == ["SENT", "SENT"]

    _restored_after(another_day)
    build.a_settlement(company, register="2", card="50.00", sales={"3": "50.00"})  # sent in again
    build.built(company)
    _some_ticks(later)
    assert len(sandbox.drafts) == 2
    assert set(Export.objects.values_list("state", flat=True)) == {"SENT"}


def test_what_was_never_sent_goes_once_it_was_looked_for(on_its_way, sandbox, later):
    _restored_after(lambda: None)
    tasks.tick()
    assert (sandbox.drafts, state(on_its_way)) == ([], "UNCERTAIN")
    _some_ticks(later)
    assert (len(sandbox.drafts), state(on_its_way)) == (1, "SENT")


def test_a_send_that_the_backup_caught_in_the_middle_is_looked_for(on_its_way, sandbox, later, now):
    from_backup = Export.objects.filter(pk=on_its_way.pk)
    assert send.outbox.claim(on_its_way.pk, now()) is not None
    assert run("after_restore").code == 0
    assert from_backup.get().state == "UNCERTAIN"
    _some_ticks(later)
    assert (len(sandbox.drafts), state(on_its_way)) == (1, "SENT")
