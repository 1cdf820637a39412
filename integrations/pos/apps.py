"""The room of tills and their files, on the way in."""

from django.apps import AppConfig


class PosConfig(AppConfig):
    """Label `pos`."""

    name = "integrations.pos"
    label = "pos"
    default_auto_field = "django.db.models.BigAutoField"
