"""The room of the books; lets SQLite write a whole Kontooppsett in one statement."""

import sqlite3
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

# 400 rows of Kontooppsett and their notes. An update is a list that SQLite goes through for each row,
# so a limit far above this would make large updates slower, not faster.
SQLITE_VALUES = 5_000


def _widen(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let a statement take more values than the 999 that Django 5 allows SQLite.

    What SQLite itself takes is asked of it: 999 before 3.32 (2020), 32 766 and more since
    (https://www.sqlite.org/limits.html).
    """
    if connection.vendor == "sqlite":
        takes = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = min(takes, SQLITE_VALUES)


class BooksConfig(AppConfig):
    """Label `books`."""

    name = "accounting.books"
    label = "books"
    verbose_name = _("Bøkene")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say so to every connection as it opens."""
        connection_created.connect(_widen, dispatch_uid="accounting.books.sqlite-values")
