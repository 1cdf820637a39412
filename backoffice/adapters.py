"""Our answers where allauth asks: nobody signs up, secrets are sealed, its words are ours."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.company.confirmation import is_confirmed
from backoffice.models import User
from integrations import secrets

TOO_MANY = _("For mange forsøk. Vent noen minutter og prøv igjen.")
# Where a second factor's secret is sealed for: it opens for nothing else.
PLACE = "mfa.authenticator.data"


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Users are made by the vendor's support or by an invitation, never by signing up."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Denne brukeren er stengt. Spør daglig leder eller support."),
        "email_password_mismatch": _("E-post eller passord er feil."),
        "enter_current_password": _("Passordet er feil."),
        "incorrect_password": _("Passordet er feil."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Always closed."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Not while the log-in itself, or a confirmation, is fresh."""
        return not is_confirmed(self.request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to this installation, whatever host the asking was sent to."""
        asked: str = super().get_reset_password_from_key_url(key)
        return f"{settings.SITE_URL}{urlsplit(asked).path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to a person in the language the person chose."""
        reader = User.objects.filter(email=email.lower()).first()
        with translation.override(reader.language if reader else translation.get_language()):
            super().send_mail(template_prefix, email, context)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """The second factor's secrets lie sealed in the database, by the keys of FIELD_KEYS."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Sett opp totrinnsinnlogging først."),
        "incorrect_code": _("Koden stemmer ikke. Prøv den som appen viser nå."),
    }

    def encrypt(self, text: str) -> str:
        """Seal with the newest key."""
        return secrets.seal(text, PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open with any key of the ring. Raises CannotUnseal."""
        return secrets.unseal(encrypted_text, PLACE)
