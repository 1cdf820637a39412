"""Pages over a million exports take no more queries, and hardly more time, than over a thousand."""

from datetime import datetime
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounting.company.records import give_role
from accounting.company.roles import Role
from tests import build
from tests.benchmarks.many_exports import a_company_of_years
from tests.benchmarks.measuring import say, seconds
from tests.build import ORG_NO, OSLO

MOST_QUERIES, MOST_TIMES, ROUNDS = 12, 1.5, 9
NOW = datetime(2026, 12, 31, 12, tzinfo=OSLO)
FEW, MANY = ORG_NO, "974760673"
HISTORY = "overforing/historikk/"
PAGES = {
    "status": "overforing/status/",
    "history": HISTORY,
    "history, all": f"{HISTORY}?fra=&til=",
    "history, by sum": f"{HISTORY}?fra=&til=&sorter=-sum",
    "history, by arrival": f"{HISTORY}?fra=&til=&sorter=-overfort",
    "history, stopped": f"{HISTORY}?fra=&til=&status=BLOCKED",
    "history, from the middle": f"{HISTORY}?fra=&til=&etter=2025-06-30~1",
    "history, one voucher": f"{HISTORY}?fra=&til=&sok=K7F39QXD",
    "settlements": "oppgjor/",
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.bench
def test_a_million(client: Client) -> None:
    _compare(client, 1_000_000)


@pytest.mark.services
def test_a_hundred_thousand(client: Client) -> None:
    _compare(client, 100_000)


def _compare(client: Client, many: int) -> None:
    """Two companies side by side, asked in turn, so that both see the same machine."""
    with time_machine.travel(NOW, tick=False):
        companies = [a_company_of_years(FEW, 1_000), a_company_of_years(MANY, many)]
        reader = build.an_accountant(companies[0])
        give_role(companies[1], reader, Role.ACCOUNTANT)
        client.force_login(reader)
        found = {name: _measured(client, page) for name, page in PAGES.items()}
    for name, (few, long, queries) in found.items():
        said = f"{queries} queries, {long * 1000:.0f} ms, {long / few:.2f} times that of 1 000"
        say(f"{name} of {many}", said, f"{MOST_QUERIES} queries, {MOST_TIMES} times")
    assert [name for name, (few, long, _) in found.items() if long > MOST_TIMES * few] == []
    assert max(queries for _, _, queries in found.values()) <= MOST_QUERIES


def _measured(client: Client, page: str) -> tuple[float, float, int]:
    """The best of some rounds in seconds, of few and of many; and the queries of many."""

    def get(org_no: str) -> None:
        assert client.get(f"/s/{org_no}/{page}").status_code == 200

    get(FEW)
    with CaptureQueriesContext(connection) as asked:
        get(MANY)
        queries = len(asked)
    took = [(seconds(partial(get, FEW)), seconds(partial(get, MANY))) for _ in range(ROUNDS)]
    return min(few for few, _ in took), min(many for _, many in took), queries
