"""One token a client for every worker, renewed once, however many wait for it."""

import threading
import time

import pytest
from django.db import connection

from integrations.poweroffice import sharing
from integrations.poweroffice.models import SharedToken
from integrations.poweroffice.sharing import SharedTokens
from integrations.poweroffice.wire import RemoteId, Token

KEY = ("https://host", "application", "client", "subscription")
SECOND = 1_000_000


def a_token(text: str = "t", lasts: int = 1200) -> Token:
    return Token(RemoteId(text), lasts)


@pytest.mark.django_db(transaction=True)
def test_twelve_workers_that_need_a_token_fetch_one():
    fetched: list[int] = []
    got: list[str] = []

    def fetch() -> Token:
        fetched.append(1)
        time.sleep(0.2)
        return a_token()

    def work() -> None:
        got.append(SharedTokens().get(KEY, fetch))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(fetched), got) == (1, ["t"] * 12)


@pytest.mark.django_db
class TestShared:
    def test_it_is_renewed_a_minute_before_it_expires(self):
        SharedTokens().get(KEY, lambda: a_token("old", lasts=61))
        assert SharedTokens().get(KEY, lambda: a_token("new")) == "old"
        SharedToken.objects.update(expires_at=time.time_ns() // 1000 + 59 * SECOND)
        assert SharedTokens().get(KEY, lambda: a_token("new")) == "new"

    def test_one_that_was_renewed_meanwhile_is_not_dropped(self):
        tokens = SharedTokens()
        tokens.get(KEY, lambda: a_token("old"))
        tokens.forget(KEY, "old")
        tokens.get(KEY, lambda: a_token("new"))

        tokens.forget(KEY, "old")  # by another worker, whose 401 came late

        assert tokens.get(KEY, lambda: a_token("newer")) == "new"

    def test_what_one_worker_drops_is_dropped_for_all(self):
        SharedTokens().get(KEY, lambda: a_token("old"))
        SharedTokens().drop(KEY)
        assert SharedTokens().get(KEY, lambda: a_token("new")) == "new"

    def test_a_fetch_that_fails_leaves_the_way_free(self):
        def fail() -> Token:
            raise OSError

        with pytest.raises(OSError):  # noqa: PT011 - any will do
            SharedTokens().get(KEY, fail)

        assert SharedTokens().get(KEY, a_token) == "t"

    def test_a_worker_that_died_while_fetching_is_waited_for_no_longer_than_its_lease(
        self, monkeypatch
    ):
        monkeypatch.setattr(sharing, "ASK_AGAIN_S", 0.01)
        now = time.time_ns() // 1000
        SharedToken.objects.create(key_hash=sharing._hashed(KEY), renewing_until=now + SECOND // 5)
        assert SharedTokens().get(KEY, a_token) == "t"

    def test_neither_keys_nor_token_can_be_read_off_the_database(self):
        SharedTokens().get(KEY, lambda: a_token("secret-token"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT key_hash, token FROM poweroffice_sharedtoken")
            held = repr(cursor.fetchall())
        assert "secret-token" not in held
        assert "subscription" not in held

    def test_what_nobody_has_used_for_a_day_is_let_go(self):
        SharedTokens().get(KEY, a_token)
        SharedToken.objects.update(expires_at=1)
        SharedTokens().get((*KEY, "another"), a_token)
        assert SharedToken.objects.count() == 1
