"""What a password must be, in our own words; the rules themselves are Django's."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class LongEnough(rules.MinimumLengthValidator):
    """Long rather than odd: ten characters or more."""

    def get_error_message(self) -> str:
        """How long it must be."""
        return _("Passordet må ha minst %(count)d tegn.") % {"count": self.min_length}


class NotTheName(rules.UserAttributeSimilarityValidator):
    """Not the person's own address or name."""

    def get_error_message(self) -> str:
        """What it looks like."""
        return _("Passordet ligner for mye på navnet eller e-posten din.")


class NotCommon(rules.CommonPasswordValidator):
    """Not one of the twenty thousand that are tried first."""

    def get_error_message(self) -> str:
        """Why it is no good."""
        return _("Mange bruker dette passordet. Velg et annet.")


class NotOnlyDigits(rules.NumericPasswordValidator):
    """Not a telephone number."""

    def get_error_message(self) -> str:
        """What is missing."""
        return _("Passordet må ha noe mer enn siffer.")
