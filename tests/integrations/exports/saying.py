"""What the tests of the pages share: their addresses, and a far side's no."""

from accounting.books.domain.issues import Fix, Issue, Page
from integrations.exports.models import Export
from integrations.exports.states import Blocked, Trace
from tests import build

ROOT = f"/s/{build.ORG_NO}"
LIST, STATUS = f"{ROOT}/oppgjor/", f"{ROOT}/overforing/status/"
FACTS = (("title", "Validation failed"), ("detail", "Period is locked"))
REFUSED = Blocked(
    (Issue("refused-by-provider", facts=FACTS, fix=Fix(Page.STATUS)),), Trace(400, "Locked")
)


def settlement_page(export: Export) -> str:
    return f"{LIST}{export.settlement_id}/"
