"""The morning letter: on request, one a day and person, one sentence, one link."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from accounting.books.domain.issues import Fix, Issue, Page
from accounting.company.models import Company
from accounting.company.records import give_role
from accounting.company.roles import Role
from integrations.exports.models import Recipient, Told
from integrations.exports.schedule import OSLO
from integrations.exports.states import Blocked, Sent
from integrations.exports.telling import morning
from integrations.exports.telling.recipients import choose_recipients
from tests import build

pytestmark = pytest.mark.django_db
SIX = datetime(2026, 11, 24, 6, tzinfo=OSLO)  # a Tuesday
INACTIVE = Issue("account-inactive", facts=(("account", "3030"),), fix=Fix(Page.ACCOUNT_SETUP))


@pytest.fixture
def company(company: Company, settings) -> Company:
    settings.SITE_URL = "https://backoffice.example.no"
    return company


def _wants(company: Company, user, how: str) -> None:
    choose_recipients(company, [user.pk], mornings={user.pk: how}, actor=user)


def _sent(company: Company) -> None:
    build.ended(build.a_ready_export(company), Sent(f"6d0c{company.pk:04d}"))


def _subjects() -> list[str]:
    return [letter.subject for letter in mail.outbox]


def test_all_is_well_in_one_sentence_and_one_link(company) -> None:
    _wants(company, build.a_manager(company), Recipient.DAILY)
    _sent(company)
    for minutes in range(4):
        morning.tell_all(SIX + timedelta(minutes=minutes))
    assert _subjects() == ["Alt er overført til og med 23.11.2026 – Fjordkaffe AS"]
    assert mail.outbox[0].body == (
        "Alt er overført til og med 23.11.2026.\n"
        f"https://backoffice.example.no/s/{build.ORG_NO}/oversikt/\n\n"
        "Hvor ofte du får morgenbrev, velges under Varsling:\n"
        f"https://backoffice.example.no/s/{build.ORG_NO}/oppsett/integrasjoner/poweroffice/#telling\n\n"
    )
    morning.tell_all(SIX + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_what_is_stopped_leads_to_status(company) -> None:
    _wants(company, build.a_manager(company), Recipient.TROUBLE)
    build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    morning.tell_all(SIX)
    assert _subjects() == ["Ett oppgjør er stoppet – Fjordkaffe AS"]
    assert "/overforing/status/" in mail.outbox[0].body


def test_only_on_trouble_and_mondays(company) -> None:
    _wants(company, build.a_manager(company), Recipient.TROUBLE)
    _sent(company)
    for days in range(7):
        morning.tell_all(SIX + timedelta(days=days))
    assert len(mail.outbox) == 1
    assert Recipient.objects.get().morning_on == date(2026, 11, 30)


def test_a_silent_till_is_trouble_and_is_not_called_well(company) -> None:
    _wants(company, build.a_manager(company), Recipient.TROUBLE)
    _sent(company)
    Told.objects.create(
        recipient=Recipient.objects.get(), key="alarm:silent:1:2026-11-20", told_at=SIX
    )
    morning.tell_all(SIX)
    assert _subjects() == [
        "Én kasse har ikke levert. Alt annet til og med 23.11.2026 er overført – Fjordkaffe AS"
    ]


def test_a_pause_is_told(company) -> None:
    _wants(company, build.a_manager(company), Recipient.TROUBLE)
    _sent(company)
    company.connections.update(paused=True, pause_reason="Ferie")
    morning.tell_all(SIX)
    assert _subjects() == ["Overføringen er satt på pause – Fjordkaffe AS"]


@pytest.mark.parametrize("hour", [0, 5, 12, 18])
def test_a_morning_is_from_six_to_noon(company, hour) -> None:
    _wants(company, build.a_manager(company), Recipient.DAILY)
    _sent(company)
    morning.tell_all(SIX.replace(hour=hour))
    assert mail.outbox == []


def test_nobody_gets_one_unasked_nor_after_leaving(company) -> None:
    kari, rolf = build.a_manager(company), build.an_accountant(company)
    choose_recipients(company, [kari.pk, rolf.pk], mornings={rolf.pk: "daily"}, actor=kari)
    _sent(company)
    company.memberships.filter(user=rolf).delete()
    morning.tell_all(SIX)
    assert mail.outbox == []


def test_who_keeps_several_companies_gets_one_letter_with_what_needs_them_first(company) -> None:
    rolf = build.an_accountant(company)
    rolf.language = "en"
    rolf.save()
    well = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    give_role(well, rolf, Role.ACCOUNTANT)
    for each in (company, well):
        _wants(each, rolf, Recipient.DAILY)
    build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    _sent(well)
    morning.tell_all(SIX)
    assert _subjects() == ["One of 2 companies needs you"]
    first, second = mail.outbox[0].body.split("\n\n")[:2]
    assert first.startswith("Fjordkaffe AS: One settlement is stopped.")
    assert second.startswith("Andres AS: Everything is transferred through 23\xa0Nov\xa02026.")


def test_a_mail_server_that_is_gone_is_tried_again(company, settings) -> None:
    _wants(company, build.an_accountant(company), Recipient.DAILY)
    _sent(company)
    settings.EMAIL_BACKEND = "tests.integrations.exports.post_office.NotToRolf"
    morning.tell_all(SIX)
    assert Recipient.objects.get().morning_on is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    morning.tell_all(SIX + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_where_nothing_can_be_sent_yet_there_is_no_letter(company) -> None:
    _wants(company, build.a_manager(company), Recipient.DAILY)
    morning.tell_all(SIX)
    assert mail.outbox == []
