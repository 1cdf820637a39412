"""Celery is a doorbell: each task calls one function, which reads from the database what is due."""

from celery import shared_task

from accounting import clock
from integrations.exports import (
    build,
    following,
    notices,
    reconcile,
    send,
    slots,
    sweeping,
    withdrawing,
)


@shared_task(ignore_result=True)
def tick(**_: object) -> None:
    """Fill the slots, build what is due, look for what is in doubt, send, follow, tell people."""
    slots.fill(clock.now())
    build.build_all(clock.now())
    reconcile.due()
    withdrawing.due(clock.now())
    send.drain()
    following.due(clock.now())
    sweeping.due(clock.now())
    notices.tell_all(clock.now())
