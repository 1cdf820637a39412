"""Celery is a doorbell: each task calls one function, which reads from the database what is due."""

from celery import shared_task

from accounting import clock
from integrations.exports import (
    attaching,
    build,
    following,
    prechecking,
    reconcile,
    send,
    slots,
    standstill,
    sweeping,
    withdrawing,
)
from integrations.exports.crew import beside
from integrations.exports.telling import alarms, morning, stops


@shared_task(ignore_result=True)
def tick(**_: object) -> None:
    """Look ahead, fill the slots, build, look for what is in doubt, send, attach, follow, tell."""
    prechecking.due(clock.now())
    slots.fill(clock.now())
    with beside(lambda: build.build_all(clock.now())) as building:
        reconcile.due()
        withdrawing.due(clock.now())
        send.drain(more_comes=building)
    standstill.stop(clock.now())
    attaching.drain()
    following.due(clock.now())
    sweeping.due(clock.now())
    stops.tell_all(clock.now())
    alarms.tell_all(clock.now())
    morning.tell_all(clock.now())
