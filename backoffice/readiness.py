"""Is the house alive, and can it work: what /helse and /helse/klar tell machines. No names, no secrets."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounting import insert_only
from backoffice import pulse
from backoffice.celery import broker_answers

MISSED = 3  # ticks that may fail to come before beat is late


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands; `beat_age_s` is None where no tick was ever carried out, and 0 says nothing else.

    `migrations` says that the tables are those of this code, `guards` that add-only tables are held.
    """

    database: bool
    migrations: bool = False
    guards: bool = False
    broker: bool = False
    beat: bool = False
    beat_age_s: int | None = None

    @property
    def ready(self) -> bool:
        """Say whether all of it stands."""
        return all((self.database, self.migrations, self.guards, self.broker, self.beat))

    def as_json(self) -> dict[str, object]:
        """Give it with the verdict first."""
        return {"ready": self.ready, **asdict(self)}


def database_answers() -> bool:
    """Say whether the database can be asked anything."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def readiness(now: datetime) -> Readiness:
    """Look at everything once: three queries, and one connection to the broker (2 s at the most)."""
    if not database_answers():
        return Readiness(database=False)
    try:
        migrated = (
            not migrations_of_this_code()
            - MigrationRecorder(connection).applied_migrations().keys()
        )
        seen = pulse.seen()[0] if migrated else None
        guards = not insert_only.missing()
    except DatabaseError:
        return Readiness(database=False)
    return Readiness(
        database=True,
        migrations=migrated,
        guards=guards,
        broker=broker_answers(),
        beat=not beat_late(seen, now),
        beat_age_s=None if seen is None else round((now - seen).total_seconds()),
    )


def beat_late(seen: datetime | None, now: datetime) -> bool:
    """Say whether more ticks are missing than a restart explains."""
    return seen is None or now - seen > MISSED * timedelta(seconds=settings.TICK_S)


@lru_cache(maxsize=1)
def migrations_of_this_code() -> frozenset[tuple[str, str]]:
    """Name every migration of this code; it does not change while the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
