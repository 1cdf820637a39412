"""Who is told when something stops: one letter a run and reader, naming what, with the way to mend it.

A stop is told once, for as long as it stands. Letters may go twice when we die between sending and
writing that down, or two ticks meet. One that fails for one reader while others got theirs is logged.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from accounting.company.models import Company
from integrations.exports import outbox
from integrations.exports.models import Export, Recipient, ToldStop
from integrations.exports.queries import Cause, causes
from integrations.exports.states import STOPPED, State

logger = logging.getLogger(__name__)

MOST_CAUSES = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """What one letter says: what has stopped since the last one, by what must be done."""

    company: Company
    causes: tuple[Cause, ...]
    stopped: int

    @property
    def more(self) -> int:
        """Count the causes that the letter does not name."""
        return max(0, len(self.causes) - MOST_CAUSES)


def tell_all(now: datetime) -> None:
    """Tell the recipients of every company whose run is over what has stopped in it.

    A company that makes us fail is logged, and never keeps the others back.
    """
    ToldStop.objects.exclude(export__state__in=STOPPED).delete()
    sending = Export.objects.filter(state=State.SENDING)
    busy = {
        *sending.values_list("company", flat=True),
        *outbox.due(now).values_list("company", flat=True),
    }
    for company in Company.objects.filter(pk__in=_untold().values("company")).exclude(pk__in=busy):
        try:
            tell(company, now)
        except Exception:
            logger.exception("telling about company %s failed on our side", company.pk)


def tell(company: Company, now: datetime) -> int:
    """Write to the company's recipients about stops that they do not know; give how many letters went.

    When none could be sent the stops stay untold, and the next tick tries again.
    """
    untold = list(_untold().filter(company=company).values_list("pk", flat=True))
    readers = list(_readers(company))
    if not untold or not readers:
        return 0
    notice = Notice(company, _new_causes(company, set(untold)), len(untold))
    sent = sum(_sent(notice, reader) for reader in readers)
    if sent:
        told = [ToldStop(export_id=pk, told_at=now) for pk in untold]
        ToldStop.objects.bulk_create(told, ignore_conflicts=True)
    return sent


def _untold() -> QuerySet[Export]:
    return Export.objects.filter(state__in=STOPPED, told=None)


def _readers(company: Company) -> QuerySet[Recipient]:
    """Whoever has left the company is told no more."""
    members = company.memberships.values("user")
    rows = Recipient.objects.filter(company=company, user__in=members, user__is_active=True)
    return rows.select_related("user").order_by("pk")


def _new_causes(company: Company, untold: set[int]) -> tuple[Cause, ...]:
    found = (
        replace(cause, exports=tuple(e for e in cause.exports if e.pk in untold))
        for cause in causes(company)
    )
    return tuple(cause for cause in found if cause.exports)


def _sent(notice: Notice, reader: Recipient) -> bool:
    with translation.override(reader.user.language):
        said = {
            "notice": notice,
            "company": notice.company,
            "shown": notice.causes[:MOST_CAUSES],
            "site": settings.SITE_URL,
        }
        subject = " ".join(render_to_string("mail/stopped_subject.txt", said).split())
        letter = EmailMessage(
            subject, render_to_string("mail/stopped.txt", said), to=[reader.user.email]
        )
    try:
        letter.send()
    except OSError:  # what smtplib raises is one too
        logger.exception("the letter to recipient %s was not sent", reader.pk)
        return False
    return True
