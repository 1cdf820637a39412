"""What machines are told: /helse/klar names what does not stand, /metrics counts the queue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from prometheus_client.parser import text_string_to_metric_families

from accounting import clock
from backoffice import pulse, readiness
from integrations.exports.states import State
from tests import build

pytestmark = pytest.mark.django_db
TOKEN = "for the scraper alone"
TABLE = "CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied text)"


@pytest.fixture
def ticked():
    pulse.note("integrations.exports.tasks.tick")


@pytest.fixture
def migrated(settings):
    """As after a migrate, also where the tables were made without one."""
    settings.MIGRATION_MODULES = {}
    readiness.migrations_of_this_code.cache_clear()
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
    for app, name in MigrationLoader(None).disk_migrations:
        recorder.record_applied(app, name)
    yield recorder
    readiness.migrations_of_this_code.cache_clear()


@pytest.fixture
def scrape(client, settings):
    settings.METRICS_TOKEN = TOKEN

    def scraped() -> dict[tuple[str, ...], float]:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.content.decode())
        return {
            (sample.name.removeprefix("backoffice_"), *sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
        }

    return scraped


@pytest.mark.usefixtures("ticked", "migrated")
class TestReady:
    def test_where_all_stands_it_is_ready(self, client):
        answer = client.get("/helse/klar")

        said = answer.json()
        assert 0 <= said.pop("beat_age_s") < 60
        assert said == dict.fromkeys(
            ("ready", "database", "migrations", "guards", "broker", "beat"), True
        )
        assert answer.status_code == 200

    def test_a_silent_beat_is_named(self, client, settings):
        settings.CLOCK_SHIFT_S = 4 * settings.TICK_S

        answer = client.get("/helse/klar")

        assert answer.status_code == 503
        assert answer.json()["beat"] is False
        assert answer.json()["beat_age_s"] >= 4 * settings.TICK_S

    def test_a_migration_that_is_not_applied_is_named(self, client, migrated):
        migrated.record_unapplied("exports", "0001_initial")

        answer = client.get("/helse/klar")

        assert (answer.status_code, answer.json()["migrations"]) == (503, False)

    def test_whoever_asks_every_minute_fills_no_letter_box(self, client, settings, mailoutbox):
        settings.ADMINS = [("Drift", "drift@example.no")]
        settings.CLOCK_SHIFT_S = 4 * settings.TICK_S

        assert client.get("/helse/klar").status_code == 503
        assert mailoutbox == []

    def test_it_says_nothing_but_yes_and_no(self, client):
        values = client.get("/helse/klar").json().values()

        assert all(isinstance(value, bool | int) for value in values)


class TestMetrics:
    def test_without_a_token_in_the_settings_there_is_no_such_page(self, client):
        assert client.get("/metrics").status_code == 404

    @pytest.mark.parametrize("carried", ["", "Bearer wrong", TOKEN, f"Basic {TOKEN}"])
    def test_whoever_does_not_carry_it_is_told_nothing(self, client, settings, carried):
        settings.METRICS_TOKEN = TOKEN

        answer = client.get("/metrics", headers={"Authorization": carried})

        assert (answer.status_code, answer.content) == (401, b"")

    @pytest.mark.usefixtures("ticked")
    def test_the_queue_is_counted_by_state_with_its_ages(self, scrape):
        company = build.a_company()
        build.a_connection(company)
        export = build.a_ready_export(company)
        moment = clock.now()
        export.created_at = moment - timedelta(hours=2)
        export.state, export.doubted_at = State.UNCERTAIN, moment - timedelta(minutes=5)
        export.save()

        found = scrape()

        assert found["exports", "UNCERTAIN"] == 1
        assert found["exports", "READY"] == 0
        assert 7200 <= found["oldest_unsent_seconds",] < 7260
        assert 300 <= found["uncertain_age_seconds",] < 360
        assert found["connections", "no"] == 1
        assert found["tick_age_seconds",] < 60

    def test_a_scrape_is_a_handful_of_queries_whatever_it_counts(
        self, scrape, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(5):
            found = scrape()

        assert ("oldest_unsent_seconds",) not in found  # nothing waits, so nothing is as old as 0 s
