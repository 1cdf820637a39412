"""The token call and what a token opens."""

import base64
import json
from typing import Any

import pytest

from tests.integrations.poweroffice.sandbox.process import KEYS, SUBSCRIPTION, Keys, Sandbox


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


@pytest.mark.parametrize("path", ["/OAuth/Token", "/Demo/OAuth/Token", "/demo/oauth/token"])
def test_a_token_is_issued_for_twenty_minutes(sandbox: Sandbox, path: str) -> None:
    answer = sandbox.ask_token(path=path)
    assert answer.status == 200
    assert answer.json["token_type"] == "bearer"
    assert answer.json["expires_in"] == 1200


def test_a_token_carries_the_claims_of_go(sandbox: Sandbox) -> None:
    found = claims(sandbox.ask_token().json["access_token"])
    assert found["goClientName"] == "Demo AS"
    assert "JournalEntryVoucher_Full" in found["role"]
    assert found["goInvalidPrivileges"] == []
    assert found["goAllowSendInvoice"] == "False"
    assert found["exp"] - found["iat"] == 1200
    assert KEYS.application not in json.dumps(found)
    assert KEYS.client not in json.dumps(found)


def test_the_live_base_has_no_token_call(sandbox: Sandbox) -> None:
    assert sandbox.ask_token(path="/v2/OAuth/Token").status == 404


@pytest.mark.parametrize(
    "keys",
    [Keys(client="wrong"), Keys(application="wrong-1"), Keys(client=""), Keys(application="")],
)
def test_wrong_keys_are_refused_in_go_s_own_words(sandbox: Sandbox, keys: Keys) -> None:
    answer = sandbox.ask_token(keys)
    assert answer.status == 400
    assert answer.json == {
        "error": "invalid_client",
        "error_description": "Client integration not found. Please ensure the provided keys are"
        " matching the desired environment.",
    }


def test_other_grants_and_other_authorization_are_refused(sandbox: Sandbox) -> None:
    head = {SUBSCRIPTION: "s", "Authorization": KEYS.basic}
    answer = sandbox.raw("POST", "/OAuth/Token", b"grant_type=password", head)
    assert (answer.status, answer.json["error"]) == (400, "unsupported_grant_type")
    answer = sandbox.ask_token(Authorization="Basic ???")
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_each_client_key_opens_a_client_of_its_own(sandbox: Sandbox) -> None:
    first, second = (
        sandbox.call("GET", "/v2/ClientIntegrationInformation", keys=Keys(client=client)).json
        for client in ("one", "two")
    )
    assert first["ClientId"] != second["ClientId"]
    assert first["ClientName"] == second["ClientName"] == "Demo AS"


def test_seeded_clients_are_the_only_ones_that_open(sandbox: Sandbox) -> None:
    row = {"application_key": "a", "client_key": "c", "client_id": "77", "client_name": "Kafé AS"}
    sandbox.seed(clients=[row])
    known = Keys(application="a", client="c")
    found = sandbox.call("GET", "/v2/ClientIntegrationInformation", keys=known).json
    assert (found["ClientId"], found["ClientName"]) == ("77", "Kafé AS")
    assert sandbox.ask_token(Keys(application="a", client="other")).status == 400
    assert sandbox.ask_token(KEYS).status == 400


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer a.b.c", "Basic YTpi", "Bearer ..", "x"])
def test_a_call_without_a_valid_token_is_401_without_a_body(sandbox: Sandbox, header: str) -> None:
    head = {SUBSCRIPTION: "s", "Authorization": header}
    answer = sandbox.raw("GET", "/v2/VatCodes", None, head)
    assert (answer.status, answer.body) == (401, b"")


def test_a_token_changed_by_hand_is_refused(sandbox: Sandbox) -> None:
    head, body, mark = sandbox.ask_token().json["access_token"].split(".")
    more = {**claims(f"{head}.{body}.{mark}"), "role": ["Everything"]}
    forged = base64.urlsafe_b64encode(json.dumps(more).encode()).decode().rstrip("=")
    headers = {SUBSCRIPTION: "s", "Authorization": f"Bearer {head}.{forged}.{mark}"}
    assert sandbox.raw("GET", "/v2/VatCodes", None, headers).status == 401


def test_a_token_expires(sandbox: Sandbox) -> None:
    assert sandbox.call("GET", "/v2/VatCodes").status == 200
    sandbox.seed(token_seconds=0)
    sandbox.tokens.clear()
    assert sandbox.call("GET", "/v2/VatCodes").status == 401


def test_privileges_are_those_of_the_moment_of_issue(sandbox: Sandbox) -> None:
    sandbox.seed(privileges=["GeneralLedgerAccount"])
    answer = sandbox.call("GET", "/v2/VatCodes")
    assert (answer.status, answer.body) == (403, b"")
    assert sandbox.call("POST", "/v2/JournalEntryVouchers/ManualJournals", {}).status == 403
    assert sandbox.call("GET", "/v2/GeneralLedgerAccounts").status == 200
    sandbox.seed(privileges=["CommonServices"])
    assert sandbox.call("GET", "/v2/VatCodes").status == 403  # still the old token
    found = sandbox.call("GET", "/v2/ClientIntegrationInformation").json
    assert found["ValidPrivileges"] == ["GeneralLedgerAccount"]
    assert "JournalEntryVoucher_Full" in found["InvalidPrivileges"]
    sandbox.tokens.clear()
    assert sandbox.call("GET", "/v2/VatCodes").status == 200
    assert sandbox.call("GET", "/v2/GeneralLedgerAccounts").status == 403
