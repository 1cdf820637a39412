"""Who is told: chosen together, and written down in the activity log."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from accounting.company import audit
from accounting.company.models import Company
from integrations.exports.models import Recipient

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def choose_recipients(
    company: Company,
    user_ids: Collection[int],
    *,
    mornings: Mapping[int, str] | None = None,
    actor: "AbstractBaseUser",
) -> None:
    """Choose who is told when something stops. Whoever is no member is left out.

    `mornings` says of each person how often the morning letter goes (Recipient's choices); without
    it that stays as it is.
    """
    members = company.memberships.filter(user__in=user_ids)
    chosen = set(members.values_list("user_id", flat=True))
    told = Recipient.objects.filter(company=company)
    before = _told(company)
    told.exclude(user__in=chosen).delete()
    already = set(told.values_list("user_id", flat=True))
    new = [Recipient(company=company, user_id=pk) for pk in sorted(chosen - already)]
    Recipient.objects.bulk_create(new, ignore_conflicts=True)
    for user_id, morning in (mornings or {}).items():
        told.filter(user=user_id).update(morning=morning)
    after = _told(company)
    if after != before:
        audit.note(company, "recipients-chosen", actor=actor, before=before, after=after)


def _told(company: Company) -> dict[str, list[str]]:
    """Give who is told, and who wants the morning letter, by address."""
    rows = Recipient.objects.filter(company=company).order_by("user__email")
    said = {"recipients": list(rows.values_list("user__email", flat=True))}
    mornings = rows.exclude(morning=Recipient.NEVER).values_list("user__email", "morning")
    if mornings:
        said["morning"] = [f"{email}: {morning}" for email, morning in mornings]
    return said
