"""The front door as a Django app."""

from django.apps import AppConfig

from backoffice import checks, pulse
from backoffice.celery import after_each_task


class Backoffice(AppConfig):
    """Holds the user model, and has the house checked at every start."""

    name = "backoffice"
    label = "backoffice"
    verbose_name = "Backoffice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Django's own moment for registering checks, and for listening to what workers do."""
        checks.register()
        after_each_task(pulse.note)
