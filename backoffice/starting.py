"""No process of ours starts where a table that must be add-only has lost its guards."""

import django
from django.db import connections

from accounting import insert_only


def verify_guards() -> None:
    """Raise GuardMissing, naming them, when guards are missing; silent before the first migrate.

    Leaves no connection behind: the process may fork after this.
    """
    django.setup()  # the guards are named where the models are
    try:
        insert_only.verify()
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close()
            if connection.vendor == "postgresql":
                connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
