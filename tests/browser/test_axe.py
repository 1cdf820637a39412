"""axe finds nothing on any page in bokmål, wide and light, nor on any list or row of the admin site."""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import Page

from backoffice.models import User
from tests.browser.axe import findings
from tests.browser.every_page import be
from tests.browser.scene import a_busy_company
from tests.browser.sweep import AXE_ITSELF, sweep

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_axe_finds_nothing_in_bokmål(page: Page, live_server, settings, tmp_path) -> None:
    assert sweep(page, live_server.url, settings, tmp_path, "nb") == {}


def test_axe_finds_nothing_on_any_list_or_row_of_the_admin_site(page: Page, live_server) -> None:
    page.expected_errors = [AXE_ITSELF]
    a_busy_company()
    be(page.context, User.objects.get(email="support@example.no"), live_server.url, "nb")
    found: dict[str, list[str]] = {}
    for model in admin.site._registry:
        view = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{view}_changelist")]
        if row := model._default_manager.first():
            addresses.append(reverse(f"{view}_change", args=[row.pk]))
        for address in addresses:
            page.goto(address)
            if said := findings(page):
                found[address] = said
    assert found == {}


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    assert {line.split(":")[0] for line in findings(page)} >= {"image-alt", "label"}
