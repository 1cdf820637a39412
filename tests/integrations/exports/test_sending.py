"""One export, one attempt, outside any transaction; and the loop that nothing may stop."""

# ruff: noqa: ARG002 (fixtures)

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from integrations.exports import send
from integrations.exports.models import Attempt, Export
from integrations.exports.states import Blocked, NotSent, Sent, Unknown
from tests import build

THREADS = 8


@pytest.fixture
def ready(company) -> list[Export]:
    """Three exports that are READY, on three days."""
    build.a_ready_export(company)
    for day in (24, 22):
        build.a_settlement(
            company, cash="10.00", sales={"31": "10.00"}, day=build.DAY.replace(day=day),
            register=str(day),
        )  # fmt: skip
    build.built(company, build.NOW.replace(day=26))
    return list(Export.objects.order_by("settlement__business_date"))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_threads_gets_the_export(far):
    export = build.a_ready_export(build.a_company())
    barrier = threading.Barrier(THREADS)
    got: list[str | None] = []

    def work() -> None:
        barrier.wait()
        got.append(send.one(export.pk))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, got)) == ["None"] * (THREADS - 1) + ["SENT"]
    assert far.asked == [export.mark]
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_threads_empty_one_outbox_and_send_each_export_once(far):
    company = build.a_company()
    build.a_ready_export(company)
    for till in range(2, 12):
        build.a_settlement(company, cash="10.00", sales={"31": "10.00"}, register=str(till))
    build.built(company)

    def work() -> None:
        send.drain()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(far.asked) == sorted(Export.objects.values_list("mark", flat=True))
    assert set(Export.objects.values_list("state", flat=True)) == {"SENT"}


@pytest.mark.django_db(transaction=True)
def test_the_attempt_is_committed_before_the_call_and_no_transaction_is_open(onlooker):
    export = build.a_ready_export(build.a_company())

    assert send.one(export.pk) == "SENT"
    assert onlooker.seen == [("send", "True", False)]


@pytest.mark.django_db(transaction=True)
def test_nobody_sends_inside_a_transaction(far):
    export = build.a_ready_export(build.a_company())

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send.one(export.pk)

    assert far.asked == []


def test_what_is_due_is_sent_oldest_day_first(far, ready):
    assert send.drain() == 3
    assert far.asked == [export.mark for export in ready]


def test_an_export_that_fails_does_not_keep_the_others_back(far, ready):
    far.answers[:] = [Blocked(()), NotSent(), Sent("id-1")]

    assert send.drain() == 1
    assert [e.state for e in Export.objects.order_by("settlement__business_date")] == [
        "BLOCKED",
        "READY",
        "SENT",
    ]
    assert len(far.asked) == 3


def test_a_fault_of_ours_is_logged_and_left_to_its_lease(faulty, ready, caplog):
    assert send.drain() == 0
    assert len(faulty.asked) == 3
    assert set(Export.objects.values_list("state", flat=True)) == {"SENDING"}
    assert len([r for r in caplog.records if "failed on our side" in r.message]) == 3


def test_each_export_is_tried_once_a_round_though_it_is_due_again(far, ready, settings):
    settings.EXPORT_BACKOFF_S = [0]
    far.answers[:] = [NotSent()] * 9

    assert send.drain() == 0
    assert len(far.asked) == 3


def test_one_companys_round_leaves_the_others_alone(far, ready):
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")

    assert send.drain(other) == 0
    assert far.asked == []


def test_a_round_ends_when_its_time_is_up(far, ready):
    assert send.drain(seconds=0) == 0
    assert far.asked == []


class TestUnfinished:
    def test_what_is_ready_and_what_is_being_sent_is(self, company, ready, far):
        assert send.unfinished(company) == (3, None)

        send.drain()
        assert send.unfinished(company) == (0, None)

    def test_what_only_was_asked_to_wait_still_is(self, company, ready, far):
        far.answers[:] = [NotSent(counts=False, wait=timedelta(seconds=9)), Unknown()]
        send.drain()

        count, until = send.unfinished(company)
        assert count == 1
        assert until == Export.objects.get(state="READY").not_before

    def test_what_failed_waits_for_its_back_off_and_is_not(self, company, ready, far):
        far.answers[:] = [NotSent(), NotSent(), NotSent()]
        send.drain()

        assert send.unfinished(company) == (0, None)

    @pytest.mark.parametrize("held_back", ["paused", "off", "disconnected"])
    def test_what_is_held_back_is_not(self, company, ready, held_back):
        match held_back:
            case "paused":
                company.connections.update(paused=True, pause_reason="Ferie")
            case "off":
                type(company).objects.update(accounting_enabled=False)
            case _:
                company.connections.all().delete()

        assert send.unfinished(company) == (0, None)
