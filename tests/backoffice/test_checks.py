"""The system checks find what they are there for."""

import pytest
from django.db import connection
from django.test import override_settings

from accounting import insert_only
from accounting.books.domain.issues import Page
from backoffice import checks


def test_a_provider_that_does_not_load_is_an_error(settings) -> None:
    settings.ACCOUNTING_PROVIDERS = {"ny": "integrations.finnes.ikke"}
    (found,) = checks.providers_load(None)
    assert found.id == "backoffice.E001"
    assert "ny" in found.msg


class NoPages:
    """A house without a single page."""

    urlpatterns: list[object] = []


@override_settings(ROOT_URLCONF=NoPages)
def test_a_fix_without_a_page_is_named() -> None:
    (found,) = checks.every_fix_has_a_page(None)
    assert found.id == "backoffice.W002"
    assert all(page.value in found.msg for page in Page)


@pytest.mark.django_db
def test_a_lost_guard_is_an_error() -> None:
    assert checks.add_only_tables_are_guarded(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE company_auditentry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER company_auditentry_no_update")
    found = checks.add_only_tables_are_guarded(None, databases=["default"])
    assert {error.id for error in found} == {"backoffice.E003"}
    assert set(insert_only.missing()) == {error.msg.split()[2] for error in found}


def test_no_database_is_asked_unless_named() -> None:
    assert checks.add_only_tables_are_guarded(None, databases=None) == []
