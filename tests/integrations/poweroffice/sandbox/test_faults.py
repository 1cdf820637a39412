"""Each fault as a client meets it on the socket, and what it leaves in the books."""

import http.client
import json
import socket
import time
from typing import Any

import pytest

from tests.integrations.poweroffice.sandbox.process import MANUAL, Sandbox

pytestmark = pytest.mark.slow

CALL = "POST /JournalEntryVouchers/ManualJournals"


def drafts(sandbox: Sandbox) -> int:
    return len(sandbox.state["drafts"])


def wait_for(sandbox: Sandbox, number: int) -> None:
    end = time.monotonic() + 5
    while drafts(sandbox) != number:
        assert time.monotonic() < end, "the draft never came"
        time.sleep(0.02)


def send(sandbox: Sandbox, **options: Any) -> Any:
    return sandbox.call("POST", MANUAL, sandbox.journal(), **options)


def statuses(sandbox: Sandbox) -> dict[int, int]:
    return {
        row["status"]: row["count"]
        for row in sandbox.state["calls"]
        if f"{row['method']} {row['path']}" == CALL
    }


@pytest.mark.parametrize(
    ("name", "kept"), [("lose-answer-after-commit", 1), ("lose-answer-before-commit", 0)]
)
def test_an_answer_is_lost(sandbox: Sandbox, name: str, kept: int) -> None:
    sandbox.fault(CALL, name, times=1)
    with pytest.raises(ConnectionResetError):
        send(sandbox)
    assert drafts(sandbox) == kept
    assert statuses(sandbox) == {0: 1}
    assert send(sandbox).status == 201  # `times` is used up
    assert drafts(sandbox) == kept + 1


def test_a_commit_comes_late(sandbox: Sandbox) -> None:
    body = sandbox.journal()
    sandbox.fault(CALL, "commit-late", times=1, hold=0.2, seconds=0.4)
    start = time.monotonic()
    with pytest.raises(ConnectionResetError):
        sandbox.call("POST", MANUAL, body)
    assert 0.2 <= time.monotonic() - start < 0.5
    assert drafts(sandbox) == 0
    wait_for(sandbox, 1)
    assert time.monotonic() - start >= 0.6


def test_a_late_commit_does_not_outlive_a_reset(sandbox: Sandbox) -> None:
    sandbox.fault(CALL, "commit-late", times=1, seconds=0.3)
    with pytest.raises(ConnectionResetError):
        send(sandbox)
    sandbox.control("reset")
    time.sleep(0.5)
    assert drafts(sandbox) == 0


def test_throttling_says_when_to_come_back(sandbox: Sandbox) -> None:
    sandbox.fault(CALL, "429", seconds=7)
    answer = send(sandbox)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json["message"] == "Rate limit is exceeded. Try again in 7 seconds."
    assert drafts(sandbox) == 0


@pytest.mark.parametrize(("name", "kept"), [("500-before-commit", 0), ("500-after-commit", 1)])
def test_a_server_error_may_have_committed(sandbox: Sandbox, name: str, kept: int) -> None:
    sandbox.fault(CALL, name)
    assert send(sandbox).status == 500
    assert drafts(sandbox) == kept


def test_a_slow_call_is_answered_properly_in_the_end(sandbox: Sandbox) -> None:
    body = sandbox.journal()
    sandbox.fault(CALL, "slow", seconds=0.4)
    start = time.monotonic()
    assert sandbox.call("POST", MANUAL, body).status == 201
    assert time.monotonic() - start >= 0.4


def test_a_client_that_gave_up_meets_a_late_commit(sandbox: Sandbox) -> None:
    body = sandbox.journal()
    sandbox.fault(CALL, "slow", seconds=0.4)
    with pytest.raises(TimeoutError):
        sandbox.call("POST", MANUAL, body, timeout=0.1)
    wait_for(sandbox, 1)


def test_a_body_is_cut(sandbox: Sandbox) -> None:
    sandbox.fault(CALL, "cut-body")
    with pytest.raises(http.client.IncompleteRead) as broken:
        send(sandbox)
    assert broken.value.expected
    assert abs(len(broken.value.partial) - broken.value.expected) <= 1
    assert drafts(sandbox) == 1


