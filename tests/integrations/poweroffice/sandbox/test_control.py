"""The control: who may use it, and what it does to drafts."""

import pytest

from integrations.poweroffice.sandbox import seed
from integrations.poweroffice.sandbox.control import Control
from integrations.poweroffice.sandbox.faults import Faults
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.limits import CallLog
from integrations.poweroffice.sandbox.message import Refusal, Request
from tests.integrations.poweroffice.sandbox.process import Sandbox

UNKNOWN = "7c1e5a90-4b0e-4f57-9a55-0d6f0f3b2c11"


def test_a_reset_empties_the_books_and_restores_the_seed(sandbox: Sandbox) -> None:
    sandbox.send()
    sandbox.control(f"post/{sandbox.send()}")
    sandbox.call("POST", "/v2/Customers", {"Name": "x"})
    sandbox.seed(lock_date="2026-01-31", accounts=[{"number": 3999}], departments=[{"code": "9"}])
    sandbox.fault("*", "429")
    assert sandbox.control("reset").status == 200
    state = sandbox.state
    names = ("drafts", "vouchers", "orders", "customers", "products", "calls")
    assert all(state[name] == [] for name in names)
    assert (state["call_count"], state["max_calls_per_second"]) == (0, 0)
    assert sandbox.call("GET", "/v2/LockDateSettings").json == {}
    assert sandbox.call("GET", "/v2/GeneralLedgerAccounts?accountNos=3999").status == 204
    assert sandbox.call("GET", "/v2/Departments?codes=9").status == 204


def test_a_draft_is_deleted_but_a_voucher_is_not(sandbox: Sandbox) -> None:
    draft_id, posted = sandbox.send(), sandbox.send()
    sandbox.control(f"post/{posted}")
    assert sandbox.control(f"delete/{draft_id}").status == 200
    assert sandbox.control(f"delete/{posted}").status == 409
    assert sandbox.control(f"delete/{draft_id}").status == 404
    assert sandbox.control(f"post/{UNKNOWN}").status == 404
    assert sandbox.state["drafts"] == []


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"faults": 1}'])
def test_a_body_that_cannot_be_read_is_refused(sandbox: Sandbox, body: bytes) -> None:
    answer = sandbox.raw("POST", "/_control/faults", body)
    assert answer.status == 400
    assert answer.json["error"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "reset"), ("POST", "state"), ("POST", "explode"), ("POST", "x/y")]
)
def test_unknown_controls_are_not_there(sandbox: Sandbox, method: str, path: str) -> None:
    assert sandbox.raw(method, f"/_control/{path}", b"").status == 404


def test_a_page_in_a_browser_cannot_reach_it(sandbox: Sandbox) -> None:
    sandbox.send()
    answer = sandbox.raw("POST", "/_control/reset", b"", {"Origin": "http://elsewhere.invalid"})
    assert answer.status == 404
    assert len(sandbox.state["drafts"]) == 1


@pytest.mark.parametrize(
    ("peer", "reached"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("10.0.0.7", False), ("::", False)],
)
def test_it_answers_loopback_only(peer: str, reached: bool) -> None:
    ledger = Ledger(None)
    seed.plant(ledger)
    control = Control(ledger, Faults(), CallLog())
    request = Request("GET", "/_control/state", "/_control/state", {}, {}, b"", peer)
    try:
        if reached:
            assert control.serve(request).status == 200
        else:
            with pytest.raises(Refusal) as refused:
                control.serve(request)
            assert refused.value.response.status == 404
    finally:
        ledger.close()
