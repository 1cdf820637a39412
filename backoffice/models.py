"""The person who logs in, and the house's pulse.

What a person may do in a company stands in `accounting.company`.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address, which is kept in small letters."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user. Without a password nobody can log in until one is set by e-mail."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user of the vendor's support: sees every company and the admin site."""
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, whatever its capitals; User.DoesNotExist if none."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, named by e-mail. `is_superuser` is the vendor's support (SuperAdmin).

    `rights_version` grows whenever what the person may do changes: every session ends then.
    """

    email = models.EmailField(_("E-post"), unique=True)
    name = models.CharField(_("Navn"), max_length=150, blank=True)
    language = models.CharField(_("Språk"), max_length=5, choices=settings.LANGUAGES, default="nb")
    is_staff = models.BooleanField(_("Har tilgang til admin"), default=False)
    is_active = models.BooleanField(_("Aktiv"), default=True)
    rights_version = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField(_("Opprettet"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_small_letters"
            ),
        )

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Forms and the admin site may be given capitals; the table holds none."""
        super().clean()
        self.email = self.email.lower()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions hold only while the password and the rights are those they began with."""
        salt = "backoffice.models.User.session"
        begun_with = f"{self.password}:{self.rights_version}"
        return salted_hmac(salt, begun_with, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name to show; the address when no name is known."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """The name to show where there is little room."""
        return self.name or self.email


class Pulse(models.Model):
    """When beat, or a worker, was last seen to have done something. One row each (pulse.py)."""

    name = models.CharField(primary_key=True, max_length=10)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("livstegn")
        verbose_name_plural = pgettext_lazy("flere", "livstegn")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
