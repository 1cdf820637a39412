"""The forms of log-in: our labels, a keypad for codes on phones, and no code taken twice."""

import hashlib
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A code is good for its own half minute and the one on either side: three times 30 s.
GOOD_FOR_S = 90


class LogIn(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say to password managers that the address is the name that goes with the password."""
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = gettext_lazy("E-post")
        login.widget.attrs |= {"autocomplete": "username", "autofocus": True}


class _NewPassword:
    """The rules in one line, before they are broken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields as the rest of the house does."""
        super().__init__(*args, **kwargs)
        new, again = self.fields["password1"], self.fields["password2"]  # type: ignore[attr-defined]
        new.label, again.label = gettext_lazy("Nytt passord"), gettext_lazy("Nytt passord igjen")
        new.help_text = gettext_lazy("Minst ti tegn, og ikke et vanlig ord.")


class ChangePassword(_NewPassword, ChangePasswordForm):  # type: ignore[misc]  # as above
    """By somebody who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say whose password is asked for first."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = gettext_lazy("Passordet du har nå")


class SetPassword(_NewPassword, SetPasswordForm):  # type: ignore[misc]  # as above
    """By somebody who has none yet."""


class ResetPasswordKey(_NewPassword, ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """By whoever opened the link of the letter."""


class ResetPassword(ResetPasswordForm):  # type: ignore[misc]  # as above
    """The address that the letter goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the field as the log-in does."""
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext_lazy("E-post")


class CodeField(forms.CharField):
    """A code as people type it: blanks are left out."""

    def __init__(self, *, autofocus: bool = True, **more: Any) -> None:
        """A field that phones fill in by themselves, with keys for digits."""
        wanted = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": autofocus}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=wanted), **more)

    def to_python(self, value: Any) -> str:
        """`123 456` is 123456."""
        return "".join((super().to_python(value) or "").split())


class OnlyOnce:
    """A code that was used is not taken again while it would still be good (RFC 6238, 5.2)."""

    def clean_code(self) -> str:
        """The code, or ValidationError in words that say which to try."""
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        used = hashlib.sha256(f"{self.user.pk}:{code}".encode()).hexdigest()  # type: ignore[attr-defined]
        if not cache.add(f"second-factor:{used}", 1, GOOD_FOR_S):
            raise ValidationError(_("Koden er brukt. Vent på den neste."))
        return code


class Authenticate(OnlyOnce, AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """At log-in, after the password."""

    code = CodeField(
        label=gettext_lazy("Kode"),
        help_text=gettext_lazy("Seks siffer fra appen, eller en av reservekodene."),
    )


class Reauthenticate(OnlyOnce, ReauthenticateForm):  # type: ignore[misc]  # as above
    """Before keys, the export-from date and rights."""

    code = CodeField(
        label=gettext_lazy("Kode"),
        help_text=gettext_lazy("Seks siffer fra appen, eller en av reservekodene."),
    )


class Activate(ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code, which shows that the app was set up right."""

    code = CodeField(
        autofocus=False,  # the page is read from its top: the field comes after the picture
        label=gettext_lazy("Kode fra appen"),
        help_text=gettext_lazy("Seks siffer. De byttes hvert halve minutt."),
    )
