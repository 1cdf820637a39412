"""What a person decides about one export that nobody is sending; False where it has moved meanwhile."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from accounting import clock
from accounting.company import audit
from accounting.company.records import Refused
from integrations.exports.models import Export
from integrations.exports.states import STOPPED, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def send_again(export: Export, actor: "AbstractBaseUser") -> bool:
    """Send a stopped export again with the same content. What may have arrived is looked for first."""
    if export.state == State.HELD:
        return _decide(
            export,
            actor,
            "export-looked-for-again",
            state=State.UNCERTAIN,
            not_before=clock.now(),
            doubted_at=clock.now(),
            probes=0,
            issues=[],
        )
    if export.state != State.BLOCKED or export.snapshot_id is None:
        return False
    return _decide(
        export, actor, "export-sent-again", state=State.READY, not_before=None, tries=0, issues=[]
    )


def leave_out(export: Export, reason: str, actor: "AbstractBaseUser") -> bool:
    """Leave a stopped export out for good, with the person's reason. Raises Refused without one."""
    if not reason.strip():
        raise Refused(gettext("Skriv hvorfor oppgjøret ikke skal overføres."))
    if export.state not in STOPPED | {State.READY}:
        return False
    return _decide(
        export, actor, "export-left-out", state=State.LEFT_OUT, reason=reason.strip(), issues=[]
    )


def book_by_hand(export: Export, voucher: str, actor: "AbstractBaseUser") -> bool:
    """Leave a stopped export out because a person has booked it; `voucher` says where.

    Raises Refused without it.
    """
    if not voucher.strip():
        raise Refused(gettext("Skriv hvilket bilag oppgjøret er ført på."))
    if export.state not in STOPPED | {State.READY}:
        return False
    reason = gettext("Ført manuelt: %(voucher)s") % {"voucher": voucher.strip()}
    return _decide(
        export, actor, "export-booked-by-hand", state=State.LEFT_OUT, reason=reason, issues=[]
    )


def _decide(export: Export, actor: "AbstractBaseUser", action: str, **columns: object) -> bool:
    """Move one export that nobody is sending; False when it has moved meanwhile."""
    with transaction.atomic():
        same = Export.objects.filter(pk=export.pk, state=export.state, revision=export.revision)
        moved = same.update(changed_at=clock.now(), **columns)
        if moved:
            after = {"state": columns["state"], "reason": columns.get("reason", "")}
            before = {"state": export.state}
            audit.note(
                export.company,
                action,
                export.document[:200],
                actor=actor,
                before=before,
                after=after,
            )
    return bool(moved)
