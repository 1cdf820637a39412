"""Kontooppsett as values: days of a row, two people's changes, and copying, without a database."""

from datetime import date

import pytest

from accounting.books.domain.codes import Role
from accounting.books.domain.setup import Kind, Rule, RuleKey
from accounting.books.setup_changes import (
    Copied,
    differences,
    in_force,
    offers,
    same_rules,
    with_changes,
)

FOOD, BEER, CASH = (
    RuleKey(Role.SALES, vat_code="31"),
    RuleKey(Role.SALES, vat_code="3"),
    RuleKey(Role.CASH, standard="12001"),
)
TODAY, NEW_YEAR = date(2026, 11, 24), date(2027, 1, 1)
OLD, NEXT = Rule("3030", "31"), Rule("3031", "31", NEW_YEAR)


def test_the_latest_rule_that_has_begun_counts():
    rules = {FOOD: (NEXT, OLD)}
    assert in_force(rules, TODAY) == {FOOD: OLD}
    assert in_force(rules, NEW_YEAR) == {FOOD: NEXT}
    assert in_force({FOOD: (NEXT,)}, TODAY) == {}


def test_a_rule_takes_the_place_of_that_of_its_own_day():
    assert with_changes({FOOD: (OLD,)}, {FOOD: Rule("3032", "31")}) == {FOOD: (Rule("3032", "31"),)}


def test_a_rule_from_a_day_leaves_the_others():
    assert with_changes({FOOD: (OLD,)}, {FOOD: NEXT}) == {FOOD: (OLD, NEXT)}


def test_nothing_empties_the_row_and_the_others_stay():
    assert with_changes({FOOD: (OLD, NEXT), CASH: (OLD,)}, {FOOD: None}) == {CASH: (OLD,)}


def test_the_order_of_days_is_no_difference():
    assert same_rules({FOOD: (OLD, NEXT)}, {FOOD: (NEXT, OLD), BEER: ()})
    assert not same_rules({FOOD: (OLD,)}, {FOOD: (NEXT,)})


def test_two_people_who_changed_one_row_unlike_must_choose():
    theirs, mine = Rule("3031", "31"), Rule("3032", "31")
    (found,) = differences({FOOD: (OLD,)}, {FOOD: (theirs,)}, {FOOD: mine}, TODAY)
    assert (found.key, found.theirs, found.mine, found.clash) == (FOOD, theirs, mine, True)


@pytest.mark.parametrize("mine", [{}, {FOOD: Rule("3031", "31")}, {BEER: Rule("3000", "3")}])
def test_what_only_they_changed_and_what_both_changed_alike_is_no_clash(mine):
    (found,) = differences({FOOD: (OLD,)}, {FOOD: (Rule("3031", "31"),)}, mine, TODAY)
    assert not found.clash


@pytest.mark.parametrize(
    ("shown", "saved", "mine"),
    [({FOOD: (OLD,)}, {}, {FOOD: NEXT}), ({}, {FOOD: (OLD,)}, {FOOD: Rule("3032", "31")})],
    ids=["they emptied it", "they filled it"],
)
def test_a_row_that_came_or_went_is_a_difference_too(shown, saved, mine):
    (found,) = differences(shown, saved, mine, TODAY)
    assert found.clash


def test_what_nobody_else_touched_is_no_difference():
    assert differences({FOOD: (OLD,)}, {FOOD: (OLD,)}, {FOOD: NEXT}, TODAY) == ()


def test_copying_is_new_changed_or_the_same():
    there = {FOOD: OLD, BEER: Rule("3000", "3"), CASH: Rule("1900", "0")}
    here = {FOOD: Rule("3030", "31", date(2026, 1, 1)), BEER: Rule("3002", "3")}
    does = {offer.key: offer.does for offer in offers(there, here)}
    assert does == {FOOD: Copied.SAME, BEER: Copied.CHANGED, CASH: Copied.NEW}


def test_another_kind_is_a_change():
    gift = Rule("2901", "0", kind=Kind.GIFT_CARD)
    (offer,) = offers({FOOD: gift}, {FOOD: Rule("2901", "0")})
    assert offer.does is Copied.CHANGED
