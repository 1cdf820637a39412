"""Tokens are shared by everything in this process that speaks for the same client, and renewed early.

One renewal under a lock, however many wait for it (reliability.md 2.1, 13). A token belongs to one
client (poweroffice.md 1.3), so all the keys together are what it is found by, hashed.
"""

import hashlib
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from integrations.poweroffice.wire import Token

EARLY_S = 60.0  # clients renew 60 s before expiry (poweroffice.md 1.3)


@dataclass(slots=True)
class _Held:
    lock: threading.Lock = field(default_factory=threading.Lock)
    text: str = field(default="", repr=False)
    until: float = 0.0


class TokenCache:
    """`monotonic` is the clock, in seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._held: defaultdict[str, _Held] = defaultdict(_Held)
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...], fetch: Callable[[], Token]) -> str:
        """The token of these keys, fetched when there is none that lasts. Raises what fetch does."""
        held = self._slot(key)
        with held.lock:
            now = self._monotonic()
            if now >= held.until:
                token = fetch()
                held.text, held.until = token.access_token, now + token.expires_in - EARLY_S
            return held.text

    def forget(self, key: tuple[str, ...], text: str) -> None:
        """Drop this token, unless another has renewed it meanwhile."""
        held = self._slot(key)
        with held.lock:
            if held.text == text:
                held.text, held.until = "", 0.0

    def drop(self, key: tuple[str, ...]) -> None:
        """Drop whatever token these keys have: rights are those of the moment it was made."""
        held = self._slot(key)
        with held.lock:
            held.text, held.until = "", 0.0

    def _slot(self, key: tuple[str, ...]) -> _Held:
        hashed = hashlib.sha256("\0".join(key).encode()).hexdigest()
        with self._lock:
            return self._held[hashed]


TOKENS = TokenCache()
