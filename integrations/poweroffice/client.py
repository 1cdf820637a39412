"""PowerOffice Go's API v2 as methods: typed, dumb, no retries, no Django, and no judgement.

Everything it needs comes as an argument. A call that fails raises ApiFailure, whose value says what
was seen; the one thing repeated is a call that got 401, once, with a new token: 401 did nothing.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TypeVar

import requests

from integrations.poweroffice import wire
from integrations.poweroffice.answers import Answer, next_page, refusal, token_refusal
from integrations.poweroffice.exchange import Budget, Exchange, Limits
from integrations.poweroffice.failures import (
    ApiFailure,
    KeyRefused,
    NoTurn,
    Unclear,
    Withheld,
)
from integrations.poweroffice.hosts import Hosts, Keys
from integrations.poweroffice.reading import Unreadable, each, parse, read
from integrations.poweroffice.tokens import Tokens

Shape = TypeVar("Shape")

MOST_PAGES = 1000


class PowerOfficeClient:
    """One client company's way in. Not for several threads at once: a session is not."""

    def __init__(
        self,
        http: requests.Session,
        hosts: Hosts,
        keys: Keys,
        budget: Budget,
        limits: Limits,
        tokens: Tokens,
    ) -> None:
        self._exchange = Exchange(http, keys.subscription, budget, limits)
        self._hosts = hosts
        self._keys = keys
        self._page_size = limits.page_size
        self._tokens = tokens

    # --- Endpoints (poweroffice.md 1.3, 4.1, 4.9)

    def token(self) -> wire.Token:
        """POST /OAuth/Token. Failures are those of a call that has written nothing."""
        form = {"grant_type": "client_credentials"}
        basic = (self._keys.application, self._keys.client)
        request = requests.Request("POST", self._hosts.token, data=form, auth=basic)
        try:
            answer = self._exchange.send(request)
            if answer.status == 200:
                return _one(wire.Token, answer)
        except ApiFailure as failed:
            raise ApiFailure(token_refusal(failed.failure)) from failed
        raise ApiFailure(token_refusal(refusal(answer)))

    def log_in(self) -> None:
        """Get a new token, for a right given or taken counts from the next one (poweroffice.md 1.3)."""
        self._tokens.drop(self._token_key)
        self._bearer()

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

    def add_voucher_page(
        self, voucher_id: str, name: str, content: bytes, may_write: Callable[[], bool]
    ) -> None:
        """Put a PDF on an unposted voucher, beside those that lie there; Refused 409 once it is posted."""
        path = f"/JournalEntryVouchers/{uuid.UUID(voucher_id)}/VoucherPages"
        files = {"file": (name, content, "application/pdf")}
        self._call(requests.Request("POST", self._hosts.api + path, files=files), may_write)

    # --- How a call is made

    def _get(self, shape: type[Shape], path: str) -> Shape:
        return _one(shape, self._call(requests.Request("GET", self._hosts.api + path)))

    def _list(self, shape: type[Shape], path: str, query: Mapping[str, str]) -> tuple[Shape, ...]:
        """Every page in their order; a link to another host, or in a circle, is not followed."""
        params = {**query, "PageSize": str(self._page_size)}
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
        bearer = self._bearer()
        request.headers = {**request.headers, "Authorization": f"Bearer {bearer}"}
        return self._exchange.send(request, may_write), bearer

    def _bearer(self) -> str:
        try:
            return self._tokens.get(self._token_key, self.token)
        except NoTurn as problem:
            raise ApiFailure(Withheld(str(problem))) from problem

    @property
    def _token_key(self) -> tuple[str, ...]:
        keys = self._keys
        return (self._hosts.token, keys.application, keys.client, keys.subscription)


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
