"""Starts the sandbox as a process and talks to it with the standard library alone."""

import base64
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[4]
SUBSCRIPTION = "Ocp-Apim-Subscription-Key"
MANUAL = "/v2/JournalEntryVouchers/ManualJournals"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Keys:
    application: str = "application-1"
    client: str = "client-1"
    subscription: str = "subscription-1"

    @property
    def basic(self) -> str:
        pair = f"{self.application}:{self.client}"
        return "Basic " + base64.b64encode(pair.encode()).decode()


KEYS = Keys()


def start(*options: str) -> subprocess.Popen[str]:
    """The process, once it has said where it listens; the port stands in `port_of`."""
    command = [sys.executable, "-m", "integrations.poweroffice.sandbox", "--port", "0", *options]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )


def port_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("sandbox http://127.0.0.1:"), line
    assert line.endswith("/\n"), line
    return int(line.rstrip("/\n").rpartition(":")[2])


def stop(process: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """Exit code and what stood on stderr."""
    process.send_signal(how)
    _, errors = process.communicate(timeout=10)
    return process.returncode, errors


@dataclass
class Sandbox:
    port: int
    tokens: dict[Keys, str] = field(default_factory=dict)
    accounts: dict[int, int] = field(default_factory=dict)
    vat_codes: dict[str, int] = field(default_factory=dict)

    def raw(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 10,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def ask_token(self, keys: Keys = KEYS, path: str = "/OAuth/Token", **headers: str) -> Answer:
        head = {
            SUBSCRIPTION: keys.subscription,
            "Authorization": keys.basic,
            "Content-Type": "application/x-www-form-urlencoded",
            **headers,
        }
        return self.raw("POST", path, b"grant_type=client_credentials", head)

    def head(self, keys: Keys = KEYS) -> dict[str, str]:
        if keys not in self.tokens:
            self.tokens[keys] = self.ask_token(keys).json["access_token"]
        return {SUBSCRIPTION: keys.subscription, "Authorization": f"Bearer {self.tokens[keys]}"}

    def call(
        self, method: str, path: str, body: Any = None, keys: Keys = KEYS, timeout: float = 10
    ) -> Answer:
        coded = None if body is None else json.dumps(body).encode()
        return self.raw(method, path, coded, self.head(keys), timeout)

    def control(self, verb: str, body: Any = None) -> Answer:
        return self.raw("POST", f"/_control/{verb}", json.dumps(body or {}).encode())

    def seed(self, **data: Any) -> None:
        answer = self.control("seed", data)
        assert answer.status == 200, answer.body

    def fault(self, call: str, name: str, **more: Any) -> None:
        answer = self.control("faults", {"faults": [{"call": call, "fault": name, **more}]})
        assert answer.status == 200, answer.body

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.raw("GET", "/_control/state").json
        return found

    def account(self, number: int) -> int:
        """An account's id; ids outlive a reset, so one look is enough."""
        if number not in self.accounts:
            rows = self.call("GET", "/v2/GeneralLedgerAccounts").json
            self.accounts |= {int(row["AccountNo"]): int(row["Id"]) for row in rows}
        return self.accounts[number]

    def vat(self, code: str) -> int:
        if code not in self.vat_codes:
            rows = self.call("GET", "/v2/VatCodes?includeExpired=true").json
            self.vat_codes |= {row["Code"]: int(row["Id"]) for row in rows}
        return self.vat_codes[code]

    def line(self, side: str, account: int, vat: str | None, amount: Any, **more: Any) -> Any:
        """One side of a voucher as it is posted; `side` is Debit or Credit."""
        ids = {f"{side}AccountId": self.account(account), "CurrencyAmount": amount}
        return {**ids, **({f"{side}VatId": self.vat(vat)} if vat is not None else {}), **more}

    def journal(self, *lines: Any, **head: Any) -> dict[str, Any]:
        """The tax administration's example (saft.md 3.2), or the lines given."""
        known = lines or (
            self.line("Debit", 1900, "0", 295.00),
            self.line("Debit", 1901, "0", 218.80),
            self.line("Debit", 7740, "0", 0.40),
            self.line("Credit", 3030, "31", 102.80),
            self.line("Credit", 3000, "3", 232.00),
            self.line("Credit", 3000, "3", 179.40),
        )
        start = {"VoucherDate": "2021-03-30", "CurrencyCode": "NOK", "Description": "Z 1"}
        return {**start, **head, "ManualVoucherLines": list(known)}

    def send(self, *lines: Any, keys: Keys = KEYS, **head: Any) -> str:
        """Send a journal and give the draft's id."""
        answer = self.call("POST", MANUAL, self.journal(*lines, **head), keys)
        assert answer.status == 201, answer.body
        return str(answer.json["Id"])
