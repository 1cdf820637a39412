"""The room of the books."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """Label `books`."""

    name = "accounting.books"
    label = "books"
    default_auto_field = "django.db.models.BigAutoField"
