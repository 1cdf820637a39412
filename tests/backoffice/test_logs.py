"""What a log line tells: the id it belongs to and the route, and never an address that is a secret."""

import json
import logging
import sys

import pytest
import structlog
from django.test import RequestFactory

from backoffice import logs

SECRET = "/konto/passord/nytt/3-c9x1-2f6d/"


@pytest.fixture
def written():
    """A record as the JSON line that production writes."""
    described = logs.settings_for("json")["formatters"]["line"]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=described["foreign_pre_chain"], processors=described["processors"]
    )

    def line(record: logging.LogRecord) -> dict[str, object]:
        text = formatter.format(record)
        assert "\n" not in text
        return json.loads(text)

    return line


def _record(name: str, message: str, *args: object, **more: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": name, "levelname": "WARNING", "levelno": 30, "msg": message, "args": args, **more}
    )


def test_a_line_belongs_to_the_click_that_is_bound(written) -> None:
    with structlog.contextvars.bound_contextvars(request_id="a1"):
        told = written(_record("integrations.exports", "export %s failed", 7, run=3))

    assert told.pop("timestamp")
    assert told == {
        "request_id": "a1",
        "level": "warning",
        "logger": "integrations.exports",
        "event": "export 7 failed",
        "run": 3,
    }


def test_djangos_own_lines_about_a_request_lose_the_address(written) -> None:
    request = RequestFactory().get(SECRET)

    told = written(_record("django.request", "Not Found: %s", SECRET, request=request))

    assert SECRET not in json.dumps(told)
    assert told["event"] == "Not Found"


def test_an_error_is_told_without_what_its_variables_held(written) -> None:
    key = "a-key" * 3
    try:
        int(key[:0])
    except ValueError:
        told = written(_record("house", "it failed", exc_info=sys.exc_info()))

    assert "ValueError" in str(told["exception"])
    assert key not in json.dumps(told)


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route(client, caplog) -> None:
    caplog.set_level(logging.INFO)

    client.get(SECRET)

    told = [r.msg for r in caplog.records if isinstance(r.msg, dict)]
    assert [line["event"] for line in told] == ["request_finished"]
    assert SECRET not in str(told)
    assert "passord/nytt/" in told[0]["request"]
