"""What tests of the client against the `far` side share: addresses, a draft, and what was called."""

from datetime import UTC, datetime

import pytest

from integrations.poweroffice import mapping, wire
from integrations.poweroffice.failures import ApiFailure
from integrations.poweroffice.hosts import DEMO
from tests.integrations.poweroffice.build import A_BOOK, MARK, a_journal

VOUCHERS = f"{DEMO.api}/JournalEntryVouchers"
CREATE = f"{VOUCHERS}/ManualJournals"
VOUCHER_ID = "38ecfc1a-bf51-448f-99a8-a61bc5771109"
CREATED = {"Id": VOUCHER_ID, "VoucherDate": "2026-11-23", "Description": "x"}
SINCE = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


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
