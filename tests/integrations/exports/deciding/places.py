"""Where these tests look: the pages of Fjordkaffe AS, and the one export it has."""

from accounting.books.models import Settlement
from integrations.exports.models import Export
from tests import build

ROOT = f"/s/{build.ORG_NO}"
STATUS = f"{ROOT}/overforing/status/"


def address_of(settlement: Settlement) -> str:
    """The settlement's page."""
    return f"{ROOT}/oppgjor/{settlement.pk}/"


def state() -> str:
    """How the export stands."""
    return Export.objects.get().state
