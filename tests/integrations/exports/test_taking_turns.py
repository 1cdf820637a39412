"""Nobody waits behind the one with the most, and never two of one company are on their way at once."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from accounting.company.models import Company
from integrations.exports import send
from integrations.exports.crew import share_out
from integrations.exports.models import Export
from tests import build

SALES = {"cash": "50.00", "sales": {"31": "50.00"}}


@pytest.mark.django_db(transaction=True)
def test_the_smallest_company_goes_before_the_second_of_the_largest(far):
    large = build.a_company()
    for back in range(5, 0, -1):
        build.a_ready_export(large, day=build.DAY - timedelta(days=back), **SALES)
    small = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    last = build.a_ready_export(small, **SALES)

    assert send.drain() == 6
    assert far.asked.index(last.mark) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_found_in_one_query_however_many_companies(far, django_assert_num_queries):
    for number in ("923609016", "974760673", "889640782"):
        build.a_ready_export(build.a_company(number, number), **SALES)
    with django_assert_num_queries(1):
        assert len(send._turns(None, ())) == 3


class TestTheCrew:
    def test_several_work_at_once_but_never_two_for_one_company(self, settings):
        settings.EXPORT_SENDERS = 4
        busy: Counter[str] = Counter()
        most: Counter[str] = Counter()
        lock = threading.Lock()

        def work(item: tuple[str, int]) -> str:
            with lock:
                busy[item[0]] += 1
                busy["all"] += 1
                for owner in (item[0], "all"):
                    most[owner] = max(most[owner], busy[owner])
            time.sleep(0.02)
            with lock:
                busy[item[0]] -= 1
                busy["all"] -= 1
            return item[0]

        items = [(owner, (owner, n)) for n in range(4) for owner in "abc"]
        finished = share_out(items, work)

        assert sorted(item for item, _ in finished) == sorted(item for _, item in items)
        assert most["all"] == 3
        assert {most[owner] for owner in "abc"} == {1}

    def test_it_stops_when_the_time_is_up(self, settings):
        settings.EXPORT_SENDERS = 2
        done: list[int] = []
        finished = share_out([(n, n) for n in range(9)], done.append, lambda: len(done) >= 3)
        assert 3 <= len(finished) <= 4

    @pytest.mark.django_db(transaction=True)
    def test_its_threads_read_what_is_committed_over_connections_of_their_own(self, settings):
        settings.EXPORT_SENDERS = 2
        build.a_company()
        counts = share_out([(n, n) for n in range(4)], lambda _: Company.objects.count())
        assert [count for _, count in counts] == [1] * 4


@pytest.mark.django_db(transaction=True)
def test_while_others_are_still_built_nobody_goes_twice(far):
    large = build.a_company()
    for back in range(3, 0, -1):
        build.a_ready_export(large, day=build.DAY - timedelta(days=back), **SALES)
    small = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    going = iter([True, True, True, False, False, False])

    def still_building() -> bool:
        goes_on = next(going)
        if goes_on and len(far.asked) == 1 and not Export.objects.filter(company=small).exists():
            build.a_ready_export(small, **SALES)  # the last to be built
        return goes_on

    assert send.drain(more_comes=still_building) == 4
    assert far.asked.index(Export.objects.get(company=small).mark) == 1
