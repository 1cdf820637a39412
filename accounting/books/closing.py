"""Marking a day as closed, and taking it back; both stand in the activity log."""

import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounting import clock
from accounting.books.models import ClosedDay
from accounting.company import audit
from accounting.company.models import Company, Department
from accounting.company.records import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

AHEAD = datetime.timedelta(days=366)


def mark_closed(
    company: Company,
    department: Department | None,
    day: datetime.date,
    reason: str,
    actor: "AbstractBaseUser",
) -> bool:
    """Say that a department was closed on a day; False where that was said already.

    Raises Refused for a day more than a year ahead, which can only be mistyped.
    """
    if day > clock.today() + AHEAD:
        raise Refused(_("Dagen er mer enn et år fram i tid."))
    row = ClosedDay(
        company=company,
        department=department,
        day=day,
        reason=reason.strip(),
        marked_by_id=actor.pk,
        marked_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            after = {"day": day.isoformat(), "reason": reason.strip()}
            audit.note(company, "day-closed", str(department or ""), actor=actor, after=after)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def take_back(row: ClosedDay, actor: "AbstractBaseUser") -> bool:
    """Say that the day was not closed after all; False where somebody else has said so already."""
    gone, _rows = ClosedDay.objects.filter(pk=row.pk).delete()
    if gone:
        before = {"day": row.day.isoformat(), "reason": row.reason}
        subject = str(row.department or "")
        audit.note(row.company, "day-opened", subject, actor=actor, before=before)
    return bool(gone)
