"""`migrate`, also when a guard is missing: it is what puts the guards back."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django's own, without the checks that ask the database: they would stop their own cure."""

    def check(self, *args: Any, **kwargs: Any) -> None:
        """Run the checks that ask no database."""
        super().check(*args, **{**kwargs, "databases": None})
