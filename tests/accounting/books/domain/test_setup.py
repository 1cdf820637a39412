"""Where a rule is found: own code, standard code, any; the department's, then the company's."""

from datetime import date, timedelta

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Chart, Rule, RuleKey, Setup, VatCode
from tests.accounting.books.domain.values import CHART, DAY

OWN = RuleKey(Role.CARD, "VISA")
STANDARD = RuleKey(Role.CARD, "", "12002")
ANY = RuleKey(Role.CARD)
WANTED = RuleKey(Role.CARD, "VISA", "12002")


def rules(*keys, start=1):
    return {key: (Rule(str(start + n), "0"),) for n, key in enumerate(keys)}


@pytest.mark.parametrize(
    ("own", "default", "account"),
    [
        ((OWN, STANDARD, ANY), (), "1"),
        ((STANDARD, ANY), (), "1"),
        ((ANY,), (), "1"),
        ((), (OWN, STANDARD, ANY), "11"),
        ((ANY,), (OWN,), "1"),
        ((), (ANY,), "11"),
    ],
)
def test_the_narrowest_rule_of_the_department_wins(own, default, account):
    setup = Setup(own=rules(*own), default=rules(*default, start=11))
    key, rule = setup.find(WANTED, DAY)
    assert rule.account == account
    assert setup.holds(key) == (account == "1")


def test_another_vat_code_or_role_is_another_rule():
    setup = Setup(default=rules(RuleKey(Role.SALES, vat_code="3")))
    assert setup.find(RuleKey(Role.SALES, "100", "04006", "31"), DAY) is None
    assert setup.find(ANY, DAY) is None


def test_the_latest_rule_that_is_valid_on_the_day_wins():
    dated = (Rule("1", "0"), Rule("2", "0", DAY), Rule("3", "0", DAY + timedelta(1)))
    setup = Setup(default={ANY: dated})
    assert setup.find(WANTED, DAY - timedelta(1))[1].account == "1"
    assert setup.find(WANTED, DAY)[1].account == "2"
    later = Setup(default={ANY: dated[2:]})
    assert later.find(WANTED, DAY) is None


@pytest.mark.parametrize("key", [ANY, WANTED, RuleKey(Role.SALES, "", "", "31")])
def test_a_row_is_named_and_found_again(key):
    assert RuleKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["", "CARD", "CARD|||x|y", "NONE|||"])
def test_what_names_no_row_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        RuleKey.parse(text)


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        (VatCode("3"), True),
        (VatCode("3", active=False), False),
        (VatCode("3", valid_from=DAY, valid_to=DAY), True),
        (VatCode("3", valid_from=DAY + timedelta(1)), False),
        (VatCode("3", valid_to=date(2020, 1, 1)), False),
    ],
)
def test_a_vat_code_is_valid_in_its_time(code, valid):
    assert code.valid_on(DAY) is valid


def test_a_chart_is_there_once_it_has_accounts():
    assert CHART.fetched
    assert not Chart().fetched
