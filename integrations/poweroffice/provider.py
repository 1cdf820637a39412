"""PowerOffice Go as a Provider: drafts are made here, and looked for here when nobody knows.

No method raises for what the far side does; every way it can fail is an Outcome or a Probe.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from accounting.books import queries as books
from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal
from integrations.exports.attachments import Attached, Attachment, Document
from integrations.exports.fates import Draft, Fate, Stray, Unseen, Withdrawal, Withdrawn
from integrations.exports.models import Connection
from integrations.exports.queries import known_remote_ids
from integrations.exports.states import (
    Blocked,
    CannotLook,
    Found,
    NotFound,
    Outcome,
    Probe,
    Sent,
    Trace,
)
from integrations.poweroffice import errors, mapping
from integrations.poweroffice.access import NotAllowedHere, client_of
from integrations.poweroffice.client import PowerOfficeClient
from integrations.poweroffice.failures import ApiFailure, Refused
from integrations.poweroffice.fetching import UNREACHABLE, stops_everything
from integrations.poweroffice.following import fates
from integrations.poweroffice.wire import CodeBook, ManualJournal, Voucher, VoucherItem

MANUAL_JOURNAL = "ManualJournal"
LOOK_BACK = timedelta(minutes=2)  # for clocks that differ (poweroffice.md 8.4)
MOST_UNREAD = 5  # vouchers in a row that cannot be read, until a look ends


class PowerOffice:
    """One company's PowerOffice Go. `known` gives the ids that other exports of it already have."""

    def __init__(
        self,
        connection: Connection,
        known: Callable[[], Collection[str]] | None = None,
    ) -> None:
        self._connection = connection
        self._known = known or partial(known_remote_ids, connection.company)
        self._seen: dict[str, Voucher] = {}

    def check(self) -> tuple[Issue, ...] | CannotLook:
        """Fetch the chart anew, and say what stops every send (Provider)."""
        found = stops_everything(self._connection)
        if any(issue.code == UNREACHABLE for issue in found):
            return CannotLook(Trace(problem=dict(found[0].facts)["detail"]))
        return found

    def send_journal(self, journal: Journal, mark: str, may_write: Callable[[], bool]) -> Outcome:
        """Make a draft that carries the mark (Provider)."""
        code_book = code_book_of(self._connection)
        draft = mapping.to_manual_journal(journal, code_book, mark)
        if not isinstance(draft, ManualJournal):
            return Blocked(draft)
        try:
            client = client_of(self._connection)
        except NotAllowedHere as refusal:
            return _not_here(refusal)
        try:
            created = client.create_manual_journal(draft, may_write)
        except ApiFailure as failed:
            return errors.outcome_of(failed.failure, journal, code_book)
        return Sent(created.Id, Trace(201))

    def look_for(self, journal: Journal, mark: str, since: datetime) -> Probe:
        """Look for our drafts with this mark, date and sum, made after `since` (Provider).

        Found names them oldest first; one that cannot be read now hides none of the others, but what
        was not all read is never NotFound. A draft that carries the mark but not the same date and sum
        was changed over there, or stored wrongly: that is CannotLook, for a person must decide.
        """
        unread: list[Trace] = []
        try:
            client = client_of(self._connection)
            candidates = self._candidates(client.journal_vouchers(since - LOOK_BACK))
            vouchers = self._read_what_can_be(client, candidates, unread)
            marked = [voucher for voucher in vouchers if mapping.carries(voucher, mark)]
        except NotAllowedHere as refusal:
            return CannotLook(Trace(problem=str(refusal)))
        except ApiFailure as failed:
            return CannotLook(errors.trace_of(failed.failure))
        ours = [voucher.Id for voucher in marked if mapping.matches(journal, mark, voucher)]
        if ours:
            return Found(tuple(ours))
        if marked:
            return CannotLook(Trace(problem=f"[{mark}] is on a draft of another date or sum"))
        return CannotLook(unread[0]) if unread else NotFound()

    def read_back(self, drafts: Sequence[Draft]) -> Sequence[Fate]:
        """Say what became of each draft (Provider)."""
        try:
            client = client_of(self._connection)
        except NotAllowedHere as refusal:
            return [Unseen(Trace(problem=str(refusal)))] * len(drafts)
        return fates(client, drafts, code_book_of(self._connection))

    def strays(
        self, since: datetime, marks: Collection[str], journal_of: Callable[[str], Journal | None]
    ) -> Sequence[Stray] | CannotLook:
        """List vouchers with a mark of ours under ids that nobody has here (Provider)."""
        code_book = code_book_of(self._connection)
        try:
            client = client_of(self._connection)
            items = {i.Id: i for i in self._candidates(client.journal_vouchers(since - LOOK_BACK))}
            vouchers = list(_read(client, items.values()))
        except NotAllowedHere as refusal:
            return CannotLook(Trace(problem=str(refusal)))
        except ApiFailure as failed:
            return CannotLook(errors.trace_of(failed.failure))
        found: list[Stray] = []
        for voucher in vouchers:
            mark = mapping.mark_in(voucher.Description)
            if mark in marks:
                journal = journal_of(mark)
                same = journal is not None and mapping.is_as_sent(journal, mark, voucher, code_book)
                item = items[voucher.Id]
                found.append(Stray(voucher.Id, mark, same, item.IsPosted, item.InApprovalWorkflow))
        return found

    def withdraw(self, remote_id: str, may_write: Callable[[], bool]) -> Withdrawal:
        """Delete our own draft (Provider). One that is not there is withdrawn already."""
        try:
            client_of(self._connection).delete_journal_voucher(remote_id, may_write)
        except NotAllowedHere as refusal:
            return _not_here(refusal)
        except ApiFailure as failed:
            return errors.withdrawal_of(failed.failure)
        return Withdrawn(Trace(204))

    def attach(
        self,
        remote_id: str,
        document: Document,
        doubted_since: datetime | None,
        may_write: Callable[[], bool],
    ) -> Attachment:
        """Put a document on our own draft (Provider): once more where none has come since a doubt."""
        try:
            client = client_of(self._connection)
            if doubted_since is not None:
                pages = client.manual_journal(remote_id).Pages
                if any(p.CreatedDateTimeOffset > doubted_since - LOOK_BACK for p in pages):
                    return Attached(Trace(200))
            client.add_voucher_page(remote_id, document.name, document.content, may_write)
        except NotAllowedHere as refusal:
            return _not_here(refusal)
        except ApiFailure as failed:
            return errors.attachment_of(failed.failure)
        return Attached(Trace(201))

    def _read_what_can_be(
        self, client: PowerOfficeClient, items: Iterable[VoucherItem], unread: list[Trace]
    ) -> Iterable[Voucher]:
        """Each voucher once in our life, going on past some that cannot be read now.

        What was said of those is added to `unread`. Whose mark a voucher carries does not change while
        a pass of looks lasts, so many looks at one company read every stranger once.
        """
        in_a_row = 0
        for item in items:
            try:
                voucher = self._seen.get(item.Id) or _one(client, item)
            except ApiFailure as failed:
                unread.append(errors.trace_of(failed.failure))
                in_a_row += 1
                if in_a_row == MOST_UNREAD:
                    return  # they are down: no use in asking on
                continue
            in_a_row = 0
            if voucher:
                self._seen[item.Id] = voucher
                yield voucher

    def _candidates(self, items: Iterable[VoucherItem]) -> list[VoucherItem]:
        known = frozenset(self._known())
        return sorted(
            (
                item
                for item in items
                if item.VoucherType == MANUAL_JOURNAL
                and item.IsCreatedByCurrentIntegration is not False
                and item.Id not in known
            ),
            key=lambda item: (item.CreatedDateTimeOffset, item.Id),
        )


def _read(client: PowerOfficeClient, items: Iterable[VoucherItem]) -> Iterable[Voucher]:
    """Each voucher that is still there; one that was deleted since the list is skipped."""
    for item in items:
        voucher = _one(client, item)
        if voucher:
            yield voucher


def _one(client: PowerOfficeClient, item: VoucherItem) -> Voucher | None:
    try:
        return client.manual_journal(item.Id)
    except ApiFailure as failed:
        match failed.failure:
            case Refused(said) if said.status == 404 and not said.gateway:
                return None
        raise


def code_book_of(connection: Connection) -> CodeBook:
    """Give their ids from the fetched chart."""
    keys = books.code_book(connection.company)
    return CodeBook(
        accounts={number: int(key) for number, key in keys.accounts.items()},
        vat_codes={code: int(key) for code, key in keys.vat_codes.items()},
        departments={code: int(key) for code, key in keys.departments.items()},
    )


def _not_here(refusal: NotAllowedHere) -> Blocked:
    return Blocked((refusal.issue,), Trace(problem=str(refusal)))
