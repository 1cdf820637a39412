"""The same button pressed four times at once, on the database at hand: once is enough, and nobody fails."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from accounting.books.domain.setup import Account
from accounting.books.records import replace_chart
from accounting.company import grants, invitations, records
from accounting.company.models import AuditEntry, Company, Department, GrantRequest, Invitation
from accounting.company.records import Refused
from accounting.company.roles import Right, Role
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4
ADDRESS = "ny@example.no"


def _at_once(press: Callable[[], object]) -> Counter[str]:
    """Press from four threads; count what became of each: `done`, or the name of what was raised."""
    start, ended = threading.Barrier(TOGETHER), []

    def one() -> None:
        try:
            start.wait()
            press()
            ended.append("done")
        except Exception as problem:  # noqa: BLE001  # the test is about which
            ended.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ended)


@pytest.fixture
def company() -> Company:
    return build.a_company()


def test_a_right_is_asked_for_once(company: Company) -> None:
    kari = build.a_manager(company)
    ended = _at_once(lambda: grants.request_grant(company, kari, Right.POWEROFFICE))
    assert ended == {"done": TOGETHER}
    assert GrantRequest.objects.count() == 1
    assert AuditEntry.objects.filter(action="right-asked-for").count() == 1


def test_of_invitations_to_one_address_one_stands(company: Company) -> None:
    kari = build.a_manager(company)
    ended = _at_once(lambda: invitations.invite(company, ADDRESS, Role.ACCOUNTANT, actor=kari))
    assert ended == {"done": TOGETHER}
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_a_company_is_made_once(db) -> None:
    ended = _at_once(lambda: records.create_company(build.ORG_NO, "Fjordkaffe AS"))
    assert ended == {"done": 1, Refused.__name__: TOGETHER - 1}
    assert AuditEntry.objects.filter(action="company-created").count() == 1


def test_a_department_is_added_once(company: Company) -> None:
    ended = _at_once(lambda: records.add_department(company, "Sentrum"))
    assert ended == {"done": 1, Refused.__name__: TOGETHER - 1}
    assert Department.objects.count() == 1


def test_of_charts_fetched_at_once_one_stands(company: Company) -> None:
    accounts = [(str(n), Account(str(n), f"Konto {n}")) for n in range(3000, 3100)]
    ended = _at_once(lambda: replace_chart(company, accounts, [], []))
    assert ended == {"done": TOGETHER}
    assert company.chart_accounts.count() == len(accounts)
