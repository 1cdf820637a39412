"""The client against answers written by hand: what it asks for, and what it makes of each answer."""

import json

import pytest
import requests

from integrations.poweroffice import wire
from integrations.poweroffice.failures import (
    KeyRefused,
    Refused,
    Said,
    Throttled,
    Unclear,
    Withheld,
)
from integrations.poweroffice.hosts import DEMO, Keys
from tests.integrations.poweroffice.build import Turns, a_client, always, never
from tests.integrations.poweroffice.far_side import (
    CREATE,
    CREATED,
    VOUCHER_ID,
    VOUCHERS,
    a_draft,
    calls_to,
    failure_of,
)


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

    client = a_client(budget=Turns(lambda: order.append("turn")))
    client.create_manual_journal(a_draft(), may_write)

    assert order == ["turn", "turn", "lease", "turn", "turn", "lease"]


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
