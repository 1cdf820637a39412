"""A person's rights have changed: every session they have ends."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import F

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def rights_changed(user: "AbstractBaseUser") -> None:
    """Log the person out everywhere: their sessions carry the number that grows here."""
    get_user_model().objects.filter(pk=user.pk).update(rights_version=F("rights_version") + 1)