def test_a_body_trickles(sandbox: Sandbox) -> None:
    sandbox.fault("GET /LockDateSettings", "trickle", seconds=0.02)
    sandbox.seed(lock_date="2026-01-31")
    start = time.monotonic()
    answer = sandbox.call("GET", "/v2/LockDateSettings", timeout=1)
    assert answer.json == {"LockDate": "2026-01-31"}
    assert time.monotonic() - start >= 0.02 * (len(answer.body) - 1)


@pytest.mark.parametrize(("name", "status"), [("expired-token", 401), ("revoked-right", 403)])
def test_token_and_right_can_be_lost(sandbox: Sandbox, name: str, status: int) -> None:
    sandbox.fault(CALL, name, times=1)
    answer = send(sandbox)
    assert (answer.status, answer.body) == (status, b"")
    assert drafts(sandbox) == 0
    assert send(sandbox).status == 201


def test_a_redirect_leads_to_another_host(sandbox: Sandbox) -> None:
    sandbox.fault("GET *", "redirect")
    answer = sandbox.raw("GET", "/v2/VatCodes?isActive=true", None, sandbox.head())
    assert answer.status == 302
    assert answer.headers["Location"] == "http://elsewhere.invalid/v2/VatCodes?isActive=true"


def test_an_answer_cannot_be_read(sandbox: Sandbox) -> None:
    sandbox.fault(CALL, "unreadable")
    answer = send(sandbox)
    assert answer.status == 201
    with pytest.raises(json.JSONDecodeError):
        _ = answer.json
    assert drafts(sandbox) == 1


def test_a_line_is_altered(sandbox: Sandbox) -> None:
    sandbox.fault("*", "altered-line", times=1)
    answer = send(sandbox)
    assert answer.status == 201
    amounts = [line["CurrencyAmount"] for line in answer.json["ManualVoucherLines"]]
    assert amounts == [296, 218.8, 0.4, 102.8, 232, 179.4]
    (draft,) = sandbox.state["drafts"]
    assert (draft["debit"], draft["credit"]) == ("515.20", "514.20")


def test_a_broken_connection_is_closed_for_good(sandbox: Sandbox) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in sandbox.head().items())
    sandbox.fault("GET *", "lose-answer-before-commit", times=1)
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as wire:
        wire.sendall(f"GET /v2/VatCodes HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
        with pytest.raises(ConnectionResetError):
            wire.recv(1)
    assert sandbox.call("GET", "/v2/VatCodes").status == 200


def test_a_share_strikes_the_same_calls_for_the_same_seed(sandbox: Sandbox) -> None:
    def round_of(seed: int) -> list[int]:
        sandbox.fault("GET /VatSettings", "429", share=0.3, seed=seed)
        return [sandbox.call("GET", "/v2/VatSettings").status for _ in range(40)]

    first = round_of(1)
    assert 4 <= first.count(429) <= 20
    assert round_of(1) == first
    assert round_of(2) != first


def test_the_first_rule_that_strikes_decides(sandbox: Sandbox) -> None:
    rules = [
        {"call": "GET /VatSettings", "fault": "500-before-commit", "times": 1},
        {"call": "*", "fault": "revoked-right"},
    ]
    head = sandbox.head()
    sandbox.control("faults", {"faults": rules})
    found = [sandbox.raw("GET", "/v2/VatSettings", None, head).status for _ in range(2)]
    assert found == [500, 403]
    assert sandbox.ask_token().status == 403  # `*` is every call
    sandbox.control("faults", {"faults": []})
    assert sandbox.call("GET", "/v2/VatSettings").status == 200


def test_faults_reach_calls_with_an_id(sandbox: Sandbox) -> None:
    draft_id = sandbox.send()
    sandbox.fault("GET /JournalEntryVouchers/ManualJournals/{id}", "expired-token")
    assert sandbox.call("GET", f"{MANUAL}/{draft_id}").status == 401
    assert sandbox.call("GET", "/v2/JournalEntryVouchers").status == 200


@pytest.mark.parametrize(
    "rule",
    [
        {"call": "*"},
        {"call": "*", "fault": "earthquake"},
        {"call": "*", "fault": "429", "times": 0},
        {"call": "*", "fault": "429", "share": -1},
        {"call": "*", "fault": "429", "colour": "red"},
        {"call": 1, "fault": "429"},
        "429",
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(sandbox: Sandbox, rule: Any) -> None:
    sandbox.fault("GET /VatSettings", "revoked-right")
    assert sandbox.control("faults", {"faults": [rule]}).status == 400
    assert sandbox.call("GET", "/v2/VatSettings").status == 403  # the old list stands
