"""Every request the client makes is one that PowerOffice Go's own specification knows.

The token call, /FinancialSettings and /VatSettings are not in the stored part of it: their shapes
stand here, with their source.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import responses
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest

from integrations.poweroffice import mapping, wire
from integrations.poweroffice.hosts import DEMO
from tests.integrations.poweroffice.build import A_BOOK, MARK, a_client, a_journal, always

SPEC = Path(__file__).parents[4] / "shared/reference/poweroffice-openapi.json"
VOUCHER_ID = "38ecfc1a-bf51-448f-99a8-a61bc5771109"
SINCE = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LIST_OPTIONS = {"PageSize", "PageNumber", "Fields", "OrderBy"}


def a_draft() -> wire.ManualJournal:
    draft = mapping.to_manual_journal(a_journal(department_code="1"), A_BOOK, MARK)
    assert isinstance(draft, wire.ManualJournal)
    return draft


CALLS = {
    "client_information": lambda client: client.client_information(),
    "lock_date": lambda client: client.lock_date(),
    "vat_codes": lambda client: client.vat_codes(),
    "accounts": lambda client: client.accounts(),
    "departments": lambda client: client.departments(),
    "journal_vouchers": lambda client: client.journal_vouchers(SINCE),
    "entries": lambda client: client.entries(SINCE.date(), SINCE.date()),
    "manual_journal": lambda client: client.manual_journal(VOUCHER_ID),
    "create_manual_journal": lambda client: client.create_manual_journal(a_draft(), always),
    "add_voucher_page": lambda client: client.add_voucher_page(
        VOUCHER_ID, "z.pdf", b"%PDF-", always
    ),
    "delete_journal_voucher": lambda client: client.delete_journal_voucher(VOUCHER_ID),
}
ELSEWHERE = {
    "financial_settings": ("GET", f"{DEMO.api}/FinancialSettings"),  # poweroffice.md 4.9
    "vat_settings": ("GET", f"{DEMO.api}/VatSettings"),  # poweroffice.md 4.9
    "token": ("POST", DEMO.token),  # poweroffice.md 1.3
}


def requests_of(call):
    """The requests that a call of the client makes, in order; every one is answered alike."""
    anything = {"Id": VOUCHER_ID, "ClientId": "1"}
    with responses.RequestsMock(assert_all_requests_are_fired=False) as far:
        far.post(DEMO.token, json={"access_token": "t", "expires_in": 1200})
        address = f"{DEMO.api}/JournalEntryVouchers"
        far.post(f"{address}/ManualJournals", json=anything, status=201)
        far.get(f"{address}/ManualJournals/{VOUCHER_ID}", json=anything)
        far.delete(f"{address}/{VOUCHER_ID}")
        far.post(f"{address}/{VOUCHER_ID}/VoucherPages", json={})
        far.get(f"{DEMO.api}/ClientIntegrationInformation", json=anything)
        for path in ("LockDateSettings", "FinancialSettings", "VatSettings"):
            far.get(f"{DEMO.api}/{path}", json={})
        for path in (
            "VatCodes",
            "GeneralLedgerAccounts",
            "Departments",
            "JournalEntryVouchers",
            "AccountTransactions",
        ):
            far.get(f"{DEMO.api}/{path}", status=204)
        call(a_client())
        return [each.request for each in far.calls]


@pytest.fixture(scope="module")
def spec():
    if not SPEC.exists():
        pytest.skip("../shared is not here")
    return json.loads(SPEC.read_text())


@pytest.fixture(scope="module")
def api(spec):
    return OpenAPI.from_dict(spec)


def test_every_endpoint_of_the_client_is_checked():
    endpoints = {name for name in dir(a_client()) if not name.startswith("_")}

    assert endpoints == set(CALLS) | set(ELSEWHERE) | {"log_in"}  # the token call, and no other


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", CALLS)
def test_the_request_is_one_that_the_specification_knows(api, spec, name):
    _, request = requests_of(CALLS[name])

    api.validate_request(RequestsOpenAPIRequest(request))
    parts = urlsplit(request.url)
    template = parts.path.removeprefix("/demo/v2").replace(VOUCHER_ID, "{id}")
    operation = spec["paths"][template][request.method.lower()]
    known = {parameter["name"] for parameter in operation.get("parameters", [])}
    if "resourceParameter" in known:
        known |= LIST_OPTIONS & set(
            spec["components"]["schemas"]["ResourceParameters"]["properties"]
        )
    assert {key for key, _ in parse_qsl(parts.query)} <= known


@pytest.mark.needs_shared
def test_a_draft_that_the_specification_does_not_know_is_caught(api):
    _, request = requests_of(CALLS["create_manual_journal"])
    request.body = request.body.replace(b"CreditVatId", b"CreditVatCode")

    with pytest.raises(Exception, match="Request body"):
        api.validate_request(RequestsOpenAPIRequest(request))


@pytest.mark.parametrize("name", ["financial_settings", "vat_settings"])
def test_settings_outside_the_specification(name):
    _, request = requests_of(lambda client: getattr(client, name)())

    assert (request.method, request.url) == ELSEWHERE[name]
    assert request.headers["Authorization"] == "Bearer t"


def test_the_token_call():
    (request,) = requests_of(lambda client: client.token())

    assert (request.method, request.url) == ELSEWHERE["token"]
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.body == "grant_type=client_credentials"
    assert request.headers["Authorization"].startswith("Basic ")
    assert request.headers["Ocp-Apim-Subscription-Key"]
