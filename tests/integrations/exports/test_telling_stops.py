"""What stops is told by e-mail: once, to the members chosen, in their language, with the way to mend it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from accounting.books.domain.issues import Fix, Issue, Page, to_json
from accounting.company.models import Company
from integrations.exports import deciding, tasks
from integrations.exports.models import Export, ToldStop
from integrations.exports.states import Blocked, Sent, State, Unknown
from integrations.exports.telling import stops
from integrations.exports.telling.recipients import choose_recipients
from tests import build

pytestmark = pytest.mark.django_db
KEY = Issue("key-refused", fix=Fix(Page.CONNECTION))
INACTIVE = Issue(
    "account-inactive",
    facts=(("account", "3030"),),
    fix=Fix(Page.ACCOUNT_SETUP, (("row", "SALES|100||31"),)),
)


@pytest.fixture
def company(company: Company, settings) -> Company:
    """Kari and Rolf are told; Rolf reads English."""
    settings.SITE_URL = "https://backoffice.example.no"
    kari, rolf = build.a_manager(company), build.an_accountant(company)
    rolf.language = "en"
    rolf.save()
    choose_recipients(company, [kari.pk, rolf.pk], actor=kari)
    return company


@pytest.fixture
def stopped(company) -> Export:
    return build.ended(build.a_ready_export(company), Blocked((KEY,)))


def _another(company: Company) -> Export:
    return build.a_ready_export(company, register="2", cash="100.00", sales={"31": "100.00"})


def test_each_reader_gets_one_letter_in_their_own_language(company, stopped) -> None:
    stops.tell_all(build.NOW)

    to_kari, to_rolf = mail.outbox
    assert (to_kari.to, to_rolf.to) == (["kari@example.no"], ["rolf@example.no"])
    assert to_kari.subject == "Ett oppgjør er stoppet – Fjordkaffe AS"
    assert "PowerOffice Go avviste nøkkelen. Lag en ny klientnøkkel" in to_kari.body
    assert f"https://backoffice.example.no/s/{build.ORG_NO}/oppsett/integrasjoner/" in to_kari.body
    assert f"https://backoffice.example.no/s/{build.ORG_NO}/overforing/status/" in to_kari.body
    assert "PowerOffice Go refused the key." in to_rolf.body


def test_a_company_that_makes_us_fail_keeps_no_other_back(company, stopped, caplog) -> None:
    other = build.a_company(build.OTHER_ORG_NO, "Andres AS")
    siv = build.a_manager(other, "siv@example.no")
    choose_recipients(other, [siv.pk], actor=siv)
    build.ended(build.a_ready_export(other), Blocked((KEY,)))
    wordless = [{"code": "nobody-knows", "subject": "", "facts": [], "fix": None, "blocks": True}]
    Export.objects.filter(pk=stopped.pk).update(issues=wordless)

    stops.tell_all(build.NOW)

    assert [letter.to for letter in mail.outbox] == [["siv@example.no"]]
    assert f"telling about company {company.pk} failed on our side" in caplog.text


def test_a_cause_is_told_once_for_as_long_as_it_stands_however_many_wait_for_it(company) -> None:
    build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    for _ in range(3):
        stops.tell_all(build.NOW)
    assert len(mail.outbox) == 2
    build.ended(_another(company), Blocked((INACTIVE,)))
    stops.tell_all(build.NOW)
    assert len(mail.outbox) == 2


def test_another_cause_is_another_letter_and_names_that_alone(company) -> None:
    build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    stops.tell_all(build.NOW)
    other = replace(INACTIVE, facts=(("account", "3000"),))
    build.ended(_another(company), Blocked((INACTIVE, other)))
    stops.tell_all(build.NOW)
    assert len(mail.outbox) == 4
    assert mail.outbox[-2].subject == "Ett oppgjør er stoppet – Fjordkaffe AS"
    assert "Konto 3000 er inaktiv." in mail.outbox[-2].body
    assert "Konto 3030" not in mail.outbox[-2].body


def test_what_needs_an_answer_for_each_is_told_for_each(company) -> None:
    for number, ready in enumerate((build.a_ready_export, _another), 1):
        export = ready(company)
        build.ended(export, Sent(f"6d0c000{number}"))
        gone = [to_json(Issue("draft-removed", fix=_own(export)))]
        Export.objects.filter(pk=export.pk).update(state=State.REMOVED, issues=gone)
        stops.tell_all(build.NOW)
        assert len(mail.outbox) == 2 * number
    assert f"/oppgjor/{export.settlement_id}/" in mail.outbox[-1].body


def _own(export: Export) -> Fix:
    return Fix(Page.SETTLEMENT, (("settlement", str(export.settlement_id)),))


def test_what_stays_in_doubt_for_an_hour_is_told(company) -> None:
    build.ended(build.a_ready_export(company), Unknown())
    stops.tell_all(build.NOW + timedelta(minutes=30))
    assert mail.outbox == []
    for minutes in (90, 100, 110):
        stops.tell_all(build.NOW + timedelta(minutes=minutes))
    assert len(mail.outbox) == 2
    assert "PowerOffice Go har ikke svart på over en time." in mail.outbox[0].body


def test_what_stops_anew_is_told_anew(company) -> None:
    stopped = build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    stops.tell_all(build.NOW)
    kari = company.memberships.get(role="manager").user
    deciding.send_again(stopped, kari)
    stopped.refresh_from_db()
    stops.tell_all(build.NOW)
    assert not ToldStop.objects.exists()
    build.ended(stopped, Blocked((INACTIVE,)))
    stops.tell_all(build.NOW)
    assert len(mail.outbox) == 4


def test_who_did_not_get_the_letter_gets_it_later_and_nobody_gets_it_twice(
    company, stopped, settings
) -> None:
    settings.EMAIL_BACKEND = "tests.integrations.exports.post_office.NotToRolf"
    stops.tell_all(build.NOW)
    stops.tell_all(build.NOW)
    assert [letter.to for letter in mail.outbox] == [["kari@example.no"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stops.tell_all(build.NOW)
    assert [letter.to for letter in mail.outbox] == [["kari@example.no"], ["rolf@example.no"]]


def test_an_address_that_is_refused_is_not_tried_for_ever(company, stopped, settings) -> None:
    settings.EMAIL_BACKEND = "tests.integrations.exports.post_office.KnowsNobody"
    stops.tell_all(build.NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stops.tell_all(build.NOW)
    assert mail.outbox == []


def test_several_stops_of_one_run_are_one_letter(company) -> None:
    for day in range(1, 4):
        build.a_settlement(
            company, day=build.DAY.replace(day=day), cash="100.00", sales={"31": "100.00"}
        )
    build.a_chart(company)
    build.a_connection(company)
    assert {export.state for export in build.built(company)} == {State.BLOCKED}
    stops.tell_all(build.NOW)
    letter = mail.outbox[0]
    assert letter.subject == "3 oppgjør er stoppet – Fjordkaffe AS"
    assert "Det gjelder 3 oppgjør." in letter.body
    assert "har ingen konto" in letter.body
    assert "/oppsett/generelt/kontooppsett/?" in letter.body


def test_while_a_run_goes_on_nothing_is_told(company) -> None:
    build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    _another(company)
    stops.tell_all(build.NOW)
    assert mail.outbox == []


def test_whoever_has_left_is_not_told(company, stopped) -> None:
    company.memberships.filter(role="accountant").delete()
    stops.tell_all(build.NOW)
    assert [letter.to for letter in mail.outbox] == [["kari@example.no"]]


def test_without_a_reader_it_waits_until_there_is_one(company, stopped) -> None:
    kari = company.memberships.get(role="manager").user
    choose_recipients(company, [], actor=kari)
    stops.tell_all(build.NOW)
    choose_recipients(company, [kari.pk], actor=kari)
    stops.tell_all(build.NOW)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_gone_is_tried_again(company, stopped, settings, caplog) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    stops.tell_all(build.NOW)
    assert "was not sent" in caplog.text
    assert not ToldStop.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stops.tell_all(build.NOW)
    assert len(mail.outbox) == 2


def test_what_went_well_is_not_told(company) -> None:
    build.ended(build.a_ready_export(company), Sent("6d0c0001"))
    stops.tell_all(build.NOW)
    assert mail.outbox == []


def test_the_tick_tells(company, far) -> None:
    build.ended(build.a_ready_export(company), Blocked((INACTIVE,)))
    tasks.tick()
    assert len(mail.outbox) == 2
