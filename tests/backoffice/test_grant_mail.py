"""Who gets a letter when a right is asked for, granted, declined or withdrawn, and what it says."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from accounting.company import grants
from accounting.company.models import Company, Grant
from accounting.company.roles import Right
from backoffice.models import User
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
ROOT = f"https://backoffice.example.no/s/{build.ORG_NO}"
ASK = f"/s/{build.ORG_NO}/oppsett/tilganger/be-om/"


@pytest.fixture(autouse=True)
def _here(settings) -> None:
    settings.SITE_URL = "https://backoffice.example.no"


@pytest.fixture
def company() -> Company:
    return build.a_company()


@pytest.fixture
def kari(company: Company) -> User:
    return build.a_manager(company)


@pytest.fixture
def support(client: Client) -> User:
    """SuperAdmin, who is logged in and has just said who they are."""
    support = build.a_superadmin()
    build.a_confirmed_login(client, support)
    return support


@pytest.fixture
def hers(kari: User) -> str:
    return f"/system/selskaper/{build.ORG_NO}/personer/{kari.pk}/tillatelse/"


def test_every_superadmin_hears_once_that_somebody_asks(company, kari):
    others = [build.a_superadmin(), build.a_superadmin("s2@example.no")]
    asking = Client()
    build.a_confirmed_login(asking, kari)
    for _again in range(2):
        asking.post(ASK, {"reason": "Vi bytter nøkler"})
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(user.email for user in others)
    letter = mail.outbox[0]
    assert letter.subject == f"{kari.get_full_name()} ber om tillatelse – {company.name}"
    assert "«Vi bytter nøkler»" in letter.body
    assert "https://backoffice.example.no/system/tillatelser/" in letter.body


def test_the_person_hears_what_was_granted_and_where_to_go(client, support, company, kari, hers):
    client.post(hers, {"until": "2030-12-31"})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([kari.email], f"Du har fått tillatelse – {company.name}")
    assert "Det gjelder til og med 31.12.2030." in letter.body
    assert f"{ROOT}/oppsett/integrasjoner/" in letter.body


def test_a_request_is_answered_by_letter(client, support, company, kari):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    client.post(f"/system/tillatelser/{asked.pk}/godkjenn/", {f"ja-{asked.pk}-until": ""})
    (letter,) = mail.outbox
    assert letter.to == [kari.email]
    assert "til og med" not in letter.body


def test_a_no_carries_its_reason(client, support, company, kari):
    asked = grants.request_grant(company, kari, Right.POWEROFFICE)
    answer = {f"nei-{asked.pk}-answer": "Ring oss først"}
    client.post(f"/system/tillatelser/{asked.pk}/avslaa/", answer)
    (letter,) = mail.outbox
    assert letter.subject == f"Du fikk ikke tillatelse – {company.name}"
    assert "«Ring oss først»" in letter.body
    assert f"{ROOT}/oppsett/tilganger/" in letter.body


def test_a_right_that_is_withdrawn_is_told_once(client, support, company, kari, hers):
    build.with_grant(company, kari)
    for _again in range(2):
        client.post(f"{hers}trekk-tilbake/")
    (letter,) = mail.outbox
    assert letter.subject == f"Tillatelsen er trukket tilbake – {company.name}"


def test_the_letter_is_in_its_reader_s_language(client, support, kari, hers):
    User.objects.filter(pk=kari.pk).update(language="en")
    client.post(hers, {"until": ""})
    with translation.override("nb"):
        assert mail.outbox[0].subject.startswith("You have been given permission")


def test_a_letter_that_does_not_go_is_said_and_the_right_stands(
    client, support, kari, hers, settings
):
    settings.EMAIL_BACKEND = "tests.backoffice.people.no_mail.NoMail"
    client.post(hers, {"until": ""})
    assert Grant.objects.get().user == kari
    said = Page(client, hers.removesuffix("tillatelse/")).text
    assert f"E-posten til {kari.email} ble ikke sendt." in said
