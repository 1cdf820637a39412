"""What no export can tell: silent tills, skipped Z numbers, drafts before a VAT deadline; told once."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.books.models import ClosedDay, Settlement
from accounting.company import records as company_records
from accounting.company.models import Company
from integrations.exports.models import Connection, Export, Told
from integrations.exports.schedule import OSLO
from integrations.exports.states import Sent, State
from integrations.exports.telling import alarms
from integrations.exports.telling.recipients import choose_recipients
from tests import build

pytestmark = pytest.mark.django_db
MORNING = build.NOW  # a Tuesday, 08.00
WEEKS = 8


@pytest.fixture
def company(company: Company, settings) -> Company:
    """Kari and Rolf are told; Rolf, the accountant, reads English."""
    settings.SITE_URL = "https://backoffice.example.no"
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    kari, rolf = build.a_manager(company), build.an_accountant(company)
    rolf.language = "en"
    rolf.save()
    choose_recipients(company, [kari.pk, rolf.pk], actor=kari)
    return company


def _every_day(company: Company, until: date, register: str = "1", department=None) -> None:
    """A till that has delivered each night, for eight weeks."""
    for back in range(7 * WEEKS, -1, -1):
        day = until - timedelta(days=back)
        build.a_settlement(company, day=day, register=register, department=department)
    for row in Settlement.objects.filter(company=company):
        ended = datetime.combine(row.business_date + timedelta(days=1), time(5), tzinfo=OSLO)
        Settlement.objects.filter(pk=row.pk).update(stored_at=ended)


def _subjects(reader: str = "kari@example.no") -> list[str]:
    return [letter.subject for letter in mail.outbox if letter.to == [reader]]


def test_a_silent_till_is_told_of_once_until_it_has_spoken(company) -> None:
    _every_day(company, build.DAY - timedelta(days=1))
    for hours in range(8):
        alarms.tell_all(MORNING + timedelta(hours=hours))
    assert _subjects() == ["Ingenting har kommet fra kasse 1 siden 22.11.2026 – Fjordkaffe AS"]
    assert _subjects("rolf@example.no") == [
        "Nothing has come from till 1 since 22 Nov 2026 – Fjordkaffe AS"
    ]
    body = mail.outbox[0].body
    assert "Den pleier å gjøre opp dager som 23.11.2026." in body
    assert (
        f"https://backoffice.example.no/s/{build.ORG_NO}/oppgjor/kalender/?dag=2026-11-23" in body
    )
    build.a_settlement(company, day=build.DAY)
    alarms.tell_all(MORNING + timedelta(hours=9))
    assert not Told.objects.exists()
    alarms.tell_all(MORNING + timedelta(days=2))
    assert len(_subjects()) == 2


def test_a_closed_day_and_an_archived_department_are_no_silence(company) -> None:
    kari = company.memberships.get(role="manager").user
    shut = build.a_department(company, "Torget")
    gone = build.a_department(company, "Bryggen")
    _every_day(company, build.DAY - timedelta(days=1), "1", shut)
    _every_day(company, build.DAY - timedelta(days=1), "2", gone)
    company_records.archive_department(gone)
    ClosedDay.objects.create(
        company=company, department=shut, day=build.DAY, marked_by=kari, marked_at=MORNING
    )
    alarms.tell_all(MORNING)
    assert mail.outbox == []


def test_a_skipped_z_is_told_of_once_with_the_day_in_the_calendar(company) -> None:
    for number, back in (("1479", 3), ("1481", 1)):
        day = build.DAY - timedelta(days=back)
        build.a_settlement(company, day=day, z_number=number)
    alarms.tell_all(MORNING)
    alarms.tell_all(MORNING + timedelta(hours=2))
    (subject,) = _subjects()
    assert "Z 1480 mangler" in subject
    assert "/oppgjor/kalender/?dag=2026-11-21" in mail.outbox[0].body
    build.a_settlement(company, day=build.DAY - timedelta(days=2), z_number="1480")
    alarms.tell_all(MORNING + timedelta(hours=4))
    assert len(_subjects()) == 1
    assert not Told.objects.exists()


def test_a_z_that_may_still_come_this_morning_is_not_missed_before_noon(company) -> None:
    for number, day in (("1479", build.DAY - timedelta(days=1)), ("1481", build.DAY)):
        build.a_settlement(company, day=day, z_number=number)
    alarms.tell_all(MORNING)
    assert mail.outbox == []
    alarms.tell_all(MORNING + timedelta(hours=5))
    assert len(_subjects()) == 1


def test_drafts_of_a_term_are_told_to_the_accountant_a_week_before(company) -> None:
    export = build.a_ready_export(
        company, day=date(2026, 10, 31), cash="100.00", sales={"31": "100.00"}
    )
    build.ended(export, Sent("6d0c0001"))
    due = datetime(2026, 12, 10, 9, tzinfo=OSLO)
    for back in (8, 7, 6, 0):
        alarms.tell_all(due - timedelta(days=back))
    assert _subjects() == []
    (subject,) = _subjects("rolf@example.no")
    assert subject.startswith("1 drafts from 1 Sep 2026–31 Oct 2026 are not posted")
    assert "The VAT return of the term is due 10 Dec 2026." in mail.outbox[0].body


def test_what_is_posted_or_of_another_term_is_not_warned_of(company) -> None:
    export = build.a_ready_export(
        company, day=date(2026, 11, 1), cash="100.00", sales={"31": "100.00"}
    )
    build.ended(export, Sent("6d0c0001"))
    alarms.tell_all(datetime(2026, 12, 8, 9, tzinfo=OSLO))
    Export.objects.update(state=State.POSTED, voucher_no="1")
    alarms.tell_all(datetime(2027, 2, 8, 9, tzinfo=OSLO))
    assert mail.outbox == []


def test_without_an_accountant_among_the_readers_the_others_are_told(company) -> None:
    company.memberships.filter(role="accountant").delete()
    export = build.a_ready_export(
        company, day=date(2026, 10, 31), cash="100.00", sales={"31": "100.00"}
    )
    build.ended(export, Sent("6d0c0001"))
    alarms.tell_all(datetime(2026, 12, 8, 9, tzinfo=OSLO))
    assert len(_subjects()) == 1


def test_several_things_at_once_are_one_letter(company) -> None:
    _every_day(company, build.DAY - timedelta(days=1), "1")
    _every_day(company, build.DAY - timedelta(days=1), "2")
    alarms.tell_all(MORNING)
    assert _subjects() == ["2 ting å se på – Fjordkaffe AS"]


def test_nobody_is_written_to_at_night_and_nobody_is_looked_at_twice_an_hour(company) -> None:
    _every_day(company, build.DAY - timedelta(days=1))
    for hour in (0, 3, 5, 20, 23):
        alarms.tell_all(MORNING.replace(hour=hour))
    assert mail.outbox == []
    alarms.tell_all(MORNING)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        alarms.tell_all(MORNING + timedelta(minutes=30))
    assert len(asked) == 1


def test_a_mail_server_that_is_gone_is_tried_again(company, settings, caplog) -> None:
    _every_day(company, build.DAY - timedelta(days=1))
    settings.EMAIL_BACKEND = "tests.integrations.exports.post_office.NotToRolf"
    alarms.tell_all(MORNING)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    alarms.tell_all(MORNING + timedelta(minutes=1))
    assert (len(_subjects()), len(_subjects("rolf@example.no"))) == (1, 1)


def test_a_company_that_makes_us_fail_keeps_no_other_back(company, caplog) -> None:
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    build.a_connection(other)
    siv = build.a_manager(other, "siv@example.no")
    choose_recipients(other, [siv.pk], actor=siv)
    _every_day(other, build.DAY - timedelta(days=1))
    _every_day(company, build.DAY - timedelta(days=1))
    company.registers.update(till_id="1\n2")  # no subject can hold it: the letter fails
    alarms.tell_all(MORNING)
    assert _subjects("siv@example.no") != []
    assert Connection.objects.get(company=other).watched_at == MORNING
