"""Imports at the same moment in threads of their own, on the database at hand: none is lost or doubled."""

import threading

import pytest
from django.db import connection

from accounting.company.models import Company
from tests.build import a_company
from tests.integrations.pos.cutting import taken_apart
from tests.integrations.pos.deliveries import SMALL, take, told
from tests.integrations.pos.generator.plans import written

pytestmark = pytest.mark.django_db(transaction=True)
DATA, ORACLE = written(SMALL)
TAKEN = taken_apart(DATA)


def third(part):
    """The border after so many thirds of each till's receipts."""
    return [r.border_after(len(r.receipts) * part // 3) for r in TAKEN.registers]


OVERLAPPING = [TAKEN.parts([third(2)])[0], TAKEN.parts([third(1)])[1]]
PARTS = TAKEN.parts([third(1), third(2)])


@pytest.mark.parametrize(
    "files", [[DATA, DATA, DATA], OVERLAPPING, PARTS], ids=["the same", "overlapping", "parts"]
)
def test_imports_at_the_same_moment_end_in_the_oracle(files):
    company = a_company()
    reports, failures = [], []
    together = threading.Barrier(len(files))

    def work(data):
        try:
            together.wait()
            reports.append(take(Company.objects.get(pk=company.pk), data))
        except BaseException as failure:
            failures.append(failure)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(data,)) for data in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert told(company) == ORACLE["settlements"]
    receipts = sum(row["transactions"] for row in ORACLE["settlements"])
    assert sum(report.receipts["new"] for report in reports) == receipts
    assert sum(report.settlements["new"] for report in reports) == len(ORACLE["settlements"])
