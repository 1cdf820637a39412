"""Settings: an empty environment works, production refuses to guess."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backoffice.embedded import development_keys
from backoffice.production import refusals
from tests.deploy_check import production_environment

ROOT = Path(__file__).parents[2]
ASK = """
import json
from backoffice import settings as s
names = {names!r}
print(json.dumps({{name: getattr(s, name) for name in names}}, default=str))
"""


def _settings(environment: dict[str, str], *names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ASK.format(names=names)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _read(environment: dict[str, str], *names: str) -> dict[str, object]:
    done = _settings(environment, *names)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_empty_environment_works_on_sqlite_and_files_under_var(tmp_path: Path) -> None:
    found = _read({"VAR_DIR": str(tmp_path)}, "DEBUG", "DATABASES", "CELERY_BROKER_URL", "CACHES")
    assert found["DEBUG"] is True
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["CELERY_BROKER_URL"] == "filesystem://localhost"
    assert found["CACHES"]["default"]["LOCATION"] == str(tmp_path / "cache")


def test_empty_variables_count_as_not_set(tmp_path: Path) -> None:
    given = {"VAR_DIR": str(tmp_path), "TICK_S": "", "DATABASE_URL": "", "EXPORT_BACKOFF_S": " "}
    found = _read(given, "TICK_S", "EXPORT_BACKOFF_S")
    assert found == {"TICK_S": 60, "EXPORT_BACKOFF_S": [60, 120, 300, 900, 1800, 3600]}


def test_two_addresses_turn_it_to_postgresql_and_redis(tmp_path: Path) -> None:
    given = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://u:p@db:5432/name",
        "CELERY_BROKER_URL": "redis://redis:6379/0",
    }
    found = _read(given, "DATABASES", "CACHES", "CELERY_BROKER_TRANSPORT_OPTIONS")
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert found["DATABASES"]["default"]["OPTIONS"]["pool"]
    assert found["CACHES"]["default"]["LOCATION"] == "redis://redis:6379/0"
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"] == {"visibility_timeout": 1200}


def test_drills_shorten_the_waits_by_environment(tmp_path: Path) -> None:
    given = {"VAR_DIR": str(tmp_path), "EXPORT_LEASE_S": "3", "EXPORT_BACKOFF_S": "1,2"}
    assert _read(given, "EXPORT_LEASE_S", "EXPORT_BACKOFF_S", "EXPORT_QUIET_S") == {
        "EXPORT_LEASE_S": 3,
        "EXPORT_BACKOFF_S": [1, 2],
        "EXPORT_QUIET_S": 900,
    }


def test_development_keys_are_random_kept_and_private(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    keys = development_keys(tmp_path)
    assert development_keys(tmp_path) == keys
    assert development_keys(other) != keys
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["keys.json"]


def test_production_names_everything_that_is_missing_at_once() -> None:
    done = _settings({"DJANGO_DEBUG": "0"}, "DEBUG")
    assert done.returncode != 0
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith(
            "DJANGO_DEBUG is off, so: these must be set: ALLOWED_HOSTS, CELERY_BROKER_URL, "
            "DATABASE_URL, DJANGO_SECRET_KEY, FIELD_KEYS."
        )
    )


def test_production_starts_when_everything_is_given_and_makes_no_folder(tmp_path: Path) -> None:
    var = tmp_path / "var"
    given = production_environment() | {"VAR_DIR": str(var)}
    found = _read(given, "DEBUG", "SESSION_COOKIE_NAME", "SECURE_SSL_REDIRECT", "POWEROFFICE_ENV")
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SECURE_SSL_REDIRECT": True,
        "POWEROFFICE_ENV": "live",
    }
    assert not var.exists()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"DATABASE_URL": "sqlite:///x.sqlite3"}, "DATABASE_URL must name PostgreSQL"),
        ({"FIELD_KEYS": "short"}, "FIELD_KEYS must be 32 random bytes"),
        ({"CLOCK_SHIFT_S": "3600"}, "CLOCK_SHIFT_S is for drills only"),
        ({"POWEROFFICE_SANDBOX_URL": "http://127.0.0.1:1"}, "POWEROFFICE_SANDBOX_URL is for"),
        ({"POWEROFFICE_ENV": "sandbox"}, "POWEROFFICE_ENV must be live or demo"),
        ({"DJANGO_SECRET_KEY": "  "}, "these must be set: DJANGO_SECRET_KEY"),
    ],
)
def test_production_refuses(changed: dict[str, str], reason: str) -> None:
    found = refusals(production_environment() | changed)
    assert len(found) == 1
    assert found[0].startswith(reason)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"DATABASE_URL": "sqlite:///x.sqlite3", "ALLOW_SQLITE": "1"},
        {"CLOCK_SHIFT_S": "0"},
        {"POWEROFFICE_ENV": "demo"},
    ],
)
def test_production_accepts(changed: dict[str, str]) -> None:
    assert refusals(production_environment() | changed) == []


def test_a_refusal_never_repeats_a_secret() -> None:
    given = production_environment() | {"FIELD_KEYS": "hemmelig", "DATABASE_URL": "sqlite:///pw"}
    assert not any("hemmelig" in said or "pw" in said for said in refusals(given))
