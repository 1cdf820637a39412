"""Accounting systems of these tests, found by dotted path as real ones are: each does one thing.

What a test wants answered stands in `Obedient.answers`; what was asked, in `Obedient.asked`.
"""

# ruff: noqa: ARG002 (the protocol's arguments)

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from django.db import connection

from accounting.books.domain.issues import Issue
from accounting.books.domain.journal import Journal
from integrations.exports.attachments import Attached, Attachment
from integrations.exports.fates import Draft, Fate, Stray, Waiting, Withdrawal, Withdrawn
from integrations.exports.models import Attempt, Connection, Export
from integrations.exports.states import CannotLook, NotFound, Outcome, Probe, Sent, Trace

HERE = __name__


class Obedient:
    """Answers what it is told to; without orders every send arrives, under the mark as its id."""

    answers: ClassVar[list[Outcome]] = []
    probes: ClassVar[list[Probe]] = []
    fates: ClassVar[list[Fate]] = []
    asked: ClassVar[list[str]] = []
    found: ClassVar[list[tuple[Issue, ...] | CannotLook]] = []
    attached: ClassVar[list[Attachment]] = []

    def __init__(self, connection: Connection) -> None:
        self.company = connection.company_id

    def check(self) -> tuple[Issue, ...] | CannotLook:
        return self.found.pop(0) if self.found else ()

    def send_journal(self, journal: Journal, mark: str, may_write: Callable[[], bool]) -> Outcome:
        self.asked.append(mark)
        return self.answers.pop(0) if self.answers else Sent(f"draft-{mark}")

    def read_back(self, drafts: Sequence[Draft]) -> list[Fate]:
        return [self.fates.pop(0) if self.fates else Waiting(True) for _ in drafts]

    def strays(self, since, marks, journal_of) -> Sequence[Stray]:
        return ()

    def withdraw(self, remote_id: str, may_write: Callable[[], bool]) -> Withdrawal:
        return Withdrawn(Trace(204))

    def attach(self, remote_id, document, doubted_since, may_write) -> Attachment:
        return self.attached.pop(0) if self.attached else Attached(Trace(201))

    def look_for(self, journal: Journal, mark: str, since: datetime) -> Probe:
        self.asked.append(mark)
        return self.probes.pop(0) if self.probes else NotFound()


class Onlooker(Obedient):
    """Looks, through a database connection of its own, at what is committed while it is asked."""

    seen: ClassVar[list[tuple[str, str, bool]]] = []

    def send_journal(self, journal: Journal, mark: str, may_write: Callable[[], bool]) -> Outcome:
        elsewhere = threading.Thread(target=self._look, args=(connection.in_atomic_block,))
        elsewhere.start()
        elsewhere.join()
        return super().send_journal(journal, mark, may_write)

    def _look(self, inside: bool) -> None:
        export = Export.objects.get(state="SENDING")
        attempt = Attempt.objects.get(export=export, finished_at=None)
        self.seen.append((attempt.purpose, str(export.lease == attempt.lease), inside))
        connection.close()


class Faulty(Obedient):
    """Fails on our own side."""

    def send_journal(self, journal: Journal, mark: str, may_write: Callable[[], bool]) -> Outcome:
        self.asked.append(mark)
        raise ZeroDivisionError("a fault of ours")

    look_for = send_journal  # type: ignore[assignment]
