"""Letters about a right: SuperAdmin hears that one is asked for, the person what became of theirs."""

import logging
from enum import StrEnum

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounting.company.models import Company, Grant, GrantRequest
from backoffice.models import User

log = logging.getLogger(__name__)


class News(StrEnum):
    """What has happened to a right."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def asked_for(request: HttpRequest, asked: GrantRequest) -> None:
    """Tell every SuperAdmin, with the page that answers."""
    where = reverse("system:grants")
    for reader in User.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        _tell(request, News.ASKED, reader, asked.company, where, asked=asked)


def granted(request: HttpRequest, reader: User, given: Grant) -> None:
    """Tell the person that they may, until when, and where."""
    where = reverse("exports:connection", kwargs={"org_no": given.company.org_no})
    _tell(request, News.GRANTED, reader, given.company, where, grant=given)


def declined(request: HttpRequest, reader: User, asked: GrantRequest) -> None:
    """Tell the person that they may not, and why."""
    where = reverse("people:members", kwargs={"org_no": asked.company.org_no})
    _tell(request, News.DECLINED, reader, asked.company, where, asked=asked)


def withdrawn(request: HttpRequest, reader: User, company: Company) -> None:
    """Tell the person that they no longer may."""
    where = reverse("people:members", kwargs={"org_no": company.org_no})
    _tell(request, News.WITHDRAWN, reader, company, where)


def _tell(
    request: HttpRequest,
    news: News,
    reader: User,
    company: Company,
    where: str,
    **more: Grant | GrantRequest,
) -> None:
    """Write one letter, in its reader's language. Call it after what it tells of is committed.

    A letter that does not go is logged, and said on the next page: the right stands all the same.
    """
    address = f"{settings.SITE_URL}{where}"
    said = {"news": news, "reader": reader, "company": company, "address": address, **more}
    with translation.override(reader.language):
        subject = " ".join(render_to_string("mail/right_subject.txt", said).split())
        text = render_to_string("mail/right.txt", said)
    try:
        send_mail(subject, text, None, [reader.email])
    except OSError:
        log.exception("the letter that a right was %s did not go to user %s", news, reader.pk)
        lost = _("E-posten til %(email)s ble ikke sendt. Feilen ligger hos oss.")
        messages.warning(request, lost % {"email": reader.email})
