"""What a failed call means for the export: certainly not sent, stopped for a person, or not known.

Pure. The classes are reliability.md 5.5: nothing becomes NotSent or Blocked unless it proves that no
draft was made. Their texts are kept and shown; we are first-line support (poweroffice.md 2).
"""

import re
from datetime import timedelta
from typing import assert_never

from accounting.books.domain.issues import Fix, Issue, Page
from accounting.books.domain.journal import Journal
from integrations.exports.attachments import Attachment, Closed
from integrations.exports.fates import Kept, Withdrawal, Withdrawn
from integrations.exports.states import Blocked, NotSent, Trace, Unknown
from integrations.poweroffice.failures import (
    Failure,
    KeyRefused,
    NoConnection,
    NoToken,
    Refused,
    Said,
    Throttled,
    Unclear,
    Withheld,
)
from integrations.poweroffice.wire import CodeBook

LONGEST = 500
SHORTEST_WAIT = timedelta(seconds=1)  # «wait at least one second» (poweroffice.md 2)

_KEYS = Fix(Page.CONNECTION, (("felt", "client_key"),))
_TEST = Fix(Page.CONNECTION, (("felt", "test"),))
# `Department with code = 'X' not found.` is theirs (poweroffice.md 3); the others are by analogy.
_NOT_FOUND = re.compile(
    r"(account|vat ?code|department) with (id|code|no|number|accountno) = '?([^'\s]+)'? not found",
    re.IGNORECASE,
)


def outcome_of(
    failure: Failure, journal: Journal | None = None, code_book: CodeBook | None = None
) -> NotSent | Blocked | Unknown:
    """Say what a failed send means.

    With the journal and the code book it was made with, a refusal of one of their ids becomes the
    issue that Kontooppsett mends.
    """
    trace = trace_of(failure)
    match failure:
        case NoConnection() | NoToken():
            return NotSent(trace=trace)
        case Withheld():
            return NotSent(counts=False, trace=trace)
        case Throttled(_, retry_after):
            wait = timedelta(seconds=retry_after or 0)
            return NotSent(wait=max(wait, SHORTEST_WAIT), counts=False, trace=trace)
        case KeyRefused(said):
            return Blocked((key_refused(said),), trace)
        case Refused(said):
            return Blocked((_refused(said, journal, code_book or CodeBook()),), trace)
        case Unclear():
            return Unknown(trace)
        case _:
            assert_never(failure)


def withdrawal_of(failure: Failure) -> Withdrawal:
    """Say what a failed deletion means: 404 is done already, 409 is posted or in approval (4.1)."""
    match failure:
        case Refused(said) if said.status == 404 and not said.gateway:
            return Withdrawn(trace_of(failure))
        case Refused(said) if said.status == 409:
            return Kept(trace_of(failure))
    return outcome_of(failure)


def attachment_of(failure: Failure) -> Attachment:
    """Say what a failed upload means: 409 is posted or in approval (4.1)."""
    match failure:
        case Refused(said) if said.status == 409:
            return Closed(trace_of(failure))
    return outcome_of(failure)


def key_refused(said: Said) -> Issue:
    """The issue of a key that does not open, with the page where it is changed.

    The gateway stands before Go and asks for one key only: the subscription's, which is ours.
    """
    if said.gateway:
        return Issue("subscription-key-refused", fix=_TEST)
    return Issue("key-refused", fix=_KEYS)


def trace_of(failure: Failure) -> Trace:
    """Keep status and their words, at most 500 characters, for the attempt's row."""
    match failure:
        case NoConnection(reason):
            return Trace(None, reason[:LONGEST])
        case NoToken(reason, status) | Unclear(reason, status):
            return Trace(status, reason[:LONGEST])
        case Withheld(reason):
            return Trace(None, reason)
        case Throttled(said) | KeyRefused(said) | Refused(said):
            return Trace(said.status, _text(said)[:LONGEST])
        case _:
            assert_never(failure)


def _text(said: Said) -> str:
    return ": ".join(part for part in (said.title, said.detail) if part)


def _refused(said: Said, journal: Journal | None, code_book: CodeBook) -> Issue:
    lacks_right = said.status == 403 or said.title.lower() == "missing privilege"
    if lacks_right and not said.gateway:
        return Issue("privilege-missing", fix=_TEST)
    found = _NOT_FOUND.search(said.detail) if said.status in (400, 404) else None
    known = _setup_issue(found, journal, code_book) if found else None
    return known or _their_words(said)


def _their_words(said: Said) -> Issue:
    title = said.title or f"HTTP {said.status}"
    facts = (("title", title[:LONGEST]), ("detail", (said.detail or "–")[:LONGEST]))
    return Issue("refused-by-provider", facts=facts, fix=Fix(Page.STATUS))


def _setup_issue(
    found: re.Match[str], journal: Journal | None, code_book: CodeBook
) -> Issue | None:
    """The issue of a missing account, VAT code or department; None when it cannot be told which."""
    kind, by, value = found[1].lower().replace(" ", ""), found[2].lower(), found[3]
    ids = {
        "account": code_book.accounts,
        "vatcode": code_book.vat_codes,
        "department": code_book.departments,
    }[kind]
    name = next((n for n, i in ids.items() if str(i) == value), "") if by == "id" else value
    if not name:
        return None
    if kind == "department":
        place = journal.department if journal else name
        facts = (("department", place),)
        return Issue("department-not-linked", place, facts, Fix(Page.DEPARTMENTS, facts))
    code, fact = {
        "account": ("account-not-in-chart", "account"),
        "vatcode": ("vat-code-not-in-chart", "vat_code"),
    }[kind]
    facts = ((fact, name),)
    return Issue(code, name, facts, Fix(Page.ACCOUNT_SETUP, facts))
