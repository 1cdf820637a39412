"""PowerOffice Go's API v2 as methods: typed, dumb, no retries, no Django, and no judgement.

Everything it needs comes as an argument. A call that fails raises ApiFailure, whose value says what
was seen; the one thing repeated is a call that got 401, once, with a new token: 401 did nothing.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

import requests
from requests.adapters import HTTPAdapter

from integrations.poweroffice import transport, wire
from integrations.poweroffice.answers import Answer, next_page, refusal, token_refusal
from integrations.poweroffice.failures import (
    ApiFailure,
    KeyRefused,
    NoConnection,
    Unclear,
    Withheld,
)
from integrations.poweroffice.hosts import Hosts, Keys
from integrations.poweroffice.reading import Unreadable, each, parse, read
from integrations.poweroffice.tokens import TOKENS, TokenCache

Shape = TypeVar("Shape")

CHUNK_BYTES = 64 * 1024
MOST_PAGES = 1000
USER_AGENT = "backoffice-settlement-export/1 (till settlements as drafts)"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take from connecting to its last byte, and how large it may be."""

    deadline_s: float
    connect_s: float = 10.0
    body_bytes: int = 20_000_000
    page_size: int = 5000


def new_session() -> requests.Session:
    """A session whose connections can tell whether a request left; it ignores proxies and netrc."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        adapter = HTTPAdapter(max_retries=0)
        adapter.poolmanager.pool_classes_by_scheme = dict(transport.POOLS)
        session.mount(scheme, adapter)
    return session


class PowerOfficeClient:
    """One client company's way in. Not for several threads at once: a session is not."""

    def __init__(
        self,
        http: requests.Session,
        hosts: Hosts,
        keys: Keys,
        wait_turn: Callable[[], None],
        limits: Limits,
        tokens: TokenCache = TOKENS,
    ) -> None:
        self._http = http
        self._hosts = hosts
        self._keys = keys
        self._wait_turn = wait_turn
        self._limits = limits
        self._tokens = tokens

    # --- Endpoints (poweroffice.md 1.3, 4.1, 4.9)

    def token(self) -> wire.Token:
        """POST /OAuth/Token. Failures are those of a call that has written nothing."""
        form = {"grant_type": "client_credentials"}
        basic = (self._keys.application, self._keys.client)
        request = requests.Request("POST", self._hosts.token, data=form, auth=basic)
        try:
            answer = self._exchange(request)
            if answer.status == 200:
                return _one(wire.Token, answer)
        except ApiFailure as failed:
            raise ApiFailure(token_refusal(failed.failure)) from failed
        raise ApiFailure(token_refusal(refusal(answer)))

    def log_in(self) -> None:
        """Get a new token, for a right given or taken counts from the next one (poweroffice.md 1.3)."""
        self._tokens.drop(self._token_key)
        self._tokens.get(self._token_key, self.token)

    def client_information(self) -> wire.ClientInformation:
        return self._get(wire.ClientInformation, "/ClientIntegrationInformation")

    def financial_settings(self) -> wire.FinancialSettings:
        return self._get(wire.FinancialSettings, "/FinancialSettings")

    def vat_settings(self) -> wire.VatSettings:
        return self._get(wire.VatSettings, "/VatSettings")

    def lock_date(self) -> wire.LockDateSettings:
        return self._get(wire.LockDateSettings, "/LockDateSettings")

    def vat_codes(self) -> tuple[wire.VatCode, ...]:
        """Every code, expired and inactive ones too: a settlement may be of an earlier day."""
        return self._list(wire.VatCode, "/VatCodes", {"includeExpired": "true"})

    def accounts(self) -> tuple[wire.Account, ...]:
        return self._list(wire.Account, "/GeneralLedgerAccounts", {})

    def departments(self) -> tuple[wire.Department, ...]:
        return self._list(wire.Department, "/Departments", {})

    def journal_vouchers(self, created_after: datetime) -> tuple[wire.VoucherItem, ...]:
        """Drafts and posted vouchers made after the moment (exclusive), of every page."""
        since = created_after.astimezone(UTC).isoformat(timespec="microseconds")
        query = {"createdDateTimeOffsetGreaterThan": since.replace("+00:00", "Z")}
        return self._list(wire.VoucherItem, "/JournalEntryVouchers", query)

    def entries(self, first: date, last: date) -> tuple[wire.Entry, ...]:
        """Lines of posted manual journals with a posting date from `first` to `last` (4.10)."""
        query = {"fromDate": first.isoformat(), "toDate": last.isoformat()}
        return self._list(
            wire.Entry, "/AccountTransactions", query | {"voucherTypes": "ManualJournal"}
        )

    def manual_journal(self, voucher_id: str) -> wire.Voucher:
        path = f"/JournalEntryVouchers/ManualJournals/{uuid.UUID(voucher_id)}"
        return self._get(wire.Voucher, path)

    def create_manual_journal(
        self, draft: wire.ManualJournal, may_write: Callable[[], bool]
    ) -> wire.Voucher:
        """Make a draft. `may_write` is asked when only the write itself is left to do.

        Unclear and only Unclear means that the draft may exist.
        """
        request = requests.Request(
            "POST",
            self._hosts.api + "/JournalEntryVouchers/ManualJournals",
            data=wire.to_json(draft).encode(),
            headers={"Content-Type": "application/json"},
        )
        return _one(wire.Voucher, self._call(request, may_write))

    def delete_journal_voucher(
        self, voucher_id: str, may_write: Callable[[], bool] | None = None
    ) -> None:
        """Delete an unposted voucher with its lines and pages; Refused 409 once it is posted."""
        path = f"/JournalEntryVouchers/{uuid.UUID(voucher_id)}"
        self._call(requests.Request("DELETE", self._hosts.api + path), may_write)

    # --- How a call is made

    def _get(self, shape: type[Shape], path: str) -> Shape:
        return _one(shape, self._call(requests.Request("GET", self._hosts.api + path)))

    def _list(self, shape: type[Shape], path: str, query: Mapping[str, str]) -> tuple[Shape, ...]:
        """Every page in their order; a link to another host, or in a circle, is not followed."""
        params = {**query, "PageSize": str(self._limits.page_size)}
        request = requests.Request("GET", self._hosts.api + path, params=params)
        found: list[Shape] = []
        for _ in range(MOST_PAGES):
            answer = self._call(request)
            found += _many(shape, answer)
            link = next_page(answer, self._hosts.api)
            if link is None:
                return tuple(found)
            request = requests.Request("GET", link)
        raise ApiFailure(Unclear("the list has no end", answer.status))

    def _call(
        self, request: requests.Request, may_write: Callable[[], bool] | None = None
    ) -> Answer:
        """The answer of a call that went well, with a new token and once more after a 401."""
        answer, bearer = self._with_token(request, may_write)
        if answer.status == 401:
            self._tokens.forget(self._token_key, bearer)
            answer, bearer = self._with_token(request, may_write)
        if answer.status in (401, 403):
            # A right that is given or taken counts from the next token on (poweroffice.md 1.3).
            self._tokens.forget(self._token_key, bearer)
        if answer.status == 401:
            raise ApiFailure(KeyRefused(answer.said))
        if answer.status not in (200, 201, 204):
            raise ApiFailure(refusal(answer))
        return answer

    def _with_token(
        self, request: requests.Request, may_write: Callable[[], bool] | None
    ) -> tuple[Answer, str]:
        bearer = self._tokens.get(self._token_key, self.token)
        request.headers = {**request.headers, "Authorization": f"Bearer {bearer}"}
        return self._exchange(request, may_write), bearer

    @property
    def _token_key(self) -> tuple[str, ...]:
        keys = self._keys
        return (self._hosts.token, keys.application, keys.client, keys.subscription)

    def _exchange(
        self, request: requests.Request, may_write: Callable[[], bool] | None = None
    ) -> Answer:
        """One request and its whole answer, of whatever status, within the deadline."""
        request.headers = {
            **request.headers,
            "Accept": "application/json",
            "Ocp-Apim-Subscription-Key": self._keys.subscription,
            "User-Agent": USER_AGENT,
        }
        prepared = self._http.prepare_request(request)
        self._wait_turn()
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
        return answer.cut("the time was up") if watch.fired else answer

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


def _one(shape: type[Shape], answer: Answer) -> Shape:
    try:
        return read(shape, parse(answer.whole()))
    except Unreadable as problem:
        raise ApiFailure(Unclear(str(problem), answer.status)) from problem


def _many(shape: type[Shape], answer: Answer) -> tuple[Shape, ...]:
    if answer.status == 204:
        return ()
    try:
        return each(shape, parse(answer.whole()))
    except Unreadable as problem:
        raise ApiFailure(Unclear(str(problem), answer.status)) from problem
