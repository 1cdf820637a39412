"""Whatever happens to a file on its way, reading it ends: with items, or with a refusal."""

import re
from random import Random

import pytest

from integrations.pos.saft import RefusedFile, read
from integrations.pos.summary import summarise
from tests.saft_builder import source
from tests.saft_official import OFFICIAL

LEAF = re.compile(r"<(\w+)>([^<]*)</\1>")
VALUES = [
    "",
    " ",
    "-1",
    "0",
    "x",
    "1e9",
    "999999999999999999999",
    "2020-02-30",
    "24:00:00",
    "D",
    "æ",
]


def mutated(random):
    """The official example with one to three things changed: bytes, leaves or whole elements."""
    text = OFFICIAL
    for _ in range(random.randint(1, 3)):
        leaf = random.choice(list(LEAF.finditer(text)))
        match random.randrange(5):
            case 0:
                new = f"<{leaf[1]}>{random.choice(VALUES)}</{leaf[1]}>"
                text = text[: leaf.start()] + new + text[leaf.end() :]
            case 1:
                text = text[: leaf.start()] + text[leaf.end() :]
            case 2:
                other = random.choice(list(LEAF.finditer(text)))
                text = text[: leaf.start()] + other[0] + text[leaf.start() :]
            case 3:
                text = text[: leaf.start()] + leaf[0] + text[leaf.start() :]
            case _:
                at = random.randrange(len(text))
                text = text[:at] + chr(random.randrange(32, 300)) + text[at + 1 :]
    return text


def ending(seed):
    try:
        summarise(read(source(mutated(Random(seed)))))  # noqa: S311  # no secrets
    except RefusedFile as refused:
        return refused.code
    return "read"


def test_hundreds_of_mutated_files_are_read_or_refused():
    endings = {ending(seed) for seed in range(150)}
    assert {"read", "element-out-of-order", "field-missing", "amount-malformed"} <= endings


@pytest.mark.slow
def test_ten_thousand_mutated_files_are_read_or_refused():
    assert "read" in {ending(seed) for seed in range(10_000)}
