"""No text that a person reads is written past the catalogue, in a template or in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TRANSLATES = re.compile(r"_|n?p?gettext(_lazy)?")
# Names, and what is the same in both languages.
NAMES = {
    "Backoffice",
    "PowerOffice",
    "Go",
    "NO",
    "EN",
    "norsk",
    "bokmål",
    "English",
    "HTTP",
    "SHA-256",
}
NOT_ROOMS = {"migrations", "management", "generator", "sandbox", "domain"}
# What is bokmål wherever it is read: the command line, and what stands in the accounting system's books.
# `rights.py` is pure: it holds each right's words in both languages itself.
BOKMÅL_ONLY = {
    ROOT / "accounting" / "company" / "queries.py",
    ROOT / "backoffice" / "demo.py",
    ROOT / "backoffice" / "forgetting.py",
    ROOT / "backoffice" / "processes.py",
    ROOT / "backoffice" / "settings.py",
    ROOT / "integrations" / "exports" / "builder.py",
    ROOT / "integrations" / "poweroffice" / "mapping.py",
    ROOT / "integrations" / "poweroffice" / "rights.py",
}


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in ("accounting", "integrations", "backoffice"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if not NOT_ROOMS & set(path.parts) and path not in BOKMÅL_ONLY:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_word_outside_a_translation(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for aside in (
        r"\{#.*?#\}",
        r"\{% blocktrans\w*.*?\{% endblocktrans\w* %\}",
        r"\{%.*?%\}|\{\{.*?\}\}",
        r"<(script|style).*?</\1>",
    ):
        text = re.sub(aside, "", text, flags=re.DOTALL)
    spoken = re.findall(r'(?:title|aria-label|placeholder|alt|data-label)="([^"]+)"', text)
    read = re.findall(r"[^\W\d_][\w-]+", re.sub(r"<[^>]*>", " ", text))
    assert set(read) - NAMES - {"entrance"} == set()
    assert [said for said in spoken if re.search(r"[^\W\d_]", said)] == []


def test_a_refusal_is_said_in_the_reader_s_language() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in _trees()
        for call in _calls(tree)
        if _name(call) == "Refused"
        and any(isinstance(each, ast.JoinedStr | ast.Constant) for each in call.args)
    ]
    assert bare == []


def test_no_norwegian_sentence_in_the_code_is_past_the_catalogue() -> None:
    bare = []
    for path, tree in _trees():
        through = [call for call in _calls(tree) if TRANSLATES.fullmatch(_name(call))]
        notes = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        fine = {id(part) for call in through for part in ast.walk(call)} | {*map(id, notes)}
        said = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        bare += [
            f"{path.relative_to(ROOT)}:{each.lineno} {each.value}"
            for each in said
            if id(each) not in fine and _is_norwegian(each.value)
        ]
    assert bare == []


def _is_norwegian(value: object) -> bool:
    return isinstance(value, str) and bool(re.search("[æøåÆØÅ]", value.replace("øre", "")))
