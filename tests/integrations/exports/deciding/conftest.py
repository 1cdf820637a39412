"""A company whose manager is logged in, an hour after the outbox was filled."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounting.company.models import Company
from tests import build


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    """People decide after the outbox was filled, which the builders do at build.NOW."""
    with time_machine.travel(build.NOW + timedelta(hours=1)):
        yield


@pytest.fixture
def company(db: None, client: Client) -> Company:
    """Set up and connected."""
    company = build.a_company()
    client.force_login(build.a_manager(company))
    build.the_suggested_setup(company)
    build.a_chart(company)
    build.a_connection(company)
    return company
