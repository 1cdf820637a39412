"""What a password must be, in our own words; most rules themselves are Django's."""

import re
from typing import TYPE_CHECKING

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from backoffice.models import User

_WORD = re.compile(r"[^\W\d_]+")


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
    """Not one of the twenty thousand that are tried first, again and again or with a year either."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        """Raise ValidationError for one of them, and for what is mostly one of them."""
        super().validate(password, user)
        if _only_word(password) in self.passwords:
            said = _("Et vanlig ord er lett å gjette. Velg et annet passord.")
            raise ValidationError(said, code="password_common_word")

    def get_error_message(self) -> str:
        """Why it is no good."""
        return _("Mange bruker dette passordet. Velg et annet.")


class Varied:
    """Not one letter, or a few, over and over."""

    def __init__(self, different: int) -> None:
        """`different` is how many characters must differ."""
        self.different = different

    def validate(self, password: str, user: "User | None" = None) -> None:  # noqa: ARG002
        """Raise ValidationError when fewer differ."""
        if len(set(password)) < self.different:
            raise ValidationError(self.get_help_text(), code="password_too_alike")

    def get_help_text(self) -> str:
        """What it must have."""
        return _("Passordet må ha minst %(count)d ulike tegn.") % {"count": self.different}


class NotOnlyDigits(rules.NumericPasswordValidator):
    """Not a telephone number."""

    def get_error_message(self) -> str:
        """What is missing."""
        return _("Passordet må ha noe mer enn siffer.")


def _only_word(password: str) -> str:
    """Give the one word that more than half of the password is, said once; '' when there are others."""
    words: list[str] = _WORD.findall(password.lower())
    if len(set(words)) != 1 or 2 * sum(map(len, words)) <= len(password):
        return ""
    word = words[0]
    return word[: (word + word).find(word, 1)]
