"""A till's file becomes settlements: the oracle's, to the øre, however the file is cut."""

import random
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import a_company
from tests.integrations.pos.cutting import Border, Register, taken_apart
from tests.integrations.pos.deliveries import (
    SMALL,
    TINY,
    digests,
    nothing_wrong_is_published,
    take,
    told,
    undone,
)
from tests.integrations.pos.generator.plans import written

pytestmark = pytest.mark.django_db

DATA, ORACLE = written(TINY)
TAKEN = taken_apart(DATA)
(TILL,) = TAKEN.registers


def test_a_file_gives_the_oracles_settlements_to_the_øre():
    data, oracle = written(SMALL)
    company = a_company()
    report = take(company, data)
    assert told(company) == oracle["settlements"]
    zs = len(oracle["settlements"])
    receipts = sum(row["transactions"] for row in oracle["settlements"])
    assert report.settlements == {"new": zs, "same": 0, "changed": 0, "incomplete": 0}
    assert report.receipts == {"new": receipts, "same": 0}
    assert not report.findings


def test_the_same_file_again_changes_nothing():
    data, _oracle = written(SMALL)
    company = a_company()
    first = take(company, data)
    before = list(company.settlements.order_by("pk").values())
    again = take(company, data)
    assert again.settlements["same"] == first.settlements["new"]
    assert again.settlements | {"same": 0} == dict.fromkeys(again.settlements, 0)
    assert again.receipts == {"new": 0, "same": first.receipts["new"]}
    assert list(company.settlements.order_by("pk").values()) == before


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_files_that_overlap_come_to_the_same_as_the_whole(order):
    data, oracle = written(SMALL)
    taken = taken_apart(data)
    third = [register.border_after(len(register.receipts) // 3) for register in taken.registers]
    half = [register.border_after(len(register.receipts) // 2) for register in taken.registers]
    files = [taken.parts([half])[0], taken.parts([third])[1]]
    company = a_company()
    for index in order:
        take(company, files[index])
        nothing_wrong_is_published(company, oracle)
    assert told(company) == oracle["settlements"]


@pytest.mark.parametrize(
    "receipts",
    [
        pytest.param(n, marks=[] if n % 5 == 0 else [pytest.mark.slow])
        for n in range(len(TILL.receipts) + 1)
    ],
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_file_cut_after_any_receipt_comes_to_the_same(receipts, order):
    parts = TAKEN.parts([[TILL.border_after(receipts)]])
    _delivered_in_order([parts[index] for index in order])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("all_events_in_part", [1, 2])
def test_a_file_whose_events_all_lie_in_one_part_comes_to_the_same(all_events_in_part, order):
    events = len(TILL.events) if all_events_in_part == 1 else 0
    parts = TAKEN.parts([[(events, len(TILL.receipts) // 2)]])
    _delivered_in_order([parts[index] for index in order])


def _borders(register: Register) -> st.SearchStrategy[Border]:
    """A cut after a receipt, or one that parts events and receipts at places of their own."""
    count = len(register.receipts)
    with_its_events = st.integers(0, count).map(register.border_after)
    apart = st.tuples(st.integers(0, len(register.events)), st.integers(0, count))
    return with_its_events | apart


@given(st.tuples(_borders(TILL), _borders(TILL)), st.permutations([0, 1, 2]))
@settings(max_examples=15, deadline=None)
def test_three_parts_cut_anywhere_in_any_order_come_to_the_same(borders, order):
    (events, receipts), (more_events, more_receipts) = borders
    first = (min(events, more_events), min(receipts, more_receipts))
    second = (max(events, more_events), max(receipts, more_receipts))
    parts = TAKEN.parts([[first], [second]])
    with undone():
        _delivered_in_order([parts[index] for index in order])


def test_two_tills_each_cut_at_its_own_place_come_to_the_same():
    data, oracle = written(SMALL)
    taken = taken_apart(data)
    cuts = [[r.border_after(len(r.receipts) * (i + 1) // 5) for i, r in enumerate(taken.registers)]]
    company = a_company()
    for part in reversed(taken.parts(cuts)):
        take(company, part)
        nothing_wrong_is_published(company, oracle)
    assert told(company) == oracle["settlements"]


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_files_three_parts_at_a_hundred_random_places(order):
    dice = random.Random(str(order))  # noqa: S311  # places, not secrets
    for _ in range(100):
        first, second = sorted(dice.sample(range(len(TILL.receipts) + 1), 2))
        parts = TAKEN.parts([[TILL.border_after(first)], [TILL.border_after(second)]])
        with undone():
            _delivered_in_order([parts[index] for index in order])


def _delivered_in_order(parts: list[bytes]) -> None:
    whole = _digests_of_the_whole()
    company = a_company()
    for part in parts:
        take(company, part)
        nothing_wrong_is_published(company, ORACLE)
    assert told(company) == ORACLE["settlements"]
    assert sorted(digests(company).values()) == whole


@cache
def _digests_of_the_whole() -> list[str]:
    with undone():
        company = a_company()
        take(company, DATA)
        return sorted(digests(company).values())
