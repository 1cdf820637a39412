"""Years whose duty is over are forgotten whole: with a line in the log, and the guards back in place."""

from datetime import date

import pytest
import time_machine
from django.db import DatabaseError

from accounting import insert_only
from accounting.books.models import JournalSnapshot, Receipt, Settlement, ZReport
from accounting.company.models import AuditEntry
from backoffice import forgetting
from integrations.exports.models import Attempt, Export
from integrations.exports.states import Sent
from tests import build
from tests.backoffice.commands.running import run
from tests.build import NOW

OLD, LATE = date(2020, 12, 31), date(2021, 6, 1)
TABLES = (Receipt, ZReport, Settlement, JournalSnapshot, Export, Attempt)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company():
    """A settlement of 2020 and one of 2021, both sent; the clock stands in November 2026."""
    company = build.a_company()
    for day in (OLD, LATE):
        build.ended(
            build.a_ready_export(company, day=day, cash="10.00", sales={"31": "10.00"}),
            Sent(str(day)),
        )
    with time_machine.travel(NOW, tick=False):
        yield company


def _left():
    return {model.__name__: model.objects.count() for model in TABLES}


def test_a_dry_run_counts_and_changes_nothing(company):
    before = _left()
    ended = run("forget", "--before", 2021)
    assert ended.code == 0
    assert "2020: " in ended.out
    assert "settlement 1" in ended.out
    assert _left() == before


def test_the_old_year_goes_whole_and_the_later_one_stays(company):
    assert run("forget", "--before", 2021, "--yes", "--by", "Kari N.").code == 0
    assert set(_left().values()) == {1}
    assert company.settlements.get().business_date == LATE
    note = AuditEntry.objects.filter(action="year-forgotten").first()
    assert note is not None
    assert note.after["name"] == "Kari N."
    assert insert_only.missing() == []
    with pytest.raises(DatabaseError):
        AuditEntry.objects.all().delete()


def test_a_year_inside_the_duty_is_refused(company):
    before = _left()
    ended = run("forget", "--before", 2022, "--yes")
    assert ended.code == 1
    assert "2021 må oppbevares ut 2026" in ended.err
    assert _left() == before


def test_what_is_not_finished_keeps_its_year(company):
    Export.objects.filter(settlement__business_date=OLD).update(state="BLOCKED")
    ended = run("forget", "--before", 2021, "--yes")
    assert ended.code == 1
    assert "ikke ferdige" in ended.err
    assert Settlement.objects.count() == 2


def test_a_failure_at_the_very_end_leaves_everything_and_every_guard(company):
    before = _left()
    with pytest.raises(TypeError, match="JSON"):
        forgetting.forget(company, 2020, object())  # the line in the log cannot be written
    assert _left() == before
    assert insert_only.missing() == []
