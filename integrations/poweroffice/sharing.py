"""Tokens as every worker shares them: one row a client, sealed, renewed by whoever holds its lease.

However many wait for a new one, one fetches it (reliability.md 2.1, 13); what one drops, for a right
that was given or taken, is dropped for all. The database holds it, for it outlives Redis and a restart.
"""

import hashlib
import time
from collections.abc import Callable

from integrations.poweroffice.failures import NoTurn
from integrations.poweroffice.models import SharedToken
from integrations.poweroffice.tokens import EARLY_S
from integrations.poweroffice.wire import Token
from integrations.secrets import CannotUnseal, Secret

SECOND = 1_000_000
LEASE_S = 45  # longer than a call may take
ASK_AGAIN_S = 0.05
LEFT_LYING_S = 24 * 3600


class SharedTokens:
    """The tokens of this installation (Tokens)."""

    def get(self, keys: tuple[str, ...], fetch: Callable[[], Token]) -> str:
        """The token of these keys. Raises what fetch does, and NoTurn where another never comes back."""
        key_hash = _hashed(keys)
        give_up = time.monotonic() + LEASE_S + 1
        while time.monotonic() < give_up:
            row = SharedToken.objects.filter(key_hash=key_hash).first()
            row = row or SharedToken.objects.get_or_create(key_hash=key_hash)[0]
            if row.expires_at > _now() + EARLY_S * SECOND and (held := _opened(row)):
                return held
            if _is_ours(row):
                return self._renewed(row, fetch)
            time.sleep(ASK_AGAIN_S)
        raise NoTurn("another worker is still fetching the token")

    def forget(self, keys: tuple[str, ...], text: str) -> None:
        """Drop this token, unless another has renewed it meanwhile."""
        row = SharedToken.objects.filter(key_hash=_hashed(keys)).first()
        if row and _opened(row) == text:
            same = SharedToken.objects.filter(pk=row.pk, expires_at=row.expires_at)
            same.update(expires_at=0)

    def drop(self, keys: tuple[str, ...]) -> None:
        """Drop whatever token these keys have."""
        SharedToken.objects.filter(key_hash=_hashed(keys)).update(expires_at=0)

    def _renewed(self, row: SharedToken, fetch: Callable[[], Token]) -> str:
        """Fetch, and keep it for everybody; where that fails the next may try."""
        mine = SharedToken.objects.filter(pk=row.pk, renewing_until=row.renewing_until)
        try:
            token = fetch()
        except BaseException:
            mine.update(renewing_until=0)
            raise
        row.token = Secret(token.access_token)
        row.expires_at = _now() + token.expires_in * SECOND
        row.renewing_until = 0
        row.save(update_fields=["token", "expires_at", "renewing_until"])
        stale = _now() - LEFT_LYING_S * SECOND
        SharedToken.objects.filter(expires_at__lt=stale, renewing_until__lt=stale).delete()
        return token.access_token


def _is_ours(row: SharedToken) -> bool:
    """Take the lease of renewing, unless another holds it or has renewed by now."""
    now = _now()
    if row.renewing_until > now:
        return False
    same = SharedToken.objects.filter(
        pk=row.pk, expires_at=row.expires_at, renewing_until=row.renewing_until
    )
    row.renewing_until = now + LEASE_S * SECOND
    return same.update(renewing_until=row.renewing_until) == 1


def _opened(row: SharedToken) -> str:
    """The token itself; '' where it was sealed with a key that is gone: then it is fetched anew."""
    try:
        return row.token.reveal() if row.token is not None else ""
    except CannotUnseal:
        return ""


def _hashed(keys: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(keys).encode()).hexdigest()


def _now() -> int:
    """Their clock goes on whatever ours is shifted to: µs since 1970."""
    return time.time_ns() // 1000
