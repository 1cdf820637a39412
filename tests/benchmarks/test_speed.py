"""How fast a file is read, stored and booked (issue 3, shows 5): ratios, never seconds."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.books.deliveries import Delivered, Touched, store_receipts, store_z_reports
from accounting.books.domain.money import Ore
from accounting.books.domain.sales import ZReport
from accounting.books.models import JournalSnapshot, Receipt, Settlement
from accounting.books.models import ZReport as ZReportRow
from accounting.books.settling import Source, settle_register
from accounting.company.models import Register
from accounting.company.records import see_register
from integrations.exports import slots
from integrations.exports.build import build_changed, build_run
from integrations.exports.builder import Builder
from integrations.pos.intake import read_all, store, take_in
from integrations.pos.saft import read
from tests.benchmarks.measuring import best_beside_floor, best_of, say
from tests.build import (
    NOW,
    OSLO,
    a_chart,
    a_company,
    a_connection,
    a_receipt,
    the_suggested_setup,
)

MILLISECOND = 0.001
MOST_QUERIES = 10
COUNTS = (100, 1_000, 20_000)
EQUAL = 10
pytestmark = pytest.mark.bench
DAY = date(2026, 11, 20)


def test_reading_a_file(fifty_megabytes):
    def work():
        with fifty_megabytes.open("rb") as file:
            for _ in read(file):
                pass

    own, floor = best_beside_floor(fifty_megabytes, work)
    say("read / bare expat", f"{floor / own:.2f}", "at least 0.25")
    assert floor / own >= 0.25


def _forget():
    for table in (Settlement, ZReportRow, Receipt, Register):
        table.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_file_to_rows(fifty_megabytes):
    company = a_company()

    def work():
        with fifty_megabytes.open("rb") as file, read_all(company, [file]) as deliveries:
            ((_, touched), *_) = store(company, deliveries[0])
        assert touched.new > 5_000

    def settled_too():
        with fifty_megabytes.open("rb") as file:
            assert take_in(company, file).settlements["new"] > 10

    own, floor = best_beside_floor(fifty_megabytes, work, before=_forget)
    say("file to rows / bare expat", f"{floor / own:.2f}", f"at least 0.2, {connection.vendor}")
    whole, floor_then = best_beside_floor(fifty_megabytes, settled_too, before=_forget)
    say("file to settlements / bare expat", f"{floor_then / whole:.2f}", "none set")
    assert floor / own >= 0.2


def _delivered(company, count, name="1"):
    """A day with so many receipts at a till of its own, stored and not settled yet."""
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=OSLO)
    one = {"31": "102.80", "3": "411.40"}, {"card": "514.20"}
    receipts = [
        Delivered.of(a_receipt(*one, nr=nr, at=noon + timedelta(seconds=nr)))
        for nr in range(1, count + 1)
    ]
    register, touched = see_register(company, "", name), Touched()
    store_receipts(company, register, receipts, touched)
    closed = noon + timedelta(hours=11)
    total, wall = Ore(514_20 * count), closed.replace(tzinfo=None).isoformat()
    vat = [(v.own_vat_code, v.rate, v.net, v.vat) for v in a_receipt(*one).lines] * count
    z = ZReport("1", wall, closed, "", total, tuple(vat), (("DEBCARD", total),))
    store_z_reports(company, register, [z], touched)
    return register, touched


def _sum_of_rows(register):
    """One SQL statement over the same rows."""
    with connection.cursor() as cursor:
        table = Receipt._meta.db_table
        cursor.execute(
            f"SELECT kind, count(*), sum(gross) FROM {table}"  # noqa: S608  # our own name
            " WHERE register_id = %s AND in_use GROUP BY kind",
            [register.pk],
        )
        return cursor.fetchall()


def _settled(company, count, name):
    """A settlement of so many receipts, not built yet, and what one statement over its rows takes."""
    register, touched = _delivered(company, count, name)
    settle_register(register, touched, Source("0" * 64, NOW))
    settlement = Settlement.objects.select_related("register", "company").get(register=register)
    assert settlement.transactions == count
    return settlement, lambda: _sum_of_rows(register)


def _booked():
    company = a_company()
    the_suggested_setup(company)
    a_chart(company)
    return company, a_connection(company)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", COUNTS)
def test_the_queries_of_a_settlement(count):
    """From receipts to the settlement, and from there, with all that a tick looks for, to the export."""
    company, account = _booked()
    register, touched = _delivered(company, count)
    with CaptureQueriesContext(connection) as settling:
        settle_register(register, touched, Source("0" * 64, NOW))
    with CaptureQueriesContext(connection) as building:
        build_run(slots.ask(account, NOW), NOW)
        build_changed(account, NOW)
    say(f"{count} receipts to a settlement", f"{len(settling)} queries", MOST_QUERIES)
    say(f"settlement of {count} to its export", f"{len(building)} queries", MOST_QUERIES)
    assert JournalSnapshot.objects.count() == 1
    assert max(len(settling), len(building)) <= MOST_QUERIES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", COUNTS)
def test_a_settlement_to_its_stored_journal(count):
    """Setup and chart read, journal built, snapshot and export stored; the best of equal settlements."""
    company, account = _booked()
    company.refresh_from_db()
    made = [_settled(company, count, f"{count}-{n}") for n in range(EQUAL if count < 20_000 else 3)]
    floor = best_of([work for _, work in made for _ in range(5)])
    own = best_of([partial(_build, settlement, account.provider) for settlement, _ in made])
    assert JournalSnapshot.objects.count() == len(made)
    limit = 2 * floor + 6 * MILLISECOND
    said = f"2 x {floor * 1000:.1f} ms + 6 ms"
    say(f"settlement of {count} to its journal", f"{own * 1000:.1f} ms", said)
    assert own <= limit


def _build(settlement, provider):
    Builder(settlement.company, provider, NOW).add([settlement])
