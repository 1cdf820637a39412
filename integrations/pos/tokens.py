"""The keys that tills deliver with: made once, shown once, kept as a digest, withdrawn for good.

A key is 256 random bits, so a plain SHA-256 of it is enough: nobody can guess what was digested, and
looking it up by its digest tells nothing by how long it takes.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounting import clock
from accounting.company import audit
from accounting.company.models import Company
from accounting.company.records import Refused
from integrations.pos.models import IntakeToken

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

PREFIX = "kasse_"  # so that a key that lies where it should not is known for what it is
USED_EVERY = timedelta(minutes=1)
_MINUTE_S = 60


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@sensitive_variables("key")
def make(company: Company, label: str, *, actor: "AbstractBaseUser") -> tuple[IntakeToken, str]:
    """Make a key, and give it with its row: it is never to be had again.

    Raises Refused where the company has a key of that name in use.
    """
    key = PREFIX + secrets.token_urlsafe(32)
    wanted = " ".join(label.split())
    try:
        with transaction.atomic():
            token = IntakeToken.objects.create(
                company=company,
                label=wanted,
                digest=_digest(key),
                last_four=key[-4:],
                made_by_id=actor.pk,
                made_at=clock.now(),
            )
            audit.note(company, "delivery-key-made", wanted, actor=actor)
    except IntegrityError:
        said = _("«%(label)s» har en nøkkel. Trekk den tilbake, eller velg et annet navn.")
        raise Refused(said % {"label": wanted}) from None
    return token, key


@transaction.atomic
def withdraw(token: IntakeToken, *, actor: "AbstractBaseUser") -> bool:
    """Take a key out of use for good; False where it was withdrawn already."""
    held = IntakeToken.objects.filter(pk=token.pk, withdrawn_at=None)
    if not held.update(withdrawn_at=clock.now(), withdrawn_by=actor.pk):
        return False
    audit.note(token.company, "delivery-key-withdrawn", token.label, actor=actor)
    return True


@sensitive_variables()
def opened_with(header: str) -> IntakeToken | None:
    """Give the key in use that an `Authorization` header holds; None for every other header."""
    kind, _space, key = header.partition(" ")
    if kind.lower() != "bearer" or not key.strip():
        return None
    rows = IntakeToken.objects.filter(withdrawn_at=None).select_related("company")
    return rows.filter(digest=_digest(key.strip())).first()


def used(token: IntakeToken, now: datetime) -> None:
    """Write down that the key is in use, at most once a minute."""
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_EVERY)
    IntakeToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def too_often(token: IntakeToken, most: int, now: datetime) -> bool:
    """Count one more delivery with the key; say whether that is more than `most` this minute."""
    name = f"intake-{token.pk}-{int(now.timestamp()) // _MINUTE_S}"
    cache.add(name, 0, timeout=2 * _MINUTE_S)
    return cache.incr(name) > most
