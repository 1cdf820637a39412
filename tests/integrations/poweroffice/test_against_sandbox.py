"""The client against the sandbox process: real paging, and the real limit on calls."""

import threading

import pytest
from django.db import connection

from integrations.poweroffice.hosts import Hosts, sandbox_hosts
from integrations.poweroffice.sharing import SharedTokens
from integrations.poweroffice.throttle import CallBudget
from tests.integrations.poweroffice.build import KEYS, a_client
from tests.sandbox import Sandbox


@pytest.fixture
def hosts(sandbox: Sandbox) -> Hosts:
    return sandbox_hosts(sandbox.url)


def test_a_list_in_small_pages_is_the_same_list(hosts, sandbox):
    whole = a_client(hosts).vat_codes()
    before = sandbox.state()["call_count"]

    paged = a_client(hosts, page_size=7).vat_codes()

    assert paged == whole
    assert len({code.Code for code in paged}) == len(paged) > 20
    pages = -(-len(whole) // 7)
    assert sandbox.state()["call_count"] == before + 1 + pages


def test_every_setting_can_be_read(hosts, sandbox):
    sandbox.seed({"lock_date": "2026-10-31", "conversion_date": "2020-01-01"})
    client = a_client(hosts)

    assert client.lock_date().LockDate is not None
    assert client.lock_date().LockDate.isoformat() == "2026-10-31"
    assert client.financial_settings().ConversionDate.isoformat() == "2020-01-01"
    assert client.vat_settings().IsVatRegistered
    assert "JournalEntryVoucher_Full" in client.client_information().ValidPrivileges


def test_no_lock_date_is_none(hosts):
    assert a_client(hosts).lock_date().LockDate is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_threads_at_our_pace_never_meet_the_limit(hosts, sandbox, settings):
    """The limit lies above the pace by what a busy machine may bunch together; without a pace the
    calls would come twice as fast as it allows."""
    settings.REDIS_URL = ""
    settings.EXPORT_CALLS_PER_SECOND = 20
    sandbox.seed({"limit": 30})

    def work() -> None:
        client = a_client(hosts, budget=CallBudget.of(KEYS.subscription), tokens=SharedTokens())
        for _ in range(30):
            client.vat_settings()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    calls = {(call["path"], call["status"]) for call in sandbox.state()["calls"]}
    assert {status for _, status in calls} == {200}
    assert sandbox.state()["call_count"] == 61
