"""Every form that is posted carries its CSRF token: the test client never asks for it, browsers do."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
INCLUDE = re.compile(r'{%\s*include "([^"]+)"([^%]*)%}')


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _needs_token(name: str) -> bool:
    source = _source(name)
    inner = [included for included, _ in INCLUDE.findall(source)]
    return "{% csrf_token %}" in source or any(map(_needs_token, inner))


def test_no_form_is_included_without_the_page_s_token() -> None:
    cut_off = [
        (str(path.relative_to(TEMPLATES)), name)
        for path in TEMPLATES.rglob("*.html")
        for name, arguments in INCLUDE.findall(path.read_text(encoding="utf-8"))
        if arguments.split()[-1:] == ["only"] and _needs_token(name)
    ]
    assert cut_off == []


def test_each_posted_form_has_one() -> None:
    bare = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)
        if re.search(r'method="post"', form) and "csrf_token" not in form
    ]
    assert bare == []
