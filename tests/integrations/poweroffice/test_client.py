"""The client against answers written by hand: what it asks for, and what it makes of each answer."""

import base64
import json
from datetime import UTC, datetime

import pytest
import requests
import responses
from responses import matchers

from integrations.poweroffice import mapping, wire
from integrations.poweroffice.failures import (
    ApiFailure,
    KeyRefused,
    NoToken,
    Refused,
    Said,
    Throttled,
    Unclear,
    Withheld,
)
from integrations.poweroffice.hosts import DEMO, LIVE, Keys, sandbox_hosts
from integrations.poweroffice.tokens import TokenCache
from tests.integrations.poweroffice.build import A_BOOK, MARK, a_client, a_journal, always, never

VOUCHERS = f"{DEMO.api}/JournalEntryVouchers"
CREATE = f"{VOUCHERS}/ManualJournals"
VOUCHER_ID = "38ecfc1a-bf51-448f-99a8-a61bc5771109"
CREATED = {"Id": VOUCHER_ID, "VoucherDate": "2026-11-23", "Description": "x"}
SINCE = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def far():
    """The far side: the token call answers, everything else is up to the test."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        token = {"access_token": "t1", "token_type": "bearer", "expires_in": 1200}
        mock.post(DEMO.token, json=token)
        yield mock


def a_draft() -> wire.ManualJournal:
    draft = mapping.to_manual_journal(a_journal(), A_BOOK, MARK)
    assert isinstance(draft, wire.ManualJournal)
    return draft


def failure_of(call):
    with pytest.raises(ApiFailure) as caught:
        call()
    return caught.value.failure


def calls_to(far, url):
    return [call for call in far.calls if call.request.url.split("?")[0] == url]


def test_a_draft_is_posted_with_its_amounts_digit_for_digit(far):
    far.post(CREATE, json=CREATED, status=201)

    created = a_client().create_manual_journal(a_draft(), always)

    assert created.Id == VOUCHER_ID
    sent = calls_to(far, CREATE)[0].request
    assert b'"CurrencyAmount":102.80,' in sent.body
    assert sent.headers["Content-Type"] == "application/json"
    assert sum(line["CurrencyAmount"] for line in json.loads(sent.body)["ManualVoucherLines"])


def test_every_call_carries_the_subscription_key_and_the_name_of_the_project(far):
    far.get(f"{DEMO.api}/VatSettings", json={"IsVatRegistered": True})

    assert a_client().vat_settings().IsVatRegistered

    assert len(far.calls) == 2
    for call in far.calls:
        assert call.request.headers["Ocp-Apim-Subscription-Key"] == "a-subscription-key"
        assert call.request.headers["User-Agent"].startswith("backoffice-settlement-export/")


def test_the_token_call_is_basic_with_a_form(far):
    a_client().token()

    sent = far.calls[0].request
    basic = base64.b64encode(b"an-application-key:a-client-key").decode()
    assert sent.headers["Authorization"] == f"Basic {basic}"
    assert sent.body == "grant_type=client_credentials"


def test_one_token_serves_every_call_until_a_minute_before_it_expires(far):
    far.get(f"{DEMO.api}/VatSettings", json={})
    now = [0.0]
    client = a_client(tokens=TokenCache(lambda: now[0]))

    for moment in (0.0, 1139.0, 1140.0):
        now[0] = moment
        client.vat_settings()

    assert len(calls_to(far, DEMO.token)) == 2


def test_tokens_of_two_clients_are_never_mixed(far):
    far.get(f"{DEMO.api}/VatSettings", json={})
    tokens = TokenCache()

    for client_key in ("one", "two"):
        a_client(keys=Keys("a", client_key, "s"), tokens=tokens).vat_settings()

    assert len(calls_to(far, DEMO.token)) == 2


def test_a_401_gets_a_new_token_and_the_same_call_once_more(far):
    far.post(CREATE, status=401)
    far.post(CREATE, json=CREATED, status=201)

    a_client().create_manual_journal(a_draft(), always)

    assert len(calls_to(far, DEMO.token)) == 2
    first, second = (call.request.body for call in calls_to(far, CREATE))
    assert first == second


def test_a_second_401_is_a_key_that_does_not_open(far):
    far.post(CREATE, status=401)

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert failed == KeyRefused(Said(401))
    assert len(calls_to(far, CREATE)) == 2


def test_a_403_is_refused_and_the_token_is_asked_for_anew_next_time(far):
    far.get(f"{DEMO.api}/VatSettings", status=403)
    client = a_client()

    assert failure_of(client.vat_settings) == Refused(Said(403))
    assert failure_of(client.vat_settings) == Refused(Said(403))

    assert len(calls_to(far, DEMO.token)) == 2


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (400, '{"error":"invalid_client","error_description":"Not found."}', KeyRefused),
        (401, '{"statusCode":401,"message":"Access denied"}', KeyRefused),
        (429, '{"statusCode":"429","message":"Try again in 1 seconds."}', Throttled),
        (404, '{"statusCode":404,"message":"Resource not found"}', NoToken),
        (500, "", NoToken),
        (302, "", NoToken),
        (200, "no json", NoToken),
        (200, '{"access_token":""}', NoToken),
    ],
)
def test_whatever_the_token_call_answers_nothing_was_written(status, body, failure):
    with responses.RequestsMock() as far:
        far.post(DEMO.token, body=body, status=status)

        failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert isinstance(failed, failure)


@pytest.mark.parametrize(
    ("headers", "message", "seconds"),
    [
        ({"Retry-After": "7"}, "Rate limit is exceeded.", 7.0),
        ({}, "Rate limit is exceeded. Try again in 3 seconds.", 3.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, "Rate limit is exceeded.", None),
    ],
)
def test_a_429_says_how_long_to_wait(far, headers, message, seconds):
    body = {"statusCode": 429, "message": message}
    far.post(CREATE, json=body, status=429, headers=headers)

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert failed == Throttled(Said(429, "", message, gateway=True), seconds)
    assert len(calls_to(far, CREATE)) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 301, 302, 307, 418])
def test_a_status_that_proves_nothing_leaves_it_unclear(far, status):
    far.post(CREATE, status=status, headers={"Location": "https://elsewhere.example/"})

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert failed == Unclear(f"HTTP {status}", status)
    assert {call.request.url for call in far.calls} == {DEMO.token, CREATE}


@pytest.mark.parametrize(
    "body", ["", "no json", "[]", "{}", '{"Id": 7}', '{"id": "x", "voucherDate": "?"}']
)
def test_a_yes_that_cannot_be_read_is_unclear(far, body):
    far.post(CREATE, body=body, status=201)

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert isinstance(failed, Unclear)
    assert failed.status == 201


def test_a_lost_connection_is_unclear(far):
    far.post(CREATE, body=requests.ConnectionError("reset"))

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert failed == Unclear("ConnectionError")


def test_problem_details_are_read_whatever_their_case(far):
    body = {"Title": "Object(s) not found", "STATUS": 404, "detail": "Voucher not found."}
    far.post(CREATE, json=body, status=404)

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert failed == Refused(Said(404, "Object(s) not found", "Voucher not found."))


def test_the_fields_that_model_binding_names_are_kept(far):
    errors = {"VoucherDate": ["The VoucherDate field is required."]}
    far.post(CREATE, json={"title": "One or more errors.", "errors": errors}, status=400)

    failed = failure_of(lambda: a_client().create_manual_journal(a_draft(), always))

    assert failed.said.detail == "VoucherDate: The VoucherDate field is required."


def test_nothing_is_written_when_the_lease_has_run_out(far):
    far.post(CREATE, json=CREATED, status=201)

    assert failure_of(lambda: a_client().create_manual_journal(a_draft(), never)) == Withheld()

    assert not calls_to(far, CREATE)


def test_the_lease_is_asked_for_after_the_turn_and_again_after_a_401(far):
    far.post(CREATE, status=401)
    far.post(CREATE, json=CREATED, status=201)
    order: list[str] = []

    def may_write() -> bool:
        order.append("lease")
        return True

    client = a_client(wait_turn=lambda: order.append("turn"))
    client.create_manual_journal(a_draft(), may_write)

    assert order == ["turn", "turn", "lease", "turn", "turn", "lease"]


def test_an_empty_list_is_204_without_a_body(far):
    far.get(VOUCHERS, status=204)

    assert a_client().journal_vouchers(SINCE) == ()


def test_every_page_is_read_in_order(far):
    item = {"VoucherType": "ManualJournal", "CreatedDateTimeOffset": "2026-11-23T05:00:00.1234567Z"}
    second = f"{VOUCHERS}?PageNumber=2&PageSize=1"
    far.get(
        VOUCHERS,
        json=[{**item, "Id": "a"}],
        headers={"X-Pagination": json.dumps({"nextPageLink": second})},
        match=[
            matchers.query_param_matcher(
                {"createdDateTimeOffsetGreaterThan": "2026-11-23T04:00:00.000000Z", "PageSize": "1"}
            )
        ],
    )
    far.get(
        VOUCHERS,
        json=[{**item, "Id": "b"}],
        headers={"X-Pagination": '{"nextPageLink":null}'},
        match=[matchers.query_param_matcher({"PageNumber": "2", "PageSize": "1"})],
    )

    items = a_client(page_size=1).journal_vouchers(SINCE)

    assert [item.Id for item in items] == ["a", "b"]
    assert items[0].CreatedDateTimeOffset == datetime(2026, 11, 23, 5, 0, 0, 123456, UTC)


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/v2/JournalEntryVouchers?PageNumber=2",
        "http://goapi.poweroffice.net/demo/v2/JournalEntryVouchers?PageNumber=2",
        "//elsewhere.example/x",
    ],
)
def test_the_keys_are_never_sent_after_a_link_to_another_host(far, link):
    header = {"X-Pagination": json.dumps({"nextPageLink": link})}
    far.get(VOUCHERS, json=[], headers=header)

    failed = failure_of(lambda: a_client().journal_vouchers(SINCE))

    assert failed == Unclear("the next page is at another host", 200)


def test_a_list_without_an_end_is_given_up(far, monkeypatch):
    monkeypatch.setattr("integrations.poweroffice.client.MOST_PAGES", 3)
    header = {"X-Pagination": json.dumps({"nextPageLink": VOUCHERS})}
    far.get(VOUCHERS, json=[], headers=header)

    failed = failure_of(lambda: a_client().journal_vouchers(SINCE))

    assert failed == Unclear("the list has no end", 200)
    assert len(calls_to(far, VOUCHERS)) == 3


def test_an_answer_that_is_too_large_is_not_read_to_its_end(far):
    far.post(CREATE, body=b" " * 2000, status=201)

    client = a_client(body_bytes=1000)
    failed = failure_of(lambda: client.create_manual_journal(a_draft(), always))

    assert failed == Unclear("the answer is too large", 201)


def test_an_id_that_is_no_uuid_never_becomes_part_of_an_address(far):
    with pytest.raises(ValueError, match="badly formed"):
        a_client().manual_journal("../../Customers")


def test_a_draft_is_deleted_by_its_id(far):
    far.delete(f"{VOUCHERS}/{VOUCHER_ID}", status=200)

    a_client().delete_journal_voucher(VOUCHER_ID)

    assert far.calls[-1].request.method == "DELETE"


def test_the_keys_are_not_shown():
    assert "key" not in repr(Keys("an-application-key", "a-client-key", "a-subscription-key"))
    assert "t1" not in repr(wire.Token(wire.RemoteId("t1"), 1200))


def test_live_and_demo_are_constants():
    assert LIVE.api == "https://goapi.poweroffice.net/v2"
    assert DEMO.token == "https://goapi.poweroffice.net/Demo/OAuth/Token"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8123", "http://localhost:1/", "http://[::1]:9/"])
def test_the_sandbox_is_on_this_machine(url):
    assert sandbox_hosts(url).api == url.rstrip("/") + "/v2"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://127.0.0.1:1",
        "http://10.0.0.7:8123",
        "http://goapi.poweroffice.net",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://user:pass@127.0.0.1:1",
        "http://127.0.0.1:1/api",
        "http://127.0.0.1:1/?x=1",
        "http://127.0.0.1:1/#x",
        "http://2130706433:1",
        "http://0.0.0.0:1",
        "file:///etc/passwd",
    ],
)
def test_no_other_address_passes_for_the_sandbox(url):
    with pytest.raises(ValueError, match="only ever at"):
        sandbox_hosts(url)
