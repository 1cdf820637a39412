"""One function that writes a line of the activity log, in the caller's transaction."""

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
