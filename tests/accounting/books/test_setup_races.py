"""Kontooppsett saved by several at the very same moment, on the database at hand: one wins, whole."""

import threading

import pytest
from django.db import connection

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Rule, RuleKey
from accounting.books.queries import rules_of
from accounting.books.records import Overtaken, save_setup
from accounting.company.models import Company
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)
FOOD, BEER = RuleKey(Role.SALES, vat_code="31"), RuleKey(Role.SALES, vat_code="3")
TOGETHER = 4


@pytest.mark.parametrize("held", [{}, {FOOD: Rule("3030", "31")}], ids=["first rows", "changes"])
def test_of_four_who_saw_the_same_one_saves_and_three_are_shown_it(held) -> None:
    company = build.a_company()
    save_setup(company, None, held)
    shown = rules_of(company).get(None, {})
    start = threading.Barrier(TOGETHER)
    won, overtaken, failures = [], [], []

    def save(number: int) -> None:
        rows = {FOOD: Rule(f"304{number}", "31"), BEER: Rule(f"300{number}", "3")}
        try:
            start.wait()
            save_setup(Company.objects.get(pk=company.pk), None, rows, shown=shown)
            won.append(number)
        except Overtaken:
            overtaken.append(number)
        except BaseException as failure:
            failures.append(failure)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert (len(won), len(overtaken)) == (1, TOGETHER - 1)
    kept = {key: [rule.account for rule in dated] for key, dated in rules_of(company)[None].items()}
    assert kept == {FOOD: [f"304{won[0]}"], BEER: [f"300{won[0]}"]}
