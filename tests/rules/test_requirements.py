"""The locked requirements: hashes everywhere, no host named, and one venv can grow."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "requirements"
NAMES = ("bootstrap", "prod", "test", "dev")


def _pins(name: str) -> set[str]:
    text = (FOLDER / f"{name}.txt").read_text()
    return set(re.findall(r"^([a-z0-9._\[\],-]+==[^ \\;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", NAMES)
def test_no_line_names_a_host(name: str) -> None:
    assert "://" not in (FOLDER / f"{name}.txt").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_pinned_with_a_hash(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_smaller_sets_are_parts_of_the_larger() -> None:
    assert _pins("prod")
    assert _pins("prod") < _pins("test") < _pins("dev")
