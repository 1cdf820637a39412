"""One request and its answer: whose turn it is, within the deadline, and whether a byte can have left.

No judgement but that one: it alone can see it (reliability.md 5.5). No Django.
"""

import logging
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from integrations.poweroffice import transport
from integrations.poweroffice.answers import Answer, refusal
from integrations.poweroffice.failures import (
    ApiFailure,
    NoConnection,
    NoTurn,
    Throttled,
    Unclear,
    Withheld,
)

CHUNK_BYTES = 64 * 1024
USER_AGENT = "backoffice-settlement-export/1 (till settlements as drafts)"
TOO_MANY = 429
NO_ANSWER = 0
_IDS = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|(?<=/)\d+(?=/|$)")

logger = logging.getLogger(__name__)
SHORTEST_WAIT_S = 1.0  # «wait at least one second» (poweroffice.md 2)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take from connecting to its last byte, and how large it may be."""

    deadline_s: float
    connect_s: float = 10.0
    body_bytes: int = 20_000_000
    page_size: int = 5000


class Budget(Protocol):
    """The calls that may be made, shared with everybody who uses the subscription key."""

    def wait(self) -> None:
        """Sleep until the next call may begin. Raises NoTurn."""

    def hold(self, seconds: float) -> None:
        """Let nobody call for so long, for they asked us to wait. Raises NoTurn."""


def new_session() -> requests.Session:
    """A session whose connections can tell whether a request left; it ignores proxies and netrc."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        adapter = HTTPAdapter(max_retries=0)
        adapter.poolmanager.pool_classes_by_scheme = dict(transport.POOLS)
        session.mount(scheme, adapter)
    return session


class Exchange:
    """Sends with one subscription key. Not for several threads at once: a session is not."""

    def __init__(
        self, http: requests.Session, subscription_key: str, budget: Budget, limits: Limits
    ) -> None:
        self._http = http
        self._subscription_key = subscription_key
        self._budget = budget
        self._limits = limits

    def send(
        self, request: requests.Request, may_write: Callable[[], bool] | None = None
    ) -> Answer:
        """One request and its whole answer, of whatever status, within the deadline; logged in one line."""
        begun, status = time.monotonic(), NO_ANSWER
        try:
            answer = self._send(request, may_write)
            status = answer.status
        finally:
            path = _IDS.sub("{id}", urlsplit(request.url).path)
            took = round(1000 * (time.monotonic() - begun))  # with the wait for our turn
            what = {"method": request.method, "path": path, "status": status, "ms": took}
            logger.info("call", extra=what)
        return answer

    def _send(
        self, request: requests.Request, may_write: Callable[[], bool] | None = None
    ) -> Answer:
        request.headers = {
            **request.headers,
            "Accept": "application/json",
            "Ocp-Apim-Subscription-Key": self._subscription_key,
            "User-Agent": USER_AGENT,
        }
        prepared = self._http.prepare_request(request)
        self._take_turn()
        if may_write is not None and not may_write():
            raise ApiFailure(Withheld())
        try:
            with transport.within(self._limits.deadline_s) as watch:
                answer = self._read(prepared)
        except transport.NeverConnected as problem:
            raise ApiFailure(NoConnection(str(problem))) from problem
        except requests.RequestException as problem:
            reason = "the time was up" if watch.fired else type(problem).__name__
            raise ApiFailure(Unclear(reason)) from problem
        if answer.status == TOO_MANY:
            self._tell_all_to_wait(answer)
        return answer.cut("the time was up") if watch.fired else answer

    def _take_turn(self) -> None:
        try:
            self._budget.wait()
        except NoTurn as problem:
            raise ApiFailure(Withheld(str(problem))) from problem

    def _tell_all_to_wait(self, answer: Answer) -> None:
        """What one was told holds for all: the limit is one for the whole subscription key."""
        match refusal(answer):
            case Throttled(_, retry_after):
                with suppress(NoTurn):  # then nobody gets a turn anyway
                    self._budget.hold(retry_after or SHORTEST_WAIT_S)

    def _read(self, prepared: requests.PreparedRequest) -> Answer:
        limits = self._limits
        patience = (min(limits.connect_s, limits.deadline_s), limits.deadline_s)
        with self._http.send(
            prepared, stream=True, allow_redirects=False, timeout=patience
        ) as response:
            answer = Answer(response.status_code, response.headers)
            body = bytearray()
            try:
                for chunk in response.iter_content(CHUNK_BYTES):
                    body += chunk
                    if len(body) > limits.body_bytes:
                        return answer.cut("the answer is too large")
            except requests.RequestException as problem:
                return answer.cut(type(problem).__name__)
        return answer.with_body(bytes(body))
