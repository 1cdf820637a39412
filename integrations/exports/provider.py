"""What an accounting system must be able to do for us; found by dotted path, named by nobody here."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal
from integrations.exports.attachments import Attachment, Document
from integrations.exports.fates import Draft, Fate, Stray, Withdrawal
from integrations.exports.states import CannotLook, Outcome, Probe

if TYPE_CHECKING:
    from integrations.exports.models import Connection


class Provider(Protocol):
    """One company's way to its accounting system. No method raises for what the far side does."""

    def check(self) -> tuple[Issue, ...] | CannotLook:
        """Fetch chart and terms of the books anew, and say what stops every send; () for nothing.

        CannotLook where the far side did not answer: then nothing new is known.
        """

    def send_journal(self, journal: Journal, mark: str, may_write: Callable[[], bool]) -> Outcome:
        """Make a draft that carries the mark.

        `may_write` is asked just before the write; False means that our lease has run out, and
        nothing is written (reliability.md 2.1, 7): the outcome is NotSent.
        """

    def read_back(self, drafts: Sequence[Draft]) -> Sequence[Fate]:
        """Say what became of each draft, in their order: one look at the list serves them all."""

    def withdraw(self, remote_id: str, may_write: Callable[[], bool]) -> Withdrawal:
        """Delete our own draft, while it is neither posted nor in approval."""

    def attach(
        self,
        remote_id: str,
        document: Document,
        doubted_since: datetime | None,
        may_write: Callable[[], bool],
    ) -> Attachment:
        """Put a document on our own draft, while it is neither posted nor in approval.

        `doubted_since` is when an earlier attempt began whose end nobody knows, None where there is
        none: a document that came since then is taken for ours, and no other is put there.
        """

    def strays(
        self, since: datetime, marks: Collection[str], journal_of: Callable[[str], Journal | None]
    ) -> Sequence[Stray] | CannotLook:
        """List what was made after `since`, carries one of the marks, and has an id that no export has.

        `journal_of` gives the journal that was sent with a mark; None where another has replaced it.
        """

    def look_for(self, journal: Journal, mark: str, since: datetime) -> Probe:
        """Look for drafts with this mark, date and sum that were made after `since`."""


def load_provider(connection: "Connection") -> Provider:
    """Build the provider that a connection names (settings.ACCOUNTING_PROVIDERS)."""
    build = import_string(settings.ACCOUNTING_PROVIDERS[connection.provider])
    provider: Provider = build(connection)
    return provider
