"""The room of companies; puts the add-only guards back after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from accounting import insert_only


def _put_guards_back(using: str, **_: Any) -> None:
    insert_only.install(connections[using])


class CompanyConfig(AppConfig):
    """Label `company`."""

    name = "accounting.company"
    label = "company"
    verbose_name = _("Selskaper og tilganger")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hold the guards through migrations: SQLite loses them when it rebuilds a table."""
        post_migrate.connect(_put_guards_back, sender=self)
