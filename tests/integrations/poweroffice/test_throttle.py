"""The budget of calls: evenly spaced, shared by all who use one key, and free when it is lifted."""

import threading
import time

import pytest
from django.db import connection, transaction

from integrations.poweroffice import throttle
from integrations.poweroffice.failures import NoTurn
from integrations.poweroffice.models import CallSlot
from integrations.poweroffice.throttle import HORIZON, SECOND, CallBudget
from integrations.secrets import digest

KEY = "a-subscription-key"
BUDGET = CallBudget.of(KEY)


def most_in_a_second(moments: list[float]) -> int:
    ordered = sorted(moments)
    return max(sum(start <= each < start + 1 for each in ordered) for start in ordered)


def turns_of_two_threads(calls: int) -> list[float]:
    """When each call of two threads that wait for their turns may begin."""
    moments: list[float] = []

    def work() -> None:
        for _ in range(calls):
            BUDGET.wait()
            moments.append(time.monotonic())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return moments


@pytest.fixture
def without_redis(settings):
    settings.REDIS_URL = ""
    settings.EXPORT_CALLS_PER_SECOND = 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("without_redis")
class TestInTheDatabase:
    @pytest.mark.slow
    def test_two_threads_together_never_exceed_the_limit_in_any_second(self):
        begun = time.monotonic()

        moments = turns_of_two_threads(14)

        assert len(moments) == 28
        assert most_in_a_second(moments) <= 20
        assert max(moments) - begun >= 27 / 20

    def test_keys_do_not_wait_for_each_other(self):
        CallBudget.of("one").wait()
        CallBudget.of("two").wait()

        assert CallSlot.objects.count() == 2
        assert not CallSlot.objects.filter(key_hash__contains="one").exists()

    def test_a_moment_taken_before_the_clock_was_set_back_is_not_waited_for(self):
        ahead = time.time_ns() // 1000 + 3600 * SECOND
        CallSlot.objects.create(key_hash=digest(KEY), next_at=ahead)
        begun = time.monotonic()

        BUDGET.wait()

        assert time.monotonic() - begun < 1
        assert CallSlot.objects.get().next_at < ahead

    def test_a_limit_of_0_lifts_it_and_asks_nobody(self, settings, django_assert_num_queries):
        settings.EXPORT_CALLS_PER_SECOND = 0

        with django_assert_num_queries(0):
            BUDGET.wait()

    def test_nobody_waits_inside_a_transaction(self):
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            BUDGET.wait()

    def test_whoever_they_ask_to_wait_all_wait(self):
        BUDGET.wait()
        BUDGET.hold(0.7)
        begun = time.monotonic()

        BUDGET.wait()

        assert time.monotonic() - begun >= 0.69

    def test_nobody_sits_and_waits_for_long(self):
        BUDGET.wait()
        BUDGET.hold(30)

        with pytest.raises(NoTurn):
            BUDGET.wait()


@pytest.fixture
def in_redis(settings):
    settings.EXPORT_CALLS_PER_SECOND = 20
    assert settings.REDIS_URL
    throttle._redis(settings.REDIS_URL).delete(f"backoffice:calls:{digest(KEY)}")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_redis")
class TestInRedis:
    def test_two_threads_together_never_exceed_the_limit(self):
        begun = time.monotonic()

        moments = turns_of_two_threads(14)

        assert most_in_a_second(moments) <= 20
        assert max(moments) - begun >= 27 / 20
        assert CallSlot.objects.count() == 0

    def test_nor_where_redis_is_emptied_while_they_wait(self, settings):
        redis = throttle._redis(settings.REDIS_URL)
        flushing = [threading.Timer(0.23 * each, redis.flushdb) for each in (1, 2, 3, 4)]
        for timer in flushing:
            timer.start()

        moments = turns_of_two_threads(14)

        assert len(moments) == 28
        assert most_in_a_second(moments) <= 20

    def test_whoever_finds_it_empty_lets_what_was_taken_pass(self, settings):
        throttle._redis(settings.REDIS_URL).flushdb()
        begun = time.monotonic()

        BUDGET.wait()

        assert time.monotonic() - begun >= HORIZON / SECOND - 0.01

    def test_whoever_they_ask_to_wait_all_wait(self):
        BUDGET.wait()
        BUDGET.hold(0.9)
        begun = time.monotonic()

        BUDGET.wait()

        assert time.monotonic() - begun >= 0.89

    def test_where_redis_is_away_nobody_calls(self, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        with pytest.raises(NoTurn):
            BUDGET.wait()
