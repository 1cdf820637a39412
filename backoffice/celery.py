"""The Celery app. It is a doorbell: what is due, and what was done, stands in the database.

Its settings, the beat's one tick among them, are the `CELERY_…` names of `backoffice.settings`.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import after_task_publish, beat_init, heartbeat_sent, task_postrun, worker_init
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.exceptions import OperationalError

from accounting.insert_only import GuardMissing
from backoffice.starting import verify_guards

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")

BROKER_S = 2

app = Celery("backoffice")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)  # the id of a click goes along with its tasks


@worker_init.connect
@beat_init.connect
def end_without_guards(**_: object) -> None:
    """End worker and beat where a guard is missing: Celery goes on after any lesser exception."""
    try:
        verify_guards()
    except GuardMissing as problem:
        raise SystemExit(str(problem)) from problem


@beat_init.connect
def beat_shows_life(**_: object) -> None:
    """From now on every message that beat has sent shows that it lives."""
    after_task_publish.connect(show_life)


@heartbeat_sent.connect
def show_life(**_: object) -> None:
    """Touch the file that the container's health check looks at; a worker does so every few seconds."""
    if settings.HEARTBEAT_FILE:
        Path(settings.HEARTBEAT_FILE).touch()


def broker_answers() -> bool:
    """Say whether the broker can be reached; it is asked once, for at most two seconds."""
    try:
        with app.connection_for_read(connect_timeout=BROKER_S) as connection:
            connection.ensure_connection(max_retries=1, timeout=BROKER_S)
    except (OSError, OperationalError):
        return False
    return True


def after_each_task(call: Callable[[str], None]) -> None:
    """Have `call` told the name of every task that has ended in a worker, however it ended."""

    def ended(sender: Any, **_: object) -> None:
        call(sender.name)

    task_postrun.connect(ended, weak=False)
