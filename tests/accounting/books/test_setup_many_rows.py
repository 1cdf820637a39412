"""Kontooppsett with 400 rows: few queries, and a form that is taken whole."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Kind, Rule, RuleKey
from accounting.books.forms import shown_text
from accounting.books.records import save_setup
from accounting.company.models import Company
from tests import build

pytestmark = pytest.mark.django_db
SETUP = f"/s/{build.ORG_NO}/oppsett/generelt/kontooppsett/"
ROWS = {RuleKey(Role.SALES, str(n), "", "3"): Rule("3000", "3") for n in range(400)}
MOST = 15


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    client.force_login(build.a_manager(company))
    build.a_chart(company)
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    return company


def posted(account: str) -> dict[str, str]:
    fields = {f"konto:{key}": account for key in ROWS}
    fields |= {f"mva:{key}": "3" for key in ROWS}
    return fields | {f"slag:{key}": Kind.SALE for key in ROWS}


def asked(captured: CaptureQueriesContext) -> list[str]:
    """Every statement that was sent, whatever it is: only a savepoint asks nothing of a table."""
    said = [query["sql"][:80] for query in captured]
    return [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE"))]


def test_the_page_is_read_in_few_queries(
    client: Client, company: Company, django_assert_max_num_queries
) -> None:
    save_setup(company, None, ROWS)
    with django_assert_max_num_queries(MOST):
        assert client.get(SETUP).status_code == 200


@pytest.mark.parametrize("kept", [{}, ROWS], ids=["new rows", "changed rows"])
def test_all_of_it_is_saved_in_few_queries(client: Client, company: Company, kept) -> None:
    save_setup(company, None, kept)
    sent = {**posted("7740"), "vist": shown_text({k: (rule,) for k, rule in kept.items()})}
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(SETUP, sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert company.setup_entries.filter(account="7740").count() == len(ROWS)
    assert company.audit.filter(action="setup-changed").count() == len(ROWS) + len(kept)
    assert len(asked(captured)) <= MOST, "\n".join(asked(captured))


def test_emptying_all_of_it_is_saved_in_few_queries(client: Client, company: Company) -> None:
    save_setup(company, None, ROWS)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(SETUP, posted("")).status_code == 302
    assert not company.setup_entries.exists()
    assert len(asked(captured)) <= MOST, "\n".join(asked(captured))


def test_trying_it_costs_a_reader_of_the_setup_more(
    client: Client, company: Company, django_assert_max_num_queries
) -> None:
    save_setup(company, None, ROWS)
    with django_assert_max_num_queries(MOST + 5):
        assert "endret" in client.post(SETUP, {**posted("7740"), "prov": "1"}).content.decode()
