"""The Celery app. It is a doorbell: what is due, and what was done, stands in the database.

Its settings, the beat's one tick among them, are the `CELERY_…` names of `backoffice.settings`.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")

app = Celery("backoffice")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
