"""Every way to write is tried on every guarded table, on whichever database the tests run on."""

# ruff: noqa: ARG002 (fixtures)

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from accounting import insert_only
from integrations.exports import outbox
from integrations.exports.models import Attempt, ExportStart
from integrations.exports.states import NotSent
from tests import build
from tests.accounting.stand_ins import STAND_INS
from tests.accounting.write_routes import (
    CHANGE_GUARD,
    EVERYWHERE,
    LATER,
    REFUSED,
    SQLITE,
    SWITCHED_OFF,
    TABLES,
    UNDER_ANOTHER_KEY,
    by_loaddata,
    execute,
)
from tests.build import NOW


@pytest.fixture
def rows(db) -> list[models.Model]:
    """A row of each guarded table; the attempt is a finished one."""
    export = build.a_ready_export(build.a_company())
    outbox.finish(outbox.claim(export.pk, NOW), NotSent(), NOW)
    return [model._base_manager.order_by("pk")[0] for model in TABLES]


def _rebuild(model: type[models.Model], name: str, field: models.Field) -> None:
    """Alter a column as a migration does: SQLite makes the whole table anew."""
    field.set_attributes_from_name(name)
    field.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, model._meta.get_field(name), field)


def _stored(model: type[models.Model]) -> list[tuple]:
    return list(model._base_manager.order_by("pk").values_list())


@pytest.mark.parametrize("route", EVERYWHERE, ids=lambda way: way.__name__)
def test_no_way_of_writing_changes_a_row_of_any_guarded_table(rows, route):
    for row in rows:
        before = _stored(type(row))

        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            route(row)

        assert _stored(type(row)) == before, type(row)


def test_not_even_a_fixture_does(rows, tmp_path):
    for row in rows:
        before = _stored(type(row))

        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            by_loaddata(row, tmp_path)

        assert _stored(type(row)) == before, type(row)


def test_rows_can_still_be_added(rows):
    for row in rows:
        before = len(_stored(type(row)))
        row.pk = None
        row._state.adding = True
        if isinstance(row, ExportStart):
            row.provider = "another"

        row.save()

        assert len(_stored(type(row))) == before + 1


class TestAttempt:
    """An attempt is closed once, by its outcome columns and by nothing else."""

    @pytest.fixture
    def attempt(self, db) -> Attempt:
        export = build.a_ready_export(build.a_company())
        return outbox.claim(export.pk, NOW).attempt

    def test_it_can_be_closed(self, attempt):
        closed = Attempt.objects.update(
            finished_at=LATER, outcome="Unknown", status=500, problem="x"
        )

        assert closed == 1

    @pytest.mark.parametrize(
        "columns",
        [
            {"outcome": "Sent"},
            {"status": 201},
            {"finished_at": LATER, "started_at": LATER},
            {"finished_at": LATER, "purpose": "look"},
            {"finished_at": LATER, "revision": 9},
            {"finished_at": LATER, "id": 999},
        ],
    )
    def test_nothing_else_can_be_set_while_it_is_open(self, attempt, columns):
        with pytest.raises(DatabaseError), transaction.atomic():
            Attempt.objects.update(**columns)

        assert Attempt.objects.get().finished_at is None

    @pytest.mark.parametrize(
        "columns", [{"outcome": "Sent"}, {"finished_at": LATER}, {"finished_at": None}]
    )
    def test_it_cannot_be_closed_again_or_opened(self, attempt, columns):
        Attempt.objects.update(finished_at=NOW, outcome="Unknown")

        with pytest.raises(DatabaseError), transaction.atomic():
            Attempt.objects.update(**columns)

        assert Attempt.objects.get().outcome == "Unknown"

    def test_an_open_one_cannot_be_deleted(self, attempt):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute("DELETE FROM exports_attempt")

    @pytest.mark.parametrize("how", UNDER_ANOTHER_KEY)
    def test_an_open_one_cannot_be_replaced_by_another_open_one(self, attempt, how):
        with pytest.raises(DatabaseError), transaction.atomic():
            how(attempt)

        assert Attempt.objects.get().finished_at is None


@pytest.mark.parametrize("how", UNDER_ANOTHER_KEY)
def test_a_date_cannot_be_replaced_by_its_company_and_provider_either(db, how):
    build.a_connection(build.a_company())
    before = _stored(ExportStart)

    with pytest.raises(DatabaseError), transaction.atomic():
        how(ExportStart.objects.get())

    assert _stored(ExportStart) == before


class TestGuards:
    def test_they_stand_after_migrate(self, db):
        assert insert_only.missing() == []
        insert_only.verify()

    def test_what_is_missing_is_named(self, db):
        name = f"exports_exportstart_{'no_replace' if SQLITE else 'no_truncate'}"
        execute(f"DROP TRIGGER {name}" + ("" if SQLITE else " ON exports_exportstart"))

        assert insert_only.missing() == [name]
        with pytest.raises(insert_only.GuardMissing, match=f"{name} are missing.*migrate"):
            insert_only.verify()

    @pytest.mark.parametrize("how", SWITCHED_OFF)
    def test_one_that_does_not_always_fire_is_missing(self, db, how):
        execute(how)

        assert insert_only.missing() == [CHANGE_GUARD]

    @pytest.mark.parametrize("name", STAND_INS)
    def test_one_that_only_bears_the_name_is_missing(self, db, name):
        for statement in STAND_INS[name]:
            execute(statement)

        assert CHANGE_GUARD in insert_only.missing()

    @pytest.mark.django_db(transaction=True)
    def test_migrate_puts_them_back_after_a_table_was_rebuilt(self):
        build.a_connection(build.a_company())
        before = _stored(ExportStart)
        _rebuild(ExportStart, "provider", models.CharField(max_length=21))
        if SQLITE:  # the rebuilt table has lost all three
            assert len(insert_only.missing()) == 3

        call_command("migrate", verbosity=0)

        assert insert_only.missing() == []
        assert _stored(ExportStart) == before
        with pytest.raises(DatabaseError, match="is add-only"):
            ExportStart.objects.update(day="2026-01-01")
        _rebuild(ExportStart, "provider", models.CharField(max_length=20))
        call_command("migrate", verbosity=0)

    def test_every_table_that_must_not_change_is_guarded(self):
        assert set(insert_only._GUARDS) == {model._meta.db_table for model in TABLES}

    def test_putting_them_back_can_be_repeated(self, db):
        insert_only.install()
        insert_only.install()

        assert insert_only.missing() == []

    def test_a_condition_that_the_guard_cannot_follow_is_refused(self):
        class Odd(models.Model):
            name = models.CharField(max_length=5)
            closed = models.BooleanField()

            class Meta:
                app_label = "company"
                managed = False
                constraints = [
                    models.UniqueConstraint(
                        name="odd", fields=["name"], condition=models.Q(closed=False)
                    )
                ]

            def __str__(self) -> str:
                return self.name

        with pytest.raises(ValueError, match="cannot follow the constraint odd"):
            insert_only._sqlite(insert_only.Guard(Odd))
