"""The room of exports, on the way out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """Label `exports`."""

    name = "integrations.exports"
    label = "exports"
    verbose_name = _("Overføring")
    default_auto_field = "django.db.models.BigAutoField"
