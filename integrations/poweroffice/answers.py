"""An answer as it came, and what its status and body prove when it is not a yes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from integrations.poweroffice.failures import (
    ApiFailure,
    Failure,
    KeyRefused,
    NoToken,
    Refused,
    Said,
    Throttled,
    Unclear,
)
from integrations.poweroffice.reading import Unreadable, lower, parse

# They read the call and did nothing (poweroffice.md 3; reliability.md 5.5). Any other status that is
# not a yes may have come after the write: 408, 5xx, a redirect.
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 410, 411, 413, 414, 415, 422})

_SECONDS = re.compile(r"try again in (\d+) second", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and whole body; `broken` says why the body is not whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    broken: str = ""

    def with_body(self, body: bytes) -> "Answer":
        return replace(self, body=body)

    def cut(self, reason: str) -> "Answer":
        return replace(self, body=b"", broken=reason)

    def whole(self) -> bytes:
        """The body. Raises Unreadable when it was cut."""
        if self.broken:
            raise Unreadable(self.broken)
        return self.body

    @property
    def said(self) -> Said:
        """Their words: ProblemDetails, OAuth's error or the gateway's message (poweroffice.md 3)."""
        try:
            told = lower(parse(self.whole()))
        except Unreadable:
            return Said(self.status)  # a status without words is all that they said
        if "statuscode" in told and "message" in told:
            return Said(self.status, "", _text(told["message"]), gateway=True)
        title = _text(told.get("title") or told.get("error"))
        detail = told.get("detail") or told.get("error_description") or _binding(told.get("errors"))
        return Said(self.status, title, _text(detail))


def refusal(answer: Answer) -> Failure:
    """Say what an answer that is not a yes proves."""
    said = answer.said
    if answer.status == 429:
        return Throttled(said, _retry_after(answer, said))
    if answer.status in REFUSALS:
        return Refused(said)
    reason = answer.broken or ": ".join(filter(None, (said.title, said.detail)))
    return Unclear(reason or f"HTTP {answer.status}", answer.status)


def token_refusal(failure: Failure) -> Failure:
    """The same for the token call: whatever happened to it, nothing else was written."""
    match failure:
        case Refused(said):
            return KeyRefused(said) if said.status in (400, 401, 403) else NoToken(*_of(said))
        case Unclear(reason, status):
            return NoToken(reason, status)
        case _:
            return failure


def next_page(answer: Answer, api: str) -> str | None:
    """The next page's address from X-Pagination, None on the last. Raises ApiFailure.

    A page is only fetched from the host that the keys belong to: they would be sent along.
    """
    header = answer.headers.get("X-Pagination", "")
    if not header:
        return None
    try:
        link = lower(parse(header.encode())).get("nextpagelink")
    except Unreadable as problem:
        raise ApiFailure(Unclear("X-Pagination cannot be read", answer.status)) from problem
    if not link:
        return None
    asked, home = urlsplit(str(link)), urlsplit(api)
    if (asked.scheme, asked.netloc.lower()) != (home.scheme, home.netloc.lower()):
        raise ApiFailure(Unclear("the next page is at another host", answer.status))
    return str(link)


def _of(said: Said) -> tuple[str, int]:
    return (
        ": ".join(filter(None, (said.title, said.detail))) or f"HTTP {said.status}",
        said.status,
    )


def _retry_after(answer: Answer, said: Said) -> float | None:
    """Seconds from the header, or from the text where only that has them (poweroffice.md 2)."""
    header = answer.headers.get("Retry-After", "").strip()
    if header.isdecimal():
        return float(header)
    found = _SECONDS.search(said.detail)
    return float(found[1]) if found else None


def _binding(errors: Any) -> str:
    """Model binding's `errors`: field → sentences, as one text."""
    if not isinstance(errors, dict):
        return ""
    parts = (
        f"{name}: {' '.join(map(_text, texts if isinstance(texts, list) else [texts]))}"
        for name, texts in errors.items()
    )
    return " ".join(parts)


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""
