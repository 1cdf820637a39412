"""What is due becomes an export once; what changes before it is sent is built anew, and never after."""

# ruff: noqa: ARG002 (fixtures)

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.books.domain.codes import Role
from accounting.books.domain.issues import Fix, Page
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.models import JournalSnapshot, Settlement
from accounting.books.records import save_setup
from accounting.company.models import Company
from integrations.exports import build as builder
from integrations.exports import outbox, records, slots
from integrations.exports.models import Export
from tests import build
from tests.build import DAY, NOW

FOOD = RuleKey(Role.SALES, vat_code="31")
SALES = {"cash": "50.00", "sales": {"31": "50.00"}}


@pytest.fixture
def company(db) -> Company:
    """Connected, set up, with the chart fetched; exports from DAY on."""
    company = build.a_company()
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company, start=DAY)
    return company


def tick(company: Company, now=NOW) -> list[Export]:
    """What the tick builds at `now` for a company that exports daily."""
    slots.fill(now)
    builder.build_all(now)
    return list(company.exports.order_by("settlement__business_date", "pk"))


class TestDue:
    def test_a_day_that_was_closed_before_the_slot_is_built(self, company):
        settlement = build.a_settlement(company, **SALES)

        (export,) = tick(company)

        assert (export.state, export.revision, export.part) == ("READY", 1, 0)
        assert (export.settlement_id, export.debit) == (settlement.pk, 50_00)
        assert export.document == "settlement||1|1"
        assert export.mark == outbox.mark_of(company.org_no, export.document, 0, 1)
        assert export.setup_version == company.setup_version + _versions(company)
        assert export.snapshot.as_journal().debit == 50_00

    def test_a_day_that_was_closed_after_the_slot_waits_for_the_next(self, company):
        build.a_settlement(company, **SALES)
        five = NOW.replace(hour=5)

        assert tick(company, five - timedelta(minutes=1)) == []
        assert len(tick(company, five)) == 1

    def test_a_weekly_company_waits_for_monday(self, company):
        company.connections.update(frequency="weekly")
        build.a_settlement(company, **SALES)  # a Monday's, closed at 23.00

        assert tick(company, NOW + timedelta(days=5)) == []
        assert len(tick(company, NOW + timedelta(days=6))) == 1

    def test_nothing_from_before_the_export_from_date_is_built(self, company):
        build.a_settlement(company, day=DAY - timedelta(days=1), **SALES)
        kept = build.a_settlement(company, day=DAY, **SALES)

        assert [export.settlement_id for export in tick(company)] == [kept.pk]

    def test_a_day_without_movement_is_not_exported(self, company):
        build.a_settlement(company)

        assert tick(company) == []

    def test_a_date_that_a_person_chose_on_its_page_begins_with_the_next_slot(self, db):
        company = build.a_company()
        build.a_connection(company, start=None)
        build.a_settlement(company, **SALES)  # closed before today's slot
        records.set_export_start(company, "poweroffice", DAY, actor=build.a_manager(company))
        chosen = company.export_starts.get().set_at

        assert tick(company, chosen + timedelta(minutes=1)) == []
        assert len(tick(company, chosen + timedelta(days=1))) == 1

    def test_nothing_is_built_before_the_date_is_chosen(self, db):
        company = build.a_company()
        build.a_connection(company, start=None)
        build.a_settlement(company, **SALES)

        assert tick(company) == []

    def test_nothing_is_built_while_the_company_is_paused(self, company):
        company.connections.update(paused=True, pause_reason="Ferie")
        build.a_settlement(company, **SALES)

        assert tick(company) == []

    def test_nothing_is_built_for_a_company_that_is_switched_off(self, company):
        Company.objects.update(accounting_enabled=False)
        build.a_settlement(company, **SALES)

        assert tick(company) == []

    def test_it_is_built_once_however_often_the_tick_comes(self, company):
        build.a_settlement(company, **SALES)
        first = tick(company)

        assert [vars_of(e) for e in tick(company)] == [vars_of(e) for e in first]
        assert JournalSnapshot.objects.count() == 1

    def test_what_another_process_built_meanwhile_stands(self, company):
        settlement = build.a_settlement(company, **SALES)
        (export,) = tick(company)

        builder.Builder(company, "poweroffice", NOW).add([settlement])

        assert Export.objects.get() == export


def vars_of(export: Export) -> dict[str, object]:
    return {f.attname: getattr(export, f.attname) for f in export._meta.concrete_fields}


def _versions(company: Company) -> int:
    """How far the setup has moved on since `company` was read."""
    return Company.objects.get(pk=company.pk).setup_version - company.setup_version


