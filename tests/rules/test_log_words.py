"""Every note in the activity log has words, and no words wait for a note that nobody writes."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from backoffice.activity.words import ACTIONS, FIELDS, KINDS, Kind

ROOT = Path(__file__).parents[2]
WRITERS = {"note", "note_all", "_note", "_decide"}
ACTION = re.compile(r"[a-z]+(-[a-z]+)+")
ELSEWHERE = {"pulse.py"}  # its note is no line of the log


@cache
def _calls() -> tuple[ast.Call, ...]:
    return tuple(_found())


def _found() -> Iterator[ast.Call]:
    for folder in ("accounting", "integrations", "backoffice"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.name not in ELSEWHERE:
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                        yield node


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _literals(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        for node in ast.walk(argument):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and ACTION.fullmatch(said):
                yield said


def _written() -> set[str]:
    return {said for call in _calls() for said in _literals(call)}


def test_every_note_has_words_and_all_words_a_note() -> None:
    assert len(_written()) > 25
    assert _written() == ACTIONS.keys()


def test_every_action_is_of_a_kind_that_can_be_filtered_by() -> None:
    assert {action.kind for action in ACTIONS.values()} == set(Kind) == KINDS.keys()


def test_every_field_of_before_and_after_has_a_label() -> None:
    keys = {
        key.value
        for call in _calls()
        for keyword in call.keywords
        if keyword.arg in {"before", "after"}
        for node in ast.walk(keyword.value)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    assert keys - {"facts"} <= FIELDS.keys()
