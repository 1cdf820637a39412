"""`.env.example` names exactly what the settings read."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPOSE_ONLY = {"POSTGRES_PASSWORD"}


def _named_in_example() -> list[str]:
    return re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def _read_by_settings() -> set[str]:
    settings = (ROOT / "backoffice" / "settings.py").read_text()
    production = (ROOT / "backoffice" / "production.py").read_text()
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)) | set(
        re.findall(r'environment\.get\("([A-Z_]+)"', production)
    )


def test_the_example_names_what_the_settings_read_and_nothing_else() -> None:
    assert set(_named_in_example()) == _read_by_settings() | COMPOSE_ONLY


def test_the_example_names_each_setting_once() -> None:
    names = _named_in_example()
    assert len(names) == len(set(names)) > 20
