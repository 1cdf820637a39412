"""Every moment that was due has one slot, what was due one run; however late and often we tick."""

# ruff: noqa: ARG002 (fixtures)

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction

from accounting.company.models import Company
from accounting.company.records import Refused, switch_accounting
from integrations.exports import build as building
from integrations.exports import records, slots
from integrations.exports.models import Export, ExportRun, ExportSlot
from integrations.exports.schedule import OSLO, Frequency
from tests import build
from tests.build import DAY, NOW

SALES = {"cash": "50.00", "sales": {"31": "50.00"}}
FIVE = NOW.replace(hour=5)


@pytest.fixture
def company(db) -> Company:
    """Connected two days before NOW, a Tuesday; exports daily."""
    company = build.a_company()
    build.a_connection(company, start=DAY)
    return company


def moments() -> list[datetime]:
    return list(ExportSlot.objects.order_by("slot_at").values_list("slot_at", flat=True))


class TestFilling:
    def test_nothing_is_due_before_the_first_five_o_clock(self, company):
        slots.fill(NOW - timedelta(days=2) + timedelta(minutes=1))
        assert moments() == []
        assert ExportRun.objects.count() == 0

    def test_each_tick_after_five_finds_the_slot_filled(self, company):
        slots.fill(FIVE)
        slots.fill(FIVE + timedelta(minutes=1))
        assert moments() == [FIVE - timedelta(days=1), FIVE]

    def test_three_days_without_a_beat_are_made_up_for_by_one_run_that_names_them(self, company):
        slots.fill(FIVE)
        late = FIVE + timedelta(days=3, hours=2)
        slots.fill(late)
        missing = [FIVE + timedelta(days=day) for day in (1, 2, 3)]
        run = ExportRun.objects.get(slot_at=missing[-1])
        assert list(run.slots.order_by("slot_at").values_list("slot_at", flat=True)) == missing
        assert set(run.slots.values_list("made_at", flat=True)) == {late}
        assert run.cut_off == missing[-1]

    @pytest.mark.parametrize(
        ("frequency", "expected"),
        [
            (Frequency.WEEKLY, [datetime(2026, 11, 30, 5, tzinfo=OSLO)]),
            (Frequency.MONTHLY, [datetime(2026, 12, 1, 5, tzinfo=OSLO)]),
        ],
    )
    def test_the_frequency_says_which_moments_are_due(self, company, frequency, expected):
        records.choose_frequency(company.connections.get(), frequency)
        slots.fill(datetime(2026, 12, 2, 12, tzinfo=OSLO))
        assert moments()[-1:] == expected
        assert len(moments()) == (2 if frequency is Frequency.WEEKLY else 1)

    def test_without_a_date_to_export_from_nothing_is_due(self, db):
        build.a_connection(build.a_company(), start=None)
        slots.fill(NOW)
        assert moments() == []

    def test_another_company_costs_no_more_queries_until_it_is_due(
        self, company, django_assert_num_queries
    ):
        build.a_connection(build.a_company(build.OTHER_ORG_NO, "Andres AS"), start=DAY)
        slots.fill(NOW)
        with django_assert_num_queries(1):
            slots.fill(NOW)


class TestHolding:
    def test_a_paused_company_has_its_slots_and_no_run(self, company):
        records.pause(company.connections.get(), "Ferie", actor=build.a_manager(company))
        slots.fill(NOW)
        assert set(ExportSlot.objects.values_list("held", "run")) == {(ExportSlot.PAUSED, None)}

    def test_so_has_one_that_is_switched_off(self, company):
        switch_accounting(company, on=False)
        slots.fill(NOW)
        assert set(ExportSlot.objects.values_list("held", "run")) == {(ExportSlot.OFF, None)}

    def test_when_it_goes_on_one_run_makes_up_for_all_of_them(self, company):
        account, manager = company.connections.get(), build.a_manager(company)
        records.pause(account, "Ferie", actor=manager)
        slots.fill(NOW)
        records.resume(account, actor=manager)
        slots.fill(NOW + timedelta(minutes=1))
        run = ExportRun.objects.get()
        assert run.slots.count() == 2
        assert run.cut_off == FIVE
        assert set(ExportSlot.objects.values_list("held", flat=True)) == {ExportSlot.PAUSED}

    def test_the_database_refuses_a_slot_without_run_and_reason(self, company):
        with (
            pytest.raises(IntegrityError, match="export_slot_runs_or_is_held"),
            transaction.atomic(),
        ):
            ExportSlot.objects.create(
                company=company, provider="poweroffice", slot_at=NOW, made_at=NOW
            )


class TestRuns:
    def test_what_was_closed_before_the_slot_goes_with_its_run(self, company):
        settlement = build.a_settlement(company, **SALES)
        slots.fill(NOW)
        building.build_all(NOW)
        export = Export.objects.get()
        assert (export.settlement_id, export.run.cut_off) == (settlement.pk, FIVE)
        assert export.run.built_at == NOW

    def test_what_comes_later_goes_with_the_next_slot(self, company):
        slots.fill(NOW)
        building.build_all(NOW)
        build.a_settlement(company, **SALES)
        slots.fill(NOW + timedelta(hours=1))
        building.build_all(NOW + timedelta(hours=1))
        assert Export.objects.count() == 0
        slots.fill(NOW + timedelta(days=1))
        building.build_all(NOW + timedelta(days=1))
        assert Export.objects.get().run.slot_at == FIVE + timedelta(days=1)

    def test_asked_for_it_goes_at_once(self, company):
        build.a_settlement(company, **SALES)
        manager = build.a_manager(company)
        with time_machine.travel(NOW, tick=False):
            run = slots.ask(company.connections.get(), NOW, actor=manager)
        building.build_all(NOW)
        assert Export.objects.get().run == run
        assert (run.slot_at, run.started_by) == (None, manager)

    def test_asked_twice_it_is_one_run(self, company):
        account = company.connections.get()
        first, second = slots.ask(account, NOW), slots.ask(account, NOW + timedelta(minutes=1))
        assert first == second
        assert second.cut_off == NOW + timedelta(minutes=1)

    def test_a_run_waits_while_the_company_is_paused(self, company):
        build.a_settlement(company, **SALES)
        account, manager = company.connections.get(), build.a_manager(company)
        slots.fill(NOW)
        records.pause(account, "Ferie", actor=manager)
        building.build_all(NOW)
        assert Export.objects.count() == 0
        records.resume(account, actor=manager)
        building.build_all(NOW)
        assert Export.objects.count() == 1

    def test_nothing_can_be_asked_for_while_it_is_paused(self, company):
        account = company.connections.get()
        records.pause(account, "Ferie", actor=build.a_manager(company))
        with pytest.raises(Refused, match="på pause"):
            slots.ask(account, NOW)

    def test_nor_before_the_date_is_chosen(self, db):
        account = build.a_connection(build.a_company(), start=None)
        with pytest.raises(Refused, match="datoen"):
            slots.ask(account, NOW)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sixteen_ticks_at_once_make_one_slot_a_moment():
    company = build.a_company()
    build.a_connection(company, start=DAY)
    barrier = Barrier(16)

    def tick() -> None:
        barrier.wait()
        slots.fill(NOW + timedelta(days=9))
        connections.close_all()

    threads = [Thread(target=tick) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert moments() == [FIVE + timedelta(days=day) for day in range(-1, 10)]
    assert ExportRun.objects.count() == 1
