"""What the gateway decides before Go is asked: keys, routes, length, and how often."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integrations.poweroffice.sandbox.process import KEYS, MANUAL, SUBSCRIPTION, Keys, Sandbox

NOT_FOUND = {"statusCode": 404, "message": "Resource not found"}


@pytest.mark.parametrize("path", ["/OAuth/Token", "/v2/VatCodes"])
@pytest.mark.parametrize(("key", "word"), [("", "missing"), ("wrong-1", "invalid")])
def test_every_call_needs_a_subscription_key(
    sandbox: Sandbox, path: str, key: str, word: str
) -> None:
    method = "POST" if path == "/OAuth/Token" else "GET"
    answer = sandbox.raw(method, path, b"", {**sandbox.head(), SUBSCRIPTION: key})
    assert answer.status == 401
    assert answer.json["statusCode"] == 401
    assert answer.json["message"].startswith(f"Access denied due to {word} subscription key.")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v2/Nothing"),
        ("POST", "/v2/SalesOrders"),
        ("PUT", "/v2/VatCodes"),
        ("PATCH", "/v2/JournalEntryVouchers/1"),
        ("GET", "/v3/VatCodes"),
        ("GET", "/_control/state/x"),
    ],
)
def test_an_unknown_route_is_the_gateway_s_404(sandbox: Sandbox, method: str, path: str) -> None:
    answer = sandbox.call(method, path)
    assert (answer.status, answer.json) == (404, NOT_FOUND)


def test_an_address_longer_than_2000_characters_is_a_404(sandbox: Sandbox) -> None:
    path = "/v2/GeneralLedgerAccounts?accountNos="
    fits = path + "1" * (2000 - len(path))
    assert sandbox.call("GET", fits).status == 204
    answer = sandbox.call("GET", f"{fits}1")
    assert (answer.status, answer.json) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "path", ["/v2/VatCodes", "/demo/v2/VatCodes", "/VatCodes", "/Demo/V2/vatcodes", "/v2/vatCodes/"]
)
def test_live_demo_and_bare_root_answer_in_any_case(sandbox: Sandbox, path: str) -> None:
    assert sandbox.call("GET", path).status == 200


@pytest.mark.slow
def test_the_eleventh_call_in_a_second_is_throttled(sandbox: Sandbox) -> None:
    sandbox.seed(limit=10)
    keys = Keys(subscription="busy")
    sandbox.head(keys)  # the token call counts too
    answers = [sandbox.call("GET", "/v2/VatCodes", keys=keys) for _ in range(11)]
    assert [answer.status for answer in answers] == [200] * 9 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "1"
    assert answers[-1].json == {
        "statusCode": 429,
        "message": "Rate limit is exceeded. Try again in 1 seconds.",
    }
    token = sandbox.ask_token(keys)
    assert (token.status, token.json["statusCode"]) == (429, "429")
    assert sandbox.call("GET", "/v2/VatCodes", keys=KEYS).status == 200  # another key
    assert sandbox.state["max_calls_per_second"] == 13
    time.sleep(1.05)
    assert sandbox.call("GET", "/v2/VatCodes", keys=keys).status == 200


def test_a_limit_of_none_is_lifted(sandbox: Sandbox) -> None:
    sandbox.seed(limit=0)
    assert {sandbox.call("GET", "/v2/VatSettings").status for _ in range(15)} == {200}


def test_the_log_counts_calls_by_route_and_status(sandbox: Sandbox) -> None:
    sandbox.call("GET", "/demo/v2/vatcodes")
    sandbox.call("GET", "/v2/VatCodes")
    sandbox.call("GET", "/v2/JournalEntryVouchers/ManualJournals/1")
    state = sandbox.state
    assert {"method": "GET", "path": "/VatCodes", "status": 200, "count": 2} in state["calls"]
    route = "/JournalEntryVouchers/ManualJournals/{id}"
    assert {"method": "GET", "path": route, "status": 400, "count": 1} in state["calls"]
    assert state["call_count"] == 4  # with the token call


def test_chunked_and_oversized_bodies_are_refused(sandbox: Sandbox) -> None:
    head = {**sandbox.head(), "Transfer-Encoding": "chunked"}
    assert sandbox.raw("POST", "/v2/Customers", b"0\r\n\r\n", head).status == 411
    head = {**sandbox.head(), "Content-Length": "99999999"}
    assert sandbox.raw("POST", "/v2/Customers", b"", head).status == 413


def test_a_connection_is_kept_for_the_next_call(sandbox: Sandbox) -> None:
    head = sandbox.head()
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=5)
    connection.connect()
    wire = connection.sock
    for path in ("/v2/VatCodes", "/v2/Nothing", "/v2/Customers", "/v2/VatSettings"):
        connection.request("GET", path, headers=head)
        connection.getresponse().read()
        assert connection.sock is wire
    connection.close()


def test_many_at_once_lose_and_double_nothing(sandbox: Sandbox) -> None:
    body = sandbox.journal()

    def send(number: int) -> str:
        answer = sandbox.call("POST", MANUAL, {**body, "Description": f"Z {number}"})
        return str(answer.json["Id"])

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(send, range(60)))
        numbers = list(pool.map(lambda it: sandbox.control(f"post/{it}").json["voucher_no"], ids))
    assert sorted(numbers) == list(range(1, 61))
    vouchers = sandbox.state["vouchers"]
    assert sorted(it["description"] for it in vouchers) == sorted(f"Z {n}" for n in range(60))
    assert {(it["debit"], len(it["lines"])) for it in vouchers} == {("514.20", 6)}
