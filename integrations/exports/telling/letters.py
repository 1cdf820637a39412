"""One letter to one person, in their language; whether it went, and what each recipient was told."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from accounting.company.models import Company
from integrations.exports.models import Recipient, Told

logger = logging.getLogger(__name__)


def readers(company: Company) -> QuerySet[Recipient]:
    """Give who is told. Whoever has left the company is told no more."""
    members = company.memberships.values("user")
    rows = Recipient.objects.filter(company=company, user__in=members, user__is_active=True)
    return rows.select_related("user").order_by("pk")


def send(template: str, said: Mapping[str, Any], reader: Recipient) -> bool:
    """Write `mail/<template>` to one person; False where the letter must be tried again.

    An address that the server refuses is logged, and not tried again.
    """
    context = {**said, "site": settings.SITE_URL}
    with translation.override(reader.user.language):
        subject = " ".join(render_to_string(f"mail/{template}_subject.txt", context).split())
        body = render_to_string(f"mail/{template}.txt", context)
    try:
        EmailMessage(subject, body, to=[reader.user.email]).send()
    except SMTPRecipientsRefused:
        logger.exception("the address of recipient %s was refused", reader.pk)
    except OSError:  # what smtplib raises is one too
        logger.exception("the letter to recipient %s was not sent", reader.pk)
        return False
    return True


def told(reader: Recipient) -> set[str]:
    """Give what the person was told of that still stands, by its key."""
    return set(Told.objects.filter(recipient=reader).values_list("key", flat=True))


def remember(reader: Recipient, keys: Iterable[str], now: datetime) -> None:
    """Write down that the person was told."""
    rows = [Told(recipient=reader, key=key, told_at=now) for key in keys]
    Told.objects.bulk_create(rows, ignore_conflicts=True)


def forget(company: Company, kind: str, still: Iterable[str]) -> None:
    """Let go of what of this kind stands no more, so that it is told anew if it comes back."""
    rows = Told.objects.filter(recipient__company=company, key__startswith=f"{kind}:")
    rows.exclude(key__in=list(still)).delete()
