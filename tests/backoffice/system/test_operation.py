"""Driftsstatus: what runs, what stands, and that a task leaves its mark."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from accounting.insert_only import install
from backoffice import pulse
from backoffice.system.operation import operation_now
from integrations.exports.states import Unknown
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
TICK = "integrations.exports.tasks.tick"


def test_a_tick_is_a_sign_of_beat_and_of_a_worker():
    assert pulse.seen() == (None, None)
    with time_machine.travel(build.NOW, tick=False):
        pulse.note(TICK)
    assert pulse.seen() == (build.NOW, build.NOW)
    later = build.NOW + timedelta(minutes=10)
    with time_machine.travel(later, tick=False):
        pulse.note("integrations.pos.tasks.read_stored")
    assert pulse.seen() == (build.NOW, later)


def test_beat_is_late_after_three_ticks():
    with time_machine.travel(build.NOW, tick=False):
        pulse.note(TICK)
    assert not operation_now(build.NOW + timedelta(seconds=179)).beat_late
    assert operation_now(build.NOW + timedelta(seconds=181)).beat_late


def test_the_queue_is_counted_and_its_oldest_told():
    company = build.a_company()
    first = build.a_ready_export(company)
    build.ended(
        build.a_ready_export(company, register="2", cash="9.00", sales={"31": "9.00"}), Unknown()
    )
    now = operation_now(build.NOW + timedelta(hours=1))
    assert now.rows[0] == ("READY", 1)
    assert now.rows[2] == ("UNCERTAIN", 1)
    assert now.oldest_due == first.changed_at


def test_a_lost_guard_and_a_broker_that_does_not_answer_are_named(client: Client, settings):
    with connection.cursor() as cursor:
        name = "company_auditentry_no_delete"
        cursor.execute(f"DROP TRIGGER {name}")
    try:
        build.a_confirmed_login(client, build.a_superadmin())
        page = Page(client, "/system/drift/")
        assert "Noe har stoppet" in page.text
        assert name in page.text
        assert "Aldri sett" in page.text
    finally:
        install()


def test_no_address_and_no_setting_is_shown(client: Client, settings):
    build.a_confirmed_login(client, build.a_superadmin())
    source = Page(client, "/system/drift/").source
    for secret in (settings.SECRET_KEY, *settings.FIELD_KEYS, settings.CELERY_BROKER_URL):
        assert secret not in source
