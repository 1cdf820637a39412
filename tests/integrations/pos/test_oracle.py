"""Generated till-days against their oracle, over every habit a till may have; both dialects, one journal.

The oracle is the sums of what the generator's tills did, never a reading of the file (saft.md 7). Every
figure must be equal; findings are compared by what they are allowed to be: nothing of what is sound stops.
"""

import io
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from integrations.pos.generator import Plan, write
from integrations.pos.generator.plan import (
    CURRENCIES,
    ENCODINGS,
    KINDS,
    NAMESPACES,
    PROFILES,
    TIPS,
    Z_HABITS,
)
from integrations.pos.saft import Item, read
from integrations.pos.summary import summarise
from tests.integrations.pos.divided import days
from tests.integrations.pos.settled import journal_text, the_setup

TILLS = (("Sentrum", "1"), ("Sentrum", "2"), ("Torget", "1"))
# An ordinary week, the night of 25 hours, a rate that changes, a leap day, a new year.
STARTS = tuple(
    date.fromisoformat(day)
    for day in (
        "2026-11-02",
        "2026-10-22",
        "2026-03-26",
        "2021-09-28",
        "2020-03-30",
        "2028-02-26",
        "2026-12-29",
    )
)
DAYS = 6
SAMPLE = 100
ALL, PARTS = 10_000, 4


def a_plan(number: int) -> Plan:
    """The plan of this number: every habit drawn on its own, the same ones each time."""
    draw = Random(number)  # noqa: S311 (no secret)
    return Plan(
        org_no="923456783",
        name="Fjord & Fjell AS",
        start=draw.choice(STARTS),
        days=DAYS,
        tills=TILLS,
        receipts=draw.choice((3, 8, 8, 20)) if number % 10 else 60,
        seed=number,
        profile=draw.choice(PROFILES),
        kinds=draw.choice(KINDS),
        tips=draw.choice(TIPS),
        currency=draw.choice(CURRENCIES),
        z=draw.choice(Z_HABITS),
        namespace=draw.choice(NAMESPACES),
        encoding=draw.choice(ENCODINGS),
        replaced=draw.random() < 0.2,
    )


def read_back(plan: Plan) -> tuple[list[Item], dict[str, Any]]:
    """What the file of a plan yields, and its oracle."""
    out, oracle = io.BytesIO(), {}
    write(plan, out, oracle)
    out.seek(0)
    return list(read(out)), oracle


def figures(told: dict[str, Any]) -> dict[str, Any]:
    """Everything but the findings."""
    rows = [{k: v for k, v in row.items() if k != "findings"} for row in told["settlements"]]
    return {**told, "settlements": rows, "findings": []}


def stops(told: dict[str, Any]) -> set[str]:
    """The codes of what stops a settlement."""
    found = [finding for row in told["settlements"] for finding in row["findings"]]
    return {f["code"] for f in (*found, *told["findings"]) if f["severity"] == "blocked"}


# What no sound file gives: the generator's counts and lists are those of what happened.
NEVER_NOTED = {"z-count-differs", "employee-missing", "article-missing"}


def noted(told: dict[str, Any]) -> set[str]:
    """The codes of all findings."""
    found = [finding for row in told["settlements"] for finding in row["findings"]]
    return {finding["code"] for finding in (*found, *told["findings"])}


def till_days_that_agree(wanted: int, first: int = 0) -> int:
    """Go through plans until so many till-days agree with the oracle in both dialects; count them."""
    agreed, number = 0, first
    while agreed < wanted:
        plan = a_plan(number)
        number += 1
        journals = []
        for dialect in ("signed", "absolute"):
            spoken = replace(plan, dialect=dialect)
            items, oracle = read_back(spoken)
            told = summarise(items)
            assert figures(told) == figures(oracle), spoken
            # Sound files stop for nothing but the types that nobody has mapped yet.
            allowed = {"transaction-type-unresolved"} if plan.kinds == "every" else set()
            assert stops(told) <= allowed, spoken
            assert not noted(told) & NEVER_NOTED, spoken
            settled = list(days(items))
            setup = the_setup(settled)
            journals.append([journal_text(day, setup) for day in settled])
        assert journals[0] == journals[1], plan
        agreed += len(journals[0])
    return agreed


def test_a_sample_of_generated_till_days_agrees_with_the_oracle_in_both_dialects(capsys):
    agreed = till_days_that_agree(SAMPLE)
    with capsys.disabled():
        print(f" [{agreed} till-days, both dialects: 0 differences]", end="")
    assert agreed >= SAMPLE


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_generated_till_days_agree_with_the_oracle_in_both_dialects(part, capsys):
    """In parts, so that each core takes its share; no plan is in two of them."""
    agreed = till_days_that_agree(ALL // PARTS, first=part * ALL)
    with capsys.disabled():
        print(f" [{agreed} till-days, both dialects: 0 differences]", end="")
    assert agreed >= ALL // PARTS
