"""Pages over a million exports take no more queries, and hardly more time, than over a thousand."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.models import User
from tests.benchmarks.many_exports import a_company_of_years, grow
from tests.benchmarks.measuring import best_of, say
from tests.build import ORG_NO, OSLO

MOST_QUERIES, MOST_TIMES = 12, 1.5
NOW = datetime(2026, 12, 31, 12, tzinfo=OSLO)
ROOT = f"/s/{ORG_NO}"
HISTORY = f"{ROOT}/overforing/historikk/"
PAGES = {
    "status": f"{ROOT}/overforing/status/",
    "history": HISTORY,
    "history, all": f"{HISTORY}?fra=&til=",
    "history, by sum": f"{HISTORY}?fra=&til=&sorter=-sum",
    "history, by arrival": f"{HISTORY}?fra=&til=&sorter=-overfort",
    "history, stopped": f"{HISTORY}?fra=&til=&status=BLOCKED",
    "history, from the middle": f"{HISTORY}?fra=&til=&etter=2025-06-30~1",
    "history, one voucher": f"{HISTORY}?fra=&til=&sok=K7F39QXD",
    "settlements": f"{ROOT}/oppgjor/",
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.bench
def test_a_million(client: Client) -> None:
    _compare(client, 1_000_000)


@pytest.mark.services
def test_a_hundred_thousand(client: Client) -> None:
    _compare(client, 100_000)


def _compare(client: Client, many: int) -> None:
    with time_machine.travel(NOW, tick=False):
        company = a_company_of_years(1_000)
        client.force_login(User.objects.get(email="rolf@example.no"))
        few = {name: _measured(client, page) for name, page in PAGES.items()}
        grow(company, many)
        found = {name: _measured(client, page) for name, page in PAGES.items()}
    for name, (seconds, queries) in found.items():
        ratio = seconds / few[name][0]
        said = f"{queries} queries, {seconds * 1000:.0f} ms, {ratio:.2f} times that of 1 000"
        say(f"{name} of {many}", said, f"{MOST_QUERIES} queries, {MOST_TIMES} times")
    slow = [name for name, (s, _) in found.items() if s > MOST_TIMES * few[name][0]]
    assert slow == []
    assert max(queries for _, queries in found.values()) <= MOST_QUERIES


def _measured(client: Client, page: str) -> tuple[float, int]:
    """The best of some rounds in seconds, and the queries of one more."""

    def get() -> None:
        assert client.get(page).status_code == 200

    get()
    with CaptureQueriesContext(connection) as asked:
        get()
        queries = len(asked)
    return best_of([get] * 7), queries
