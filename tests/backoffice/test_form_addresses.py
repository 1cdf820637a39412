"""Where a form's own address leads whoever asks for it, and what is said where there is no page."""

import pytest
from django.test import Client

from accounting.company.models import Company
from tests import build
from tests.pages import Page

pytestmark = pytest.mark.django_db
HERE = f"/s/{build.ORG_NO}/oppsett"


@pytest.fixture
def company(client: Client) -> Company:
    company = build.a_company()
    build.a_confirmed_login(client, build.a_manager(company))
    return company


def test_a_form_with_an_error_can_be_reloaded(client: Client, company: Company) -> None:
    address = f"{HERE}/generelt/avdelinger/ny/"
    assert client.post(address, {"name": ""}).status_code == 200
    assert client.get(address).url == f"{HERE}/generelt/avdelinger/"


def test_the_language_can_be_changed_on_it(client: Client, company: Company) -> None:
    address = f"{HERE}/tilganger/be-om/"
    said = {"language": "en", "next": address}
    page = client.post("/sprak/", said, follow=True)
    assert page.redirect_chain[-1] == (f"{HERE}/tilganger/", 302)
    assert page.status_code == 200


def test_logging_in_leads_to_the_page_of_the_form(client: Client, company: Company) -> None:
    client.logout()
    address = f"{HERE}/tilganger/inviter/"
    assert client.post(address).url == f"/konto/logg-inn/?next={address}"
    build.a_confirmed_login(client, company.memberships.get().user)
    assert Page(client, address, follow=True).link("Se hva som er endret")


def test_superadmin_s_forms_lead_back_too(client: Client, company: Company) -> None:
    build.a_confirmed_login(client, build.a_superadmin())
    kari = company.memberships.get().user
    hers = f"/system/selskaper/{build.ORG_NO}/personer/{kari.pk}/"
    assert client.get(f"{hers}rolle/").url == hers
    assert client.get(f"{hers}tillatelse/").url == hers
    assert client.get("/system/support/inviter/").url == "/system/support/"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_address_without_a_page_says_so(client: Client, company: Company, language: str) -> None:
    client.post("/sprak/", {"language": language})
    answer = client.get(f"{HERE}/generelt/avdelinger/ingen/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    said = {"nb": "Her er det ingen side", "en": "There is no page here"}
    assert said[language] in answer.content.decode()


def test_no_answer_is_empty_however_it_is_asked(client: Client, company: Company) -> None:
    for answer in (client.get("/sprak/"), client.post("/"), client.put(f"{HERE}/tilganger/")):
        assert answer.status_code == 405
        assert "Her er det ingen side" in answer.content.decode()
    assert client.head("/sprak/").content == b""
