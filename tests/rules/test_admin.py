"""Django's admin site: everything can be looked up, and nothing of the books can be touched."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.functional import Promise

from accounting.company.models import Company
from backoffice.admin.looking import Looking
from backoffice.models import User
from backoffice.templatetags.backoffice import kroner
from integrations.pos.models import IntakeFile
from integrations.secrets import SealedTextField
from tests import build

pytestmark = pytest.mark.django_db
OURS = ("company", "books", "pos", "exports", "poweroffice")
MODELS = [
    *(model for app in OURS for model in apps.get_app_config(app).get_models()),
    apps.get_model("backoffice", "Pulse"),
]
IDS = [model.__name__ for model in MODELS]


@pytest.fixture
def company() -> Company:
    """A company with one of most things: a stopped export, an attempt, a file, grants."""
    company = build.a_company()
    build.a_ready_export(company)
    build.a_department(company, "Sentrum", "10")
    IntakeFile.objects.create(
        company=company,
        sha256="0" * 64,
        name="a.xml",
        size=1,
        received_at=build.NOW,
        state=IntakeFile.REFUSED,
        refusal={"code": "not-xml", "subject": "", "facts": [], "fix": None, "blocks": True},
    )
    return company


@pytest.mark.parametrize("model", [*MODELS, User], ids=[*IDS, "User"])
def test_every_model_is_there(model: type[Model]) -> None:
    assert model in admin.site._registry


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_nothing_of_the_books_can_be_added_changed_or_deleted(model: type[Model]) -> None:
    request = RequestFactory().get("/admin/")
    request.user = build.a_superadmin()
    page = admin.site._registry[model]
    assert isinstance(page, Looking)
    assert page.get_model_perms(request) == {
        "add": False,
        "change": False,
        "delete": False,
        "view": True,
    }
    assert "delete_selected" not in page.get_actions(request)


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_no_sealed_field_and_no_digest_of_a_token_is_shown(model: type[Model]) -> None:
    request = RequestFactory().get("/admin/")
    request.user = build.a_superadmin()
    page = admin.site._registry[model]
    shown = {*page.get_fields(request), *page.list_display}
    sealed = {f.name for f in model._meta.fields if isinstance(f, SealedTextField)}
    assert not shown & {*sealed, "token_digest", "key_hash"}


@pytest.mark.parametrize("model", [*MODELS, User], ids=[*IDS, "User"])
def test_each_list_can_be_searched_and_each_row_opened(
    client: Client, company: Company, model: type[Model]
) -> None:
    support = build.a_superadmin()
    client.force_login(support)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    answer = client.get(reverse(f"{name}_changelist"), {"q": company.org_no})
    assert answer.status_code == 200
    row = model.objects.first()
    if row is not None:
        opened = client.get(reverse(f"{name}_change", args=[row.pk]))
        assert opened.status_code == 200
        assert 'name="_save"' not in opened.content.decode() or model is User


def test_a_stopped_export_shows_its_state_and_the_way_out(client: Client) -> None:
    company = build.a_company()
    build.a_connection(company)
    build.a_chart(company)
    build.a_settlement(company, cash="100.00", sales={"31": "100.00"})
    export = build.built(company)[0]
    client.force_login(build.a_superadmin())
    page = client.get(reverse("admin:exports_export_change", args=[export.pk])).content.decode()
    assert "Stoppet" in page
    assert f"/s/{company.org_no}/oppsett/generelt/kontooppsett/" in page
    listed = client.get(reverse("admin:exports_export_changelist")).content.decode()
    assert 'class="state state-stop"' in listed


def test_no_part_of_a_key_stands_on_any_page(client: Client, company: Company) -> None:
    client.force_login(build.a_superadmin())
    connection = company.connections.get()
    page = client.get(reverse("admin:exports_connection_change", args=[connection.pk]))
    assert connection.last_four == "7a3f"
    assert connection.client_name in page.content.decode()
    assert "7a3f" not in page.content.decode()


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_every_model_is_called_what_the_screen_calls_it(model: type[Model]) -> None:
    named = (model._meta.verbose_name, model._meta.verbose_name_plural)
    assert all(isinstance(name, Promise) for name in named)


@pytest.mark.parametrize(("chosen", "word", "other"), [("BLOCKED", "Stoppet", "Klar")])
def test_exports_are_narrowed_by_the_words_of_the_pages(
    client: Client, chosen: str, word: str, other: str
) -> None:
    build.a_ready_export(build.a_company())
    client.force_login(build.a_superadmin())
    address = reverse("admin:exports_export_changelist")
    assert f">{word}</a>" in client.get(address).content.decode()
    assert 'class="state' not in client.get(address, {"state": chosen}).content.decode()
    assert other in client.get(address, {"state": "READY"}).content.decode()


def test_the_log_is_told_in_words(client: Client, company: Company) -> None:
    client.force_login(build.a_superadmin())
    address = reverse("admin:company_auditentry_changelist")
    page = client.get(address, {"action": "department-added"}).content.decode()
    assert '<td class="field-what">La til avdeling</td>' in page
    assert '<td class="field-what">Opprettet selskapet</td>' not in page


def test_amounts_are_kroner(client: Client, company: Company) -> None:
    client.force_login(build.a_superadmin())
    settlement = company.settlements.get()
    page = client.get(reverse("admin:books_settlement_change", args=[settlement.pk]))
    shown = page.content.decode().split("<pre>")[0]
    assert kroner(settlement.gross) in shown
    assert f">{settlement.gross}<" not in shown


def test_a_manager_has_no_admin_site(client: Client, company: Company) -> None:
    client.force_login(build.a_manager(company))
    answer = client.get(reverse("admin:index"))
    assert answer.status_code in (302, 403, 404)
    assert "Administrasjon" not in answer.content.decode()
