"""`reconcile` looks at once, against the sandbox: it may adopt, and never frees before the time."""

import pytest

from integrations.exports import reconcile, send
from integrations.exports.models import Export
from tests import build
from tests.integrations.exports.journey import GAP, QUIET, fails, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(on_its_way) -> Export:
    return on_its_way


class TestEverything:
    """`reconcile` looks at once: it may adopt, and never frees before the time."""

    def test_it_adopts_before_the_time(self, export, sandbox):
        fails(sandbox, "lose-answer-after-commit")
        send.one(export.pk)

        counts = reconcile.everything(export.company)

        assert (counts["adopted"], counts["uncertain"]) == (1, 0)
        assert state(export) == "SENT"

    def test_it_never_frees_before_the_time_however_often_it_looks(self, export, sandbox):
        fails(sandbox, "lose-answer-before-commit")
        send.one(export.pk)

        for _ in range(5):
            counts = reconcile.everything()

        assert (counts["ready"], counts["uncertain"]) == (0, 1)
        assert (state(export), export.probes) == ("UNCERTAIN", 0)

    def test_it_frees_in_time(self, export, sandbox, later):
        fails(sandbox, "lose-answer-before-commit")
        send.one(export.pk)
        later(QUIET)
        reconcile.everything()
        later(GAP)

        assert reconcile.everything()["ready"] == 1
        assert state(export) == "READY"

    def test_it_leaves_other_companies_alone(self, export, sandbox):
        fails(sandbox, "lose-answer-after-commit")
        send.one(export.pk)
        other = build.a_company(build.OTHER_ORG_NO, "Andres AS")

        assert reconcile.everything(other)["adopted"] == 0
        assert state(export) == "UNCERTAIN"
