"""`flush` for tests: lifts the add-only guards, empties the tables, and puts the guards back.

Tests that commit (live_server, transaction=True) are cleaned up by Django with this command, and
the guards rightly refuse DELETE and TRUNCATE. Only tests/settings.py installs this app.
"""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from accounting import insert_only

USERS_TRIGGERS = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
"""


class Command(flush.Command):
    """Django's own, between lifting the guards and putting them back."""

    def handle(self, **options: Any) -> None:
        """Leave every table empty and every guard in place."""
        connection = connections[options["database"]]
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(USERS_TRIGGERS)
                for (table,) in cursor.fetchall():
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {quote(name)}")
        super().handle(**options)
        insert_only.install(connection)
