"""Four people choose the export-from date at the same moment: one wins, and the date is theirs."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from accounting.company.models import AuditEntry, Company
from accounting.company.records import Refused
from integrations.exports.models import ExportStart
from integrations.exports.records import set_export_start

RACES, WRITERS = 200, 4
FIRST = date(2026, 1, 1)


def _write(number: int, companies: list[Company], start: threading.Barrier, won: list) -> None:
    """One writer in all the races, each with a date of its own."""
    try:
        for company in companies:
            start.wait(timeout=60)
            try:
                set_export_start(company, "poweroffice", FIRST + timedelta(days=number))
            except Refused:
                continue
            won.append((company.pk, FIRST + timedelta(days=number)))
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_four_first_writers_one_wins_in_each_of_two_hundred_races() -> None:
    numbers = range(900_000_000, 900_000_000 + RACES)
    Company.objects.bulk_create(Company(org_no=str(n), name=str(n)) for n in numbers)
    companies = list(Company.objects.order_by("pk"))
    start, won = threading.Barrier(WRITERS), []
    writers = [
        threading.Thread(target=_write, args=(number, companies, start, won))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=300)

    assert len(won) == RACES
    assert dict(won) == dict(ExportStart.objects.values_list("company", "day"))
    assert AuditEntry.objects.filter(action="export-start-set").count() == RACES
