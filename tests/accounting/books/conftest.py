"""The company, and the person who decides."""

import pytest

from accounting.company.models import Company
from backoffice.models import User
from tests import build


@pytest.fixture
def company(db: None) -> Company:
    """Fjordkaffe AS."""
    return build.a_company()


@pytest.fixture
def kari(company: Company) -> User:
    """Its daglig leder."""
    return build.a_manager(company)
