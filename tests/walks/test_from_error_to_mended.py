"""Walk 2: PowerOffice Go says no; the error is a link; once mended, the settlement goes by itself."""

from datetime import date

import pytest

from accounting.books.domain.issues import sentence
from backoffice.templatetags.backoffice import fix_url
from integrations.exports import queries, records, tasks
from integrations.poweroffice.connect import connect, fetch_chart
from tests import build
from tests.sandbox import CREATE, Sandbox

DAY = date(2024, 3, 4)


@pytest.fixture
def company(db, sandbox):
    """A connected company that sold food on DAY."""
    company = build.a_company()
    build.the_suggested_setup(company)
    fetch_chart(connect(company, "sandbox", "an-application", "a-client", "a-subscription"))
    records.set_export_start(company, "poweroffice", DAY)
    build.a_settlement(company, day=DAY, cash="115.00", sales={"31": "115.00"})
    build.run_at_once(company)
    return company


@pytest.fixture
def manager(company, client):
    """The daglig leder, logged in."""
    client.force_login(build.a_manager(company))
    return client


def test_an_account_that_go_no_longer_has(company, manager, sandbox: Sandbox):
    # Since we fetched the chart, the account was deleted in Go: we still know it by a dead id.
    company.chart_accounts.filter(number="3030").update(remote_key="404")

    # The tick sends the day, and Go answers 404: «General ledger account with id … not found.»
    tasks.tick()
    export = company.exports.get()
    assert export.state == "BLOCKED"
    assert sandbox.answers(CREATE) == {404: 1}
    assert "id = 404 not found" in export.attempts.get().problem

    # On the status page that is one cause, in our words, by the account's own number.
    (cause,) = queries.causes(company)
    assert cause.exports == (export,)
    assert (cause.issue.code, cause.issue.subject) == ("account-not-in-chart", "3030")
    assert "3030" in sentence(cause.issue)

    # Its link opens Kontooppsett at the row that uses the account.
    address = fix_url(cause.issue, company)
    page = manager.get(address)
    assert page.status_code == 200
    lines = [line for section in page.context["parts"] for line in section.lines]
    opened = [line for line in lines if line.row.opened]
    assert [line.field.account for line in opened] == ["3030"]

    # The manager chooses another account there, and saves.
    row = opened[0].key
    saved = manager.post(address, {f"konto:{row}": "3040", f"mva:{row}": "31"})
    assert saved.status_code == 302

    # Nobody presses send: the next tick builds it anew, and sends it.
    tasks.tick()
    export.refresh_from_db()
    assert (export.state, export.revision, export.issues) == ("SENT", 2, [])
    (draft,) = sandbox.drafts
    assert {line["account"] for line in draft["lines"]} == {"1900", "3040"}
    assert sandbox.answers(CREATE) == {404: 1, 201: 1}
    assert queries.causes(company) == []


def test_an_account_that_was_taken_out_of_use_meanwhile(company, sandbox: Sandbox):
    # Go refuses in words of its own, which we cannot place: they are shown as they are.
    sandbox.seed({"accounts": [{"number": 3030, "active": False}]})
    tasks.tick()
    (cause,) = queries.causes(company)
    assert cause.issue.code == "refused-by-provider"
    assert "Account 3030 is not active." in sentence(cause.issue)

    # With the chart fetched anew we see it ourselves, and name the row to mend.
    fetch_chart(company.connections.get())
    tasks.tick()
    (cause,) = queries.causes(company)
    assert (cause.issue.code, cause.issue.subject) == ("account-inactive", "3030")

    # Taken into use again over there, it goes with the next fetch.
    sandbox.seed({"accounts": [{"number": 3030, "active": True}]})
    fetch_chart(company.connections.get())
    tasks.tick()
    assert company.exports.get().state == "SENT"
    assert len(sandbox.drafts) == 1


def test_a_right_that_go_took_away(company, manager, sandbox: Sandbox):
    # Go answers 403; the link leads to the connection's page.
    sandbox.faults([{"call": CREATE, "fault": "revoked-right"}])
    tasks.tick()
    (cause,) = queries.causes(company)
    assert cause.issue.code == "privilege-missing"
    assert manager.get(fix_url(cause.issue, company), follow=True).status_code == 200

    # Given back, and the keys entered again: the next tick sends.
    sandbox.faults([])
    connect(company, "sandbox", "an-application", "a-client", "a-subscription")
    tasks.tick()
    assert company.exports.get().state == "SENT"
    assert len(sandbox.drafts) == 1
