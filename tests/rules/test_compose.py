"""docker-compose.yml keeps its promises: order, one door, nothing writable, one beat."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec.models import ComposeSpecification

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
OURS = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text())["services"]


def test_the_services_are_the_ones_we_run(services) -> None:
    assert set(services) == {"db", "redis", "sandbox", *OURS}
    assert services["sandbox"]["profiles"] == ["sandbox"]


def test_migrate_runs_once_and_before_the_others(services) -> None:
    assert services["migrate"]["restart"] == "no"
    assert services["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["redis"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_as_little_as_possible(services, name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["image"] == services["web"]["image"]


def test_every_port_is_on_loopback(services) -> None:
    ports = {name: s["ports"] for name, s in services.items() if "ports" in s}
    assert set(ports) == {"web", "sandbox"}
    assert all(port.startswith("127.0.0.1:") for found in ports.values() for port in found)


def test_secrets_have_no_default(services) -> None:
    environment = services["web"]["environment"]
    for name in ("DJANGO_SECRET_KEY", "FIELD_KEYS", "ALLOWED_HOSTS"):
        assert environment[name] == f"${{{name}:?set in .env}}"
    assert "${POSTGRES_PASSWORD:?set in .env}" in environment["DATABASE_URL"]
    assert environment["DJANGO_DEBUG"] == "0"


def test_the_worker_is_given_time_to_finish(services, settings) -> None:
    minutes = int(services["worker"]["stop_grace_period"].removesuffix("m"))
    assert minutes * 60 > settings.CELERY_TASK_TIME_LIMIT


def test_there_is_one_beat_and_it_runs_nowhere_else(services) -> None:
    beats = [n for n, s in services.items() if {"beat", "-B"} & set(map(str, s.get("command", [])))]
    assert beats == ["beat"]
    assert "deploy" not in services["beat"]


def test_worker_and_beat_show_that_they_live_without_asking_celery(services) -> None:
    for name in ("worker", "beat"):
        assert services[name]["environment"]["HEARTBEAT_FILE"] in str(services[name]["healthcheck"])
    assert "backoffice.probe" in services["web"]["healthcheck"]["test"]


def test_nobody_gains_privileges(services) -> None:
    assert all(s["security_opt"] == ["no-new-privileges:true"] for s in services.values())


def test_every_name_it_passes_on_is_one_of_ours(services) -> None:
    told = (ROOT / ".env.example").read_text()
    ours = set(services["web"]["environment"])
    assert {name for name in ours if f"\n{name}=" not in told} == set()


def test_the_file_is_compose_as_its_specification_has_it() -> None:
    parsed = ComposeSpecification.model_validate(yaml.safe_load(COMPOSE.read_text()))
    assert parsed.services is not None
    assert set(parsed.services) == {"db", "redis", "sandbox", *OURS}


def test_the_dockerfile_is_clean() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    found = subprocess.run(
        [linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (0, "")


def test_the_image_runs_as_a_user_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER 10001" in lines
