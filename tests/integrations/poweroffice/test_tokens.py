"""One token a client, renewed once, however many wait for it."""

import threading
import time

import pytest

from integrations.poweroffice.tokens import TokenCache
from integrations.poweroffice.wire import RemoteId, Token

KEY = ("https://host", "application", "client", "subscription")


def a_token(text: str = "t", lasts: int = 1200) -> Token:
    return Token(RemoteId(text), lasts)


def test_twelve_threads_that_need_a_token_fetch_one():
    tokens = TokenCache()
    fetched: list[int] = []

    def fetch() -> Token:
        fetched.append(1)
        time.sleep(0.05)
        return a_token()

    threads = [threading.Thread(target=tokens.get, args=(KEY, fetch)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(fetched) == 1


def test_a_token_that_was_renewed_meanwhile_is_not_dropped():
    tokens = TokenCache()
    tokens.get(KEY, lambda: a_token("old"))
    tokens.forget(KEY, "old")
    tokens.get(KEY, lambda: a_token("new"))

    tokens.forget(KEY, "old")  # by another thread, whose 401 came late

    assert tokens.get(KEY, lambda: a_token("newer")) == "new"


def test_a_fetch_that_fails_leaves_nothing_behind():
    tokens = TokenCache()

    def fail() -> Token:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any will do
        tokens.get(KEY, fail)

    assert tokens.get(KEY, a_token) == "t"


def test_neither_keys_nor_tokens_can_be_read_off_the_cache():
    tokens = TokenCache()
    tokens.get(KEY, lambda: a_token("secret-token"))

    shown = repr(vars(tokens))

    assert "secret-token" not in shown
    assert "subscription" not in shown
