"""The room of exports, on the way out."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Label `exports`."""

    name = "integrations.exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"
