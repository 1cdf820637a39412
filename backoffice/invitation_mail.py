"""The letter that carries an invitation's link."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounting.company.models import Invitation
from backoffice.models import User


def send(invitation: Invitation, token: str) -> None:
    """Send the link, in the reader's language where it is known, else in the inviter's.

    Call it after the invitation is committed. Raises what the mail server answers (OSError).
    """
    reader = User.objects.filter(email=invitation.email).first()
    language = reader.language if reader else translation.get_language()
    address = reverse("open_invitation", kwargs={"token": token})
    said = {"invitation": invitation, "address": f"{settings.SITE_URL}{address}"}
    with translation.override(language):
        subject = render_to_string("mail/invitation_subject.txt", said).strip()
        send_mail(subject, render_to_string("mail/invitation.txt", said), None, [invitation.email])
