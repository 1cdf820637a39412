"""What became of our drafts in PowerOffice Go: posted, changed, deleted, or still there.

One list of what was made since the oldest of them, the lines only of those that were changed since we
last read them, and the voucher numbers of all that were posted (poweroffice.md 4.1, 4.10, 8.3).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from integrations.exports.fates import Draft, Fate, Gone, Posted, Unseen, Waiting
from integrations.poweroffice import errors, mapping
from integrations.poweroffice.client import PowerOfficeClient
from integrations.poweroffice.failures import ApiFailure, Refused
from integrations.poweroffice.wire import CodeBook, Voucher, VoucherItem

CLOCKS_DIFFER = timedelta(minutes=2)  # poweroffice.md 8.4
FORBIDDEN, MISSING = 403, 404


def fates(client: PowerOfficeClient, drafts: Sequence[Draft], code_book: CodeBook) -> list[Fate]:
    """Say what became of each draft, in their order; what cannot be seen now is Unseen."""
    try:
        since = min(draft.sent_at for draft in drafts) - CLOCKS_DIFFER
        listed = {str(item.Id): item for item in client.journal_vouchers(since)}
        posted = _posted(client, drafts, listed)
    except ApiFailure as failed:
        return [Unseen(errors.trace_of(failed.failure))] * len(drafts)
    found: list[Fate] = []
    for draft in drafts:
        try:
            found.append(_fate(client, draft, listed, posted, code_book))
        except ApiFailure as failed:
            found.append(Unseen(errors.trace_of(failed.failure)))
    return found


def _fate(
    client: PowerOfficeClient,
    draft: Draft,
    listed: Mapping[str, VoucherItem],
    posted: Mapping[str, str],
    code_book: CodeBook,
) -> Fate:
    item = listed.get(draft.remote_id)
    if item and item.IsPosted:
        return Posted(posted.get(draft.remote_id, ""))
    if item and draft.read_at and _changed_at(item) < draft.read_at - CLOCKS_DIFFER:
        return Waiting()
    voucher = _voucher(client, draft.remote_id)
    if voucher is None:
        return Gone()
    return Waiting(mapping.is_as_sent(draft.journal, draft.mark, voucher, code_book))


def _changed_at(item: VoucherItem) -> datetime:
    return item.LastChangedDateTimeOffset or item.CreatedDateTimeOffset


def _voucher(client: PowerOfficeClient, remote_id: str) -> Voucher | None:
    """The voucher, or None where it is deleted; a gateway's 404 says nothing of it."""
    try:
        return client.manual_journal(remote_id)
    except ApiFailure as failed:
        match failed.failure:
            case Refused(said) if said.status == MISSING and not said.gateway:
                return None
        raise


def _posted(
    client: PowerOfficeClient, drafts: Iterable[Draft], listed: Mapping[str, VoucherItem]
) -> dict[str, str]:
    """Give the number of each voucher that was posted, as far as they tell it.

    Before they posted it a person may have changed the date: then its own voucher tells which.
    """
    wanted = {
        draft.remote_id: draft.journal.voucher_date
        for draft in drafts
        if draft.remote_id in listed and listed[draft.remote_id].IsPosted
    }
    numbers = _numbers(client, wanted)
    moved: dict[str, date] = {}
    for remote_id in wanted.keys() - numbers.keys():
        voucher = _voucher(client, remote_id)
        if voucher and voucher.VoucherDate not in (None, wanted[remote_id]):
            moved[remote_id] = voucher.VoucherDate
    return numbers | _numbers(client, moved)


def _numbers(client: PowerOfficeClient, days: Mapping[str, date]) -> dict[str, str]:
    """Ask for the entries of these days; without the right to read them nothing is known."""
    if not days:
        return {}
    try:
        entries = client.entries(min(days.values()), max(days.values()))
    except ApiFailure as failed:
        match failed.failure:
            case Refused(said) if said.status == FORBIDDEN:
                return {}
        raise
    return {e.VoucherId: str(e.VoucherNo) for e in entries if e.VoucherNo and e.VoucherId in days}
