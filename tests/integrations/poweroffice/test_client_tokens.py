"""The token call: asked for seldom, never mixed, and whatever it answers, nothing was written."""

import base64

import pytest
import responses

from integrations.exports.states import NotSent, Trace
from integrations.poweroffice.errors import outcome_of
from integrations.poweroffice.failures import (
    KeyRefused,
    NoToken,
    NoTurn,
    Throttled,
    Withheld,
)
from integrations.poweroffice.hosts import DEMO, Keys
from tests.integrations.poweroffice.build import OwnTokens, Turns, a_client, always
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


def test_tokens_of_two_clients_are_never_mixed(far):
    far.get(f"{DEMO.api}/VatSettings", json={})
    tokens = OwnTokens()

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


def test_what_one_is_told_by_a_429_holds_for_all(far):
    far.get(f"{DEMO.api}/VatSettings", status=429, headers={"Retry-After": "7"})
    budget = Turns()

    failure_of(a_client(budget=budget).vat_settings)

    assert budget.held == [7.0]


def test_a_budget_that_cannot_be_asked_sends_nothing_and_counts_as_no_try(far):
    def no_turn() -> None:
        raise NoTurn("Redis is away")

    failed = failure_of(
        lambda: a_client(budget=Turns(no_turn)).create_manual_journal(a_draft(), always)
    )

    assert failed == Withheld("Redis is away")
    assert len(far.calls) == 0
    assert outcome_of(failed) == NotSent(counts=False, trace=Trace(problem="Redis is away"))
