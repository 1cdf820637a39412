"""What the database itself refuses, whatever code may come."""

# ruff: noqa: ARG002 (fixtures)

import pytest
from django.db import IntegrityError, transaction

from integrations.exports import outbox
from integrations.exports.models import Attempt, Export
from tests import build
from tests.build import NOW


@pytest.fixture
def export(company) -> Export:
    return build.a_ready_export(company)


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize("state", ["SENT", "POSTED"])
    def test_what_arrived_without_an_id(self, export, state):
        self.refused("export_arrived_has_remote_id", state=state)

    def test_sending_without_a_lease(self, export):
        self.refused("export_sending_has_lease", state="SENDING")

    def test_a_lease_without_sending(self, export):
        self.refused("export_sending_has_lease", lease_until=NOW)

    def test_leaving_out_without_a_reason(self, export):
        self.refused("export_left_out_has_reason", state="LEFT_OUT")

    def test_two_exports_of_one_document(self, export):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.bulk_create([_copy(export)])

    def test_one_remote_id_twice_in_a_company(self, export):
        Export.objects.update(state="SENT", remote_id="id-1")
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.bulk_create([_copy(export, document="another", remote_id="id-1")])

    def test_two_open_attempts_of_one_export(self, export):
        claim = outbox.claim(export.pk, NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                export=claim.export, purpose=Attempt.SEND, revision=1, started_at=NOW
            )

    def refused(self, constraint: str, **columns) -> None:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Export.objects.update(**columns)


def _copy(export: Export, **columns) -> Export:
    values = {f.attname: getattr(export, f.attname) for f in export._meta.concrete_fields}
    return Export(**{**values, "id": None, **columns})
