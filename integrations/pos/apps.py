"""The room of tills and their files, on the way in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PosConfig(AppConfig):
    """Label `pos`."""

    name = "integrations.pos"
    label = "pos"
    verbose_name = _("Filer fra kassene")
    default_auto_field = "django.db.models.BigAutoField"
