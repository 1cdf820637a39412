"""What each failure means: not sent, stopped, or not known (reliability.md 5.5)."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounting.books.domain.issues import Page, words
from integrations.exports.states import Blocked, NotSent, Unknown
from integrations.poweroffice.errors import outcome_of, trace_of
from integrations.poweroffice.failures import (
    KeyRefused,
    NoConnection,
    NoToken,
    Refused,
    Said,
    Throttled,
    Unclear,
    Withheld,
)
from tests.integrations.poweroffice.build import A_BOOK, a_journal


def outcome(failure):
    return outcome_of(failure, a_journal(), A_BOOK)


@pytest.mark.parametrize(
    ("failure", "wait", "counts"),
    [
        (NoConnection("NewConnectionError"), 0, True),
        (NoToken("timeout"), 0, True),
        (Withheld(), 0, False),
        (Throttled(Said(429), 7.0), 7, False),
        (Throttled(Said(429), 0.0), 1, False),
        (Throttled(Said(429)), 1, False),
    ],
)
def test_what_certainly_wrote_nothing_may_be_sent_again(failure, wait, counts):
    ending = outcome(failure)

    assert isinstance(ending, NotSent)
    assert (ending.wait, ending.counts) == (timedelta(seconds=wait), counts)


@pytest.mark.parametrize("status", [None, 201, 302, 408, 500, 502, 503])
def test_what_may_have_been_written_is_unknown(status):
    ending = outcome(Unclear("something", status))

    assert isinstance(ending, Unknown)
    assert ending.trace.status == status


@pytest.mark.parametrize(
    ("failure", "code", "page"),
    [
        (KeyRefused(Said(400, "invalid_client", "Not found.")), "key-refused", Page.CONNECTION),
        (KeyRefused(Said(401)), "key-refused", Page.CONNECTION),
        (Refused(Said(403)), "privilege-missing", Page.CONNECTION),
        (
            Refused(Said(400, "Missing privilege", "The integration does not have …")),
            "privilege-missing",
            Page.CONNECTION,
        ),
        (
            Refused(Said(403, "", "Out of call volume quota.", gateway=True)),
            "refused-by-provider",
            Page.STATUS,
        ),
        (
            Refused(Said(404, "", "Resource not found", gateway=True)),
            "refused-by-provider",
            Page.STATUS,
        ),
        (Refused(Said(409, "Object conflict", "x")), "refused-by-provider", Page.STATUS),
        (
            Refused(Said(400, "Voucher validation error(s)", "x")),
            "refused-by-provider",
            Page.STATUS,
        ),
        (Refused(Said(422)), "refused-by-provider", Page.STATUS),
    ],
)
def test_a_refusal_stops_it_with_a_way_out(failure, code, page):
    ending = outcome(failure)

    assert isinstance(ending, Blocked)
    (issue,) = ending.issues
    assert issue.code == code
    assert issue.fix is not None
    assert issue.fix.page is page
    for language in ("nb", "en"):
        assert words(issue, language).reason


@pytest.mark.parametrize(
    ("detail", "code", "subject"),
    [
        (
            "General ledger account with id = 303001 not found.",
            "account-not-in-chart",
            "3030",
        ),
        ("Account with no = 3030 not found.", "account-not-in-chart", "3030"),
        ("Vat code with id = 9031 not found.", "vat-code-not-in-chart", "31"),
        ("VatCode with id = 9031 not found.", "vat-code-not-in-chart", "31"),
        ("Department with code = 'Avdeling10' not found.", "department-not-linked", "Sentrum"),
        ("Department with id = 1610 not found.", "department-not-linked", "Sentrum"),
        ("Vat code with id = 4711 not found.", "refused-by-provider", ""),
        ("Project with id = 9031 not found.", "refused-by-provider", ""),
    ],
)
def test_a_missing_account_code_or_department_is_mended_in_the_setup(detail, code, subject):
    ending = outcome(Refused(Said(404, "Voucher validation error(s)", detail)))

    assert isinstance(ending, Blocked)
    assert [(issue.code, issue.subject) for issue in ending.issues] == [(code, subject)]


def test_their_own_words_are_shown():
    ending = outcome(Refused(Said(400, "Voucher validation error(s)", "VoucherDate is locked.")))

    assert isinstance(ending, Blocked)
    said = words(ending.issues[0], "nb").reason
    assert said == "PowerOffice Go sa nei: «Voucher validation error(s): VoucherDate is locked.»"
    assert ending.trace.problem == "Voucher validation error(s): VoucherDate is locked."
    assert ending.trace.status == 400


SAID = st.builds(Said, st.integers(400, 499), st.text(), st.text(), st.booleans())
FAILURES = st.one_of(
    st.builds(NoConnection, st.text()),
    st.builds(NoToken, st.text(), st.none() | st.integers(100, 599)),
    st.just(Withheld()),
    st.builds(Throttled, SAID, st.none() | st.floats(0, 86_400)),
    st.builds(KeyRefused, SAID),
    st.builds(Refused, SAID),
    st.builds(Unclear, st.text(), st.none() | st.integers(100, 599)),
)


@settings(max_examples=50)
@given(FAILURES)
def test_every_failure_has_an_ending_whose_words_can_be_said(failure):
    ending = outcome(failure)

    assert ending.trace == trace_of(failure)
    assert len(ending.trace.problem) <= 500
    assert isinstance(ending, Unknown) == isinstance(failure, Unclear)
    if isinstance(ending, Blocked):
        assert all(words(issue, "nb").reason and issue.fix for issue in ending.issues)
