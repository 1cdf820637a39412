"""The room of PowerOffice Go: one provider, and the folder to copy for the next."""

from django.apps import AppConfig


class PowerOfficeConfig(AppConfig):
    """Label `poweroffice`."""

    name = "integrations.poweroffice"
    label = "poweroffice"
    verbose_name = "PowerOffice Go"
    default_auto_field = "django.db.models.BigAutoField"
