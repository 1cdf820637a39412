"""What the client needs of tokens: one a client company, renewed before it expires, by one at a time.

A token belongs to one client (poweroffice.md 1.3), so all the keys together are what it is found by.
"""

from collections.abc import Callable
from typing import Protocol

from integrations.poweroffice.wire import Token

EARLY_S = 60  # clients renew 60 s before expiry (poweroffice.md 1.3)


class Tokens(Protocol):
    """Where tokens are kept, by all the keys they were made with."""

    def get(self, keys: tuple[str, ...], fetch: Callable[[], Token]) -> str:
        """The token of these keys, fetched when there is none that lasts. Raises what fetch does."""

    def forget(self, keys: tuple[str, ...], text: str) -> None:
        """Drop this token, unless another has renewed it meanwhile."""

    def drop(self, keys: tuple[str, ...]) -> None:
        """Drop whatever token these keys have: rights are those of the moment it was made."""