def test_the_number_of_queries_does_not_follow_the_number_of_settlements(company):
    asked = {}
    one = build.a_settlement(company, **SALES)
    tick(company)
    for day, many in enumerate((1, 50, 200), start=1):
        _copies(one, many)
        with CaptureQueriesContext(connection) as queries_made:
            tick(company, NOW + timedelta(days=day))
        sql = [query["sql"] for query in queries_made]
        inserts = [statement for statement in sql if statement.startswith("INSERT")]
        asked[many] = len(sql) - len(inserts)
        # A slot, its run, snapshots, exports; a database takes only so many values in one statement.
        assert len(inserts) <= 4 + many // 20

    assert len(set(asked.values())) == 1, asked
    assert Export.objects.filter(state="READY").count() == 1 + 1 + 50 + 200


def _copies(settlement: Settlement, many: int) -> None:
    """The same day again, as that many other Z reports."""
    values = {f.attname: getattr(settlement, f.attname) for f in settlement._meta.concrete_fields}
    Settlement.objects.bulk_create(
        Settlement(**{**values, "id": None, "z_number": f"{many}-{number}"})
        for number in range(many)
    )


class TestBlocked:
    def test_everything_that_stands_in_the_way_is_said_at_once(self, company):
        build.a_chart(company, without=("3030", "1900"))
        build.a_settlement(
            company, cash="40.00", card="60.00", sales={"31": "60.00", "33": "40.00"}
        )
        save_setup(company, None, {RuleKey(Role.SALES, vat_code="33"): None})

        (export,) = tick(company)

        assert export.state == "BLOCKED"
        assert sorted((i.code, i.subject) for i in export.found_issues) == [
            ("account-not-in-chart", "1900"),
            ("account-not-in-chart", "3030"),
            ("sales-account-missing", "Kino"),
        ]
        assert export.snapshot is None
        assert all(issue.fix for issue in export.found_issues)

    def test_it_is_built_anew_when_the_setup_changes(self, company):
        build.a_chart(company, without=("3030",))
        build.a_settlement(company, **SALES)
        (before,) = tick(company)

        save_setup(company, None, {FOOD: Rule("3000", "31")})
        (after,) = tick(company)

        assert (before.state, after.state) == ("BLOCKED", "READY")
        assert (before.revision, after.revision) == (1, 2)
        assert after.pk == before.pk
        assert after.mark != before.mark
        assert after.issues == []

    def test_it_is_not_built_anew_while_nothing_changes(self, company):
        build.a_chart(company, without=("3030",))
        build.a_settlement(company, **SALES)
        (before,) = tick(company)

        assert [vars_of(e) for e in tick(company)] == [vars_of(before)]

    def test_a_change_that_mends_nothing_leaves_it_stopped_as_another_revision(self, company):
        build.a_chart(company, without=("3030",))
        build.a_settlement(company, **SALES)
        tick(company)

        build.a_chart(company, without=("3030", "2901"))
        (export,) = tick(company)

        assert (export.state, export.revision) == ("BLOCKED", 2)

    def test_a_chart_that_comes_as_it_was_is_no_change(self, company):
        build.a_chart(company, without=("3030",))
        build.a_settlement(company, **SALES)
        tick(company)

        build.a_chart(company, without=("3030",))
        (export,) = tick(company)

        assert (export.state, export.revision) == ("BLOCKED", 1)


class TestAFaultOfOurs:
    """A row that we cannot read is logged; it never keeps other rows or companies back."""

    def test_in_one_company_does_not_keep_the_others_back(self, company, caplog):
        other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
        build.a_ready_export(other)
        Export.objects.all().delete()
        build.a_settlement(company, **SALES)
        company.setup_entries.filter(role="ROUNDING").update(role="NONSENSE")

        assert len(tick(other)) == 1
        assert "failed on our side" in caplog.text

    def test_in_one_settlement_does_not_keep_the_others_back(self, company, caplog):
        broken = build.a_settlement(company, register="1", **SALES)
        whole = build.a_settlement(company, register="2", **SALES)
        Settlement.objects.filter(pk=broken.pk).update(content="{}")

        assert [export.settlement_id for export in tick(company)] == [whole.pk]
        assert f"row {broken.pk}" in caplog.text


def test_what_the_till_s_own_content_stops_leads_to_its_settlement(company):
    settlement = build.a_settlement(company, **SALES, z_total="49.00")
    (export,) = tick(company)
    (issue,) = export.found_issues
    assert issue.code == "z-total-differs"
    assert issue.fix == Fix(Page.SETTLEMENT, (("settlement", str(settlement.pk)),))


def test_what_kontooppsett_mends_leads_there(company):
    company.setup_entries.all().delete()
    build.a_settlement(company, **SALES)
    (export,) = tick(company)
    assert {issue.fix.page for issue in export.found_issues} == {Page.ACCOUNT_SETUP}


def test_days_arrive_in_the_order_they_were(company):
    for day in (25, 23, 24):
        build.a_settlement(company, day=date(2026, 11, day), register=str(day), **SALES)

    exports = tick(company, NOW + timedelta(days=3))

    assert [e.settlement.business_date.day for e in exports] == [23, 24, 25]
    assert [e.pk for e in exports] == sorted(e.pk for e in exports)
