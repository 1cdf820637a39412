"""An invitation and its letter, the same from the company's page and from SuperAdmin's."""

import logging

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounting.company import invitations
from accounting.company.access import person
from accounting.company.models import Company
from accounting.company.roles import Role
from backoffice import invitation_mail

log = logging.getLogger(__name__)


def invite(request: HttpRequest, company: Company | None, email: str, role: Role) -> None:
    """Invite, send the letter, and say what came of it on the next page.

    Raises Refused, with nothing stored, when the person may not be invited.
    """
    invitation, token = invitations.invite(company, email, role, actor=person(request))
    try:
        invitation_mail.send(invitation, token)
    except OSError:
        log.exception("the letter to invitation %s was not sent", invitation.pk)
        said = _("E-posten til %(email)s ble ikke sendt. Feilen ligger hos oss. Inviter på nytt.")
        messages.error(request, said % {"email": invitation.email})
    else:
        said = _("%(email)s er invitert. Lenken i e-posten gjelder i sju dager.")
        messages.success(request, said % {"email": invitation.email})
