"""axe in a page: what it finds by all its rules (WCAG 2.2 AA and good practice), as readable lines.

The script comes with the test environment. Playwright evaluates it from outside the page, so the
content security policy stays as it is.
"""

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

ONLY = {"resultTypes": ["violations"]}


@cache
def _script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Give one line for each element that breaks a rule; none is what we want."""
    page.evaluate(_script())
    result = page.evaluate("only => axe.run(document, only)", ONLY)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
