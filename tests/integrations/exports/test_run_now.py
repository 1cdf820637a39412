"""«Kjør nå»: the same run as at 05:00, asked for by a person; where it cannot be, that is said."""

import pytest
from django.test import Client

from accounting.company.models import Company
from integrations.exports import records
from integrations.exports.models import ExportRun
from tests import build

pytestmark = pytest.mark.django_db
ADDRESS = f"/s/{build.ORG_NO}/overforing/kjor/"


@pytest.fixture
def manager(company: Company, client: Client):
    manager = build.a_manager(company)
    client.force_login(manager)
    return manager


def said(client: Client) -> str:
    return " ".join(client.post(ADDRESS, follow=True).content.decode().split())


def test_a_run_is_asked_for_and_shown(company, client, manager):
    build.a_connection(company)
    page = said(client)
    run = ExportRun.objects.get()
    assert (run.started_by, run.slot_at) == (manager, None)
    assert "Overføringen starter innen ett minutt." in page


def test_asked_twice_it_is_one_run(company, client, manager):
    build.a_connection(company)
    said(client)
    said(client)
    assert ExportRun.objects.count() == 1


def test_while_it_is_paused_the_answer_leads_to_the_pause(company, client, manager):
    records.pause(build.a_connection(company), "Ferie", actor=manager)
    page = said(client)
    assert "Overføringen er satt på pause. Ingenting er sendt." in page
    assert "Ferie" in page
    assert ExportRun.objects.count() == 0


def test_before_it_is_connected_the_answer_leads_there(company, client, manager):
    page = said(client)
    assert "PowerOffice Go er ikke koblet til. Ingenting er sendt." in page
    assert ExportRun.objects.count() == 0
