"""How a call to PowerOffice Go can fail, as values: what was seen, and what it proves.

The client judges nothing but one thing, for it alone can see it: whether a byte of the request can
have been written (reliability.md 5.5).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Their own words with the status; both texts are '' where they said nothing.

    `gateway` is True for a body of the gateway's shape, which never reached Go itself.
    """

    status: int
    title: str = ""
    detail: str = ""
    gateway: bool = False


@dataclass(frozen=True, slots=True)
class NoConnection:
    """No byte left: the name, the connection or TLS failed."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoToken:
    """No token was given, for no fault of the keys; nothing else was sent."""

    reason: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """We held it back ourselves; nothing was sent. `reason` is for the attempt's row."""

    reason: str = "the lease had run out before the write"


@dataclass(frozen=True, slots=True)
class Throttled:
    """429: nothing was done. `retry_after` in seconds, None where they did not say."""

    said: Said
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class KeyRefused:
    """The token call refused the keys, or a fresh token was refused too."""

    said: Said


@dataclass(frozen=True, slots=True)
class Refused:
    """They read the call and said no; nothing was done."""

    said: Said


@dataclass(frozen=True, slots=True)
class Unclear:
    """Anything else, after the first byte: nobody knows what was done."""

    reason: str
    status: int | None = None


Failure = NoConnection | NoToken | Withheld | Throttled | KeyRefused | Refused | Unclear


class NoTurn(Exception):
    """No call may begin now: the budget is spent for some time, or cannot be asked."""


class ApiFailure(Exception):
    """A call failed; `failure` says how. Raised by the client, judged by errors.py."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(repr(failure))
        self.failure = failure
