"""The token call: asked for seldom, never mixed, and whatever it answers, nothing was written."""

import base64

import pytest
import responses

from integrations.poweroffice.failures import (
    KeyRefused,
    NoToken,
    Throttled,
)
from integrations.poweroffice.hosts import DEMO, Keys
from integrations.poweroffice.tokens import TokenCache
from tests.integrations.poweroffice.build import a_client, always
from tests.integrations.poweroffice.far_side import (
    a_draft,
    calls_to,
    failure_of,
)


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
