"""Lists: every page, in order, and never a page of another host."""

import json
from datetime import UTC, datetime

import pytest
from responses import matchers

from integrations.poweroffice.failures import (
    Unclear,
)
from tests.integrations.poweroffice.build import a_client
from tests.integrations.poweroffice.far_side import (
    SINCE,
    VOUCHERS,
    calls_to,
    failure_of,
)


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
