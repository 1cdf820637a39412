"""Every profile and dialect is valid by the tax administration's own schema."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from integrations.pos.generator import parts
from tests.integrations.pos.generator.plans import BUSY, NAMESPACE, SMALL, written

SHARED = Path(__file__).parents[5] / "shared/data/saft"

pytestmark = pytest.mark.needs_shared


@pytest.fixture(scope="module")
def schema():
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: the schema is read from it.")
    return etree.XMLSchema(etree.parse(next(SHARED.glob("*.xsd"))))


def receipts_of(data, schema):
    """How many receipts a validating, streaming reader meets."""
    found = 0
    tag = f"{NAMESPACE}cashtransaction"
    for _, element in etree.iterparse(io.BytesIO(data), schema=schema, tag=tag):
        found += 1
        element.clear()
    return found


@pytest.mark.parametrize("dialect", ["signed", "absolute"])
@pytest.mark.parametrize("profile", ["shop", "restaurant", "mixed"])
def test_a_file_of_every_profile_and_dialect_is_valid(schema, profile, dialect):
    data, told = written(replace(BUSY, days=3, profile=profile, dialect=dialect))
    closed = sum(row["transactions"] for row in told["settlements"])
    assert receipts_of(data, schema) == closed + sum(row["transactions"] for row in told["open"])


HABITS = {
    "every": {"kinds": "every", "dialect": "absolute"},
    "inside": {"tips": "inside", "z": "gross"},
    "line": {"tips": "line", "z": "rounded", "currency": "nok"},
    "none": {"tips": "none", "kinds": "basic"},
    "prefixed": {"namespace": "prefixed", "encoding": "utf-8-sig"},
    "iso-8859-1": {"encoding": "iso-8859-1", "replaced": True},
    "windows-1252": {"encoding": "windows-1252", "start": date(2021, 9, 29)},
    "utf-16": {"encoding": "utf-16", "namespace": "prefixed"},
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_file_of_every_habit_is_valid(schema, habit):
    data, told = written(replace(BUSY, days=3, **HABITS[habit]))
    closed = sum(row["transactions"] for row in told["settlements"])
    assert receipts_of(data, schema) == closed + sum(row["transactions"] for row in told["open"])


def test_every_part_of_a_file_is_valid(schema):
    outs = [io.BytesIO() for _ in range(3)]
    parts(replace(SMALL, days=6), outs)
    for out in outs:
        assert receipts_of(out.getvalue(), schema) > 0


def test_names_with_marks_of_the_language_are_escaped(schema):
    odd = replace(SMALL, name="Øl & <Mat> «AS» ]]>", tills=(("Kjøp & salg", "<1>"),))
    assert receipts_of(written(odd)[0], schema) > 0


@pytest.mark.parametrize(
    "defect",
    ["nr-gap", "z-total-differs", "unknown-vat-code", "rounding-on-card", "missing-basics",
     "z-missing", "vat-of-gross", "unknown-transaction-type", "doctype", "duplicate-same",
     "duplicate-differs", "z-vat-differs", "z-payment-differs", "z-of-another-register",
     "d-positive"],
)  # fmt: skip
def test_defects_of_sense_do_not_break_the_form(schema, defect):
    assert receipts_of(written(replace(SMALL, defects=(defect,)))[0], schema) > 0


@pytest.mark.parametrize(
    "defect",
    ["truncated", "cp1252-bytes", "two-companies", "third-decimal", "danish-namespace",
     "receipt-num-1000", "empty-book-date"],
)  # fmt: skip
def test_defects_of_form_do(schema, defect):
    with pytest.raises(etree.XMLSyntaxError):
        receipts_of(written(replace(SMALL, defects=(defect,)))[0], schema)
