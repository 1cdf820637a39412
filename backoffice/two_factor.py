"""The second factor: a code from an app on the phone, and who must have one.

Required of SuperAdmin, and of whoever holds a granted right (the keys, the export-from date).
"""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounting import clock
from accounting.company import audit
from accounting.company.people import rights_changed
from accounting.company.queries import valid_grants
from backoffice.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

TOTP = Authenticator.Type.TOTP


def must_set_up(user: User) -> bool:
    """Say whether a second factor is required and there is none: one query."""
    granted = valid_grants(clock.now()).filter(user=OuterRef("pk"))
    theirs = Authenticator.objects.filter(user=OuterRef("pk"), type=TOTP)
    person = User.objects.filter(pk=user.pk).exclude(Exists(theirs))
    if not user.is_superuser:
        person = person.filter(Exists(granted))
    return person.exists()


def has_one(user: User) -> bool:
    """Say whether the person has set up a second factor."""
    found: bool = Authenticator.objects.filter(user=user, type=TOTP).exists()
    return found


def enrol(user: User) -> None:
    """Give a person a second factor without asking them: the demo and the tests."""
    data = {"secret": encrypt(generate_totp_secret())}
    Authenticator.objects.get_or_create(user=user, type=TOTP, defaults={"data": data})


def current_code(user: User) -> str | None:
    """Give the code that the person's app shows now; None for somebody without a second factor."""
    row = Authenticator.objects.filter(user=user, type=TOTP).first()
    if row is None:
        return None
    return code_now(decrypt(row.data["secret"]))


def code_now(secret: str) -> str:
    """Give the code that an app shows now which was given this secret (base32)."""
    counters = list(yield_hotp_counters_from_time())
    now = counters[len(counters) // 2]  # as many earlier ones are taken as later ones
    code: str = format_hotp_value(hotp_value(secret, now))
    return code


@transaction.atomic
def take_away(user: User, *, actor: "AbstractBaseUser") -> None:
    """Remove a lost second factor with its recovery codes, and log the person out everywhere.

    Where one is required, the next log-in asks for a new one.
    """
    Authenticator.objects.filter(user=user).delete()
    audit.note(None, "second-factor-removed", user.email, actor=actor)
    rights_changed(user)
