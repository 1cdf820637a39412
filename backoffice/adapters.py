"""Our answers where allauth asks: nobody signs up, and its error texts in our own words."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Users are made by the vendor's support or by an invitation, never by signing up."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Denne brukeren er stengt. Spør daglig leder eller support."),
        "email_password_mismatch": _("E-post eller passord er feil."),
        "incorrect_password": _("Passordet er feil."),
        "too_many_login_attempts": _("For mange forsøk. Vent noen minutter og prøv igjen."),
        "rate_limited": _("For mange forsøk. Vent noen minutter og prøv igjen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Always closed."""
        return False
