"""When a task was last carried out: what Driftsstatus shows, and what silence is measured by."""

from datetime import datetime

from django.apps import apps
from django.conf import settings

from accounting import clock

BEAT, WORKER = "beat", "worker"


def note(task_name: str) -> None:
    """Write down that a task has just ended; beat's own tasks say that beat lives too."""
    beat_s = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    marks = apps.get_model("backoffice", "Pulse")  # the app asks for this module before its models
    for name in (WORKER, BEAT) if task_name in beat_s else (WORKER,):
        marks.objects.update_or_create(name=name, defaults={"at": clock.now()})


def seen() -> tuple[datetime | None, datetime | None]:
    """Give when beat and a worker were last seen."""
    marks = apps.get_model("backoffice", "Pulse")
    at = dict(marks.objects.values_list("name", "at"))
    return at.get(BEAT), at.get(WORKER)
