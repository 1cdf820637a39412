"""Tests that commit leave nothing behind, not even in tables that can only be added to."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError
from django.db.transaction import atomic

from accounting import insert_only
from accounting.company.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.mark.parametrize("round_", [1, 2])
def test_an_add_only_table_is_empty_and_guarded_in_every_round(round_: int) -> None:
    assert not AuditEntry.objects.exists()
    assert insert_only.missing() == []
    entry = AuditEntry.objects.create(at=AT, action="test")
    with pytest.raises(DatabaseError), atomic():
        entry.delete()
