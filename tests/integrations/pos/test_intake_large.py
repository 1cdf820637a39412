"""A month of four busy tills: valid by the schema, and the oracle's to the øre however it comes."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from integrations.pos.generator import Plan, write
from integrations.pos.intake import take_in
from tests.build import ORG_NO, a_company
from tests.integrations.pos.cutting import taken_apart
from tests.integrations.pos.deliveries import nothing_wrong_is_published, take, told
from tests.integrations.pos.generator.plans import NAMESPACE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SHARED = Path(__file__).parents[4] / "shared/data/saft"
MONTH = Plan(
    ORG_NO,
    "Fjord & Fjell AS",
    date(2026, 10, 1),
    30,
    tuple(("Sentrum", str(number)) for number in range(1, 5)),
    400,
    2026,
)


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """The file and its oracle, made once."""
    path, oracle = tmp_path_factory.mktemp("month") / "kasse.xml", {}
    with path.open("wb") as out:
        write(MONTH, out, oracle)
    return path, oracle


@pytest.mark.needs_shared
def test_the_month_is_valid_by_the_schema(month):
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: the schema is read from it.")
    schema = etree.XMLSchema(etree.parse(next(SHARED.glob("*.xsd"))))
    path, oracle = month
    receipts = 0
    tags = [NAMESPACE + "event", NAMESPACE + "cashtransaction"]
    for _, element in etree.iterparse(str(path), schema=schema, tag=tags):
        receipts += element.tag == tags[1]
        element.clear()
        while element.getprevious() is not None and element.getprevious().tag == element.tag:
            element.getparent().remove(element.getprevious())
    assert receipts == sum(row["transactions"] for row in oracle["settlements"]) > 40_000


def test_the_month_equals_the_oracle_and_again_changes_nothing(month):
    path, oracle = month
    company = a_company()
    first = _taken(company, path)
    assert told(company) == oracle["settlements"]
    assert first.settlements["new"] == len(oracle["settlements"])
    again = _taken(company, path)
    zs = len(oracle["settlements"])
    assert again.settlements == {"new": 0, "same": zs, "changed": 0, "incomplete": 0}
    assert again.receipts == {"new": 0, "same": first.receipts["new"]}
    assert company.settlements.count() == zs


def _taken(company, path):
    with path.open("rb") as file:
        return take_in(company, file)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_days_1_to_20_and_10_to_30_come_to_the_same_as_the_month(month, order):
    """Each file cut out at midnight, as a till does that exports by period."""
    path, oracle = month
    taken = taken_apart(path.read_bytes())
    tenth, twentieth = (
        [r.border_of_day("2026-10-10") for r in taken.registers],
        [r.border_of_day("2026-10-21") for r in taken.registers],
    )
    files = [taken.parts([twentieth])[0], taken.parts([tenth])[1]]
    _delivered(files, order, oracle)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_month_cut_in_two_comes_to_the_same_in_either_order(month, order):
    path, oracle = month
    dice = random.Random(str(order))  # noqa: S311  # places, not secrets
    taken = taken_apart(path.read_bytes())
    cuts = [[r.border_after(dice.randrange(len(r.receipts))) for r in taken.registers]]
    _delivered(taken.parts(cuts), order, oracle)


def _delivered(files, order, oracle):
    company = a_company()
    for index in order:
        take(company, files[index])
        nothing_wrong_is_published(company, oracle)
    assert told(company) == oracle["settlements"]


def test_another_dialect_has_the_same_oracle(month):
    """`D` with positive amounts is accepted as the same sales (saft.md 0.6)."""
    oracle = {}
    path = month[0].with_name("absolute.xml")
    with path.open("wb") as out:
        write(replace(MONTH, days=5, dialect="absolute"), out, oracle)
    company = a_company()
    _taken(company, path)
    assert told(company) == oracle["settlements"]
