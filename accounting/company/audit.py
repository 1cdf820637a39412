"""Two functions that write the activity log, one line or many, in the caller's transaction."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accounting import clock
from accounting.company.models import AuditEntry, Company

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def note(
    company: Company | None,
    action: str,
    subject: str = "",
    *,
    actor: "AbstractBaseUser | None" = None,
    before: object = None,
    after: object = None,
) -> None:
    """Write down what was done. `before` and `after` are JSON values and never hold a secret."""
    AuditEntry.objects.create(
        company=company,
        actor_id=actor.pk if actor else None,
        at=clock.now(),
        action=action,
        subject=subject,
        before=before,
        after=after,
    )


def note_all(
    company: Company,
    action: str,
    changes: Iterable[tuple[str, object, object]],
    *,
    actor: "AbstractBaseUser | None" = None,
) -> None:
    """Write down many changes of one kind, each (subject, before, after), as `note` does one."""
    at = clock.now()
    AuditEntry.objects.bulk_create(
        AuditEntry(
            company=company,
            actor_id=actor.pk if actor else None,
            at=at,
            action=action,
            subject=subject,
            before=before,
            after=after,
        )
        for subject, before, after in changes
    )
