"""Every class of outcome (reliability.md 5.5), seen through the whole way to the sandbox and back.

A certain no may be sent again or waits for a person, a yes is SENT, and what nobody knows is looked for
and never sent blindly: whatever happened, there is one draft in the end and never two.
"""

import ast
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from integrations.exports import outbox, send, states, tasks
from integrations.exports.models import Connection, Export
from tests.integrations.exports.journey import GAP, QUIET, codes, fails, outcomes, state
from tests.sandbox import CREATE, Sandbox

ROOT = Path(states.__file__).parents[2]


@pytest.fixture
def export(on_its_way: Export) -> Export:
    return on_its_way


def drafts(sandbox: Sandbox) -> int:
    return len(sandbox.drafts)


@pytest.mark.django_db
class TestCertainlyNotThere:
    """It waits for its back-off and is sent again by itself, under the same mark."""

    def test_a_refused_connection(self, export, settings):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        settings.POWEROFFICE_SANDBOX_URL = f"http://127.0.0.1:{port}"
        self._is_tried_again(export)

    def test_a_name_that_is_not_found(self, export, monkeypatch):
        def nowhere(*_asked, **_more):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", nowhere)
        self._is_tried_again(export)

    def test_a_tls_handshake_that_fails(self, export, sandbox, monkeypatch):
        port = int(sandbox.url.rpartition(":")[2])
        here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: here)
        Connection.objects.update(environment="demo")  # https, and the sandbox speaks no TLS
        self._is_tried_again(export)

    def test_429_waits_as_long_as_they_ask_and_is_no_failure(self, export, sandbox, later):
        fails(sandbox, "429", seconds=7)
        assert send.one(export.pk) == "READY"
        assert (state(export), export.tries, drafts(sandbox)) == ("READY", 0, 0)
        later(7)
        assert send.drain() == 1
        assert drafts(sandbox) == 1

    def test_our_own_lease_that_ran_out_before_the_write(self, export, sandbox, settings):
        settings.EXPORT_LEASE_S = 0
        assert send.one(export.pk) == "READY"
        assert (state(export), export.tries, drafts(sandbox)) == ("READY", 0, 0)

    def _is_tried_again(self, export: Export) -> None:
        assert send.one(export.pk) == "READY"
        assert (state(export), export.tries, outcomes(export)) == ("READY", 1, ["NotSent"])
        assert round((export.not_before - export.changed_at).total_seconds()) == 60


@pytest.mark.django_db
class TestAPersonMustMendIt:
    """Certainly not there, and sending the same again would only be refused again."""

    def test_400_an_account_that_was_taken_out_of_use(self, export, sandbox):
        sandbox.seed({"accounts": [{"number": 3030, "active": False}]})
        self._stops(export, sandbox, 400)

    def test_403_a_right_that_was_taken_away(self, export, sandbox):
        fails(sandbox, "revoked-right")
        self._stops(export, sandbox, 403, "privilege-missing")

    def test_404_an_account_that_is_gone(self, export, sandbox, company):
        company.chart_accounts.filter(number="3030").update(remote_key="404")
        self._stops(export, sandbox, 404, "account-not-in-chart")

    def test_409_a_conflict(self, export, sandbox):
        fails(sandbox, "409")
        self._stops(export, sandbox, 409)

    def test_422_what_cannot_be_processed(self, export, sandbox):
        fails(sandbox, "422")
        self._stops(export, sandbox, 422)

    def test_401_twice_in_one_attempt(self, export, sandbox):
        fails(sandbox, "expired-token", times=2)
        self._stops(export, sandbox, 401, "key-refused")
        assert sandbox.answers(CREATE) == {401: 2}

    def _stops(
        self, export: Export, sandbox: Sandbox, status: int, code: str = "refused-by-provider"
    ) -> None:
        assert send.one(export.pk) == "BLOCKED"
        assert (codes(export), outcomes(export)) == ([code], ["Blocked"])
        assert export.attempts.get().status == status
        assert drafts(sandbox) == 0
        tasks.tick()
        assert sandbox.answers(CREATE).total() <= 2  # nothing is tried again by itself


@pytest.mark.django_db
class TestYes:
    def test_2xx_is_sent(self, export, sandbox):
        assert send.one(export.pk) == "SENT"
        assert state(export) == "SENT"
        assert [draft["id"] for draft in sandbox.drafts] == [export.remote_id]

    def test_401_once_renews_the_token_within_the_same_attempt(self, export, sandbox):
        fails(sandbox, "expired-token")
        assert send.one(export.pk) == "SENT"
        assert (outcomes(export), drafts(sandbox)) == (["Sent"], 1)


UNKNOWN = {
    "a reset after the write, committed": ("lose-answer-after-commit", 1),
    "a reset after the write, not committed": ("lose-answer-before-commit", 0),
    "5xx, committed": ("500-after-commit", 1),
    "5xx, not committed": ("500-before-commit", 0),
    "an answer that breaks off": ("cut-body", 1),
    "2xx that cannot be read": ("unreadable", 1),
    "a redirect": ("redirect", 0),
}


@pytest.mark.django_db
class TestNobodyKnows:
    """Looked for after the quiet window: adopted if it is there, sent after two clean looks if not."""

    @pytest.mark.parametrize(("fault", "there"), UNKNOWN.values(), ids=UNKNOWN)
    def test_after(self, export, sandbox, later, fault, there):
        fails(sandbox, fault)
        assert send.one(export.pk) == "UNCERTAIN"
        assert (outcomes(export), drafts(sandbox)) == (["Unknown"], there)
        self._ends_with_one(export, sandbox, later)

    def test_after_an_answer_that_came_too_late(self, export, sandbox, later, settings):
        settings.EXPORT_LEASE_S, settings.EXPORT_DEADLINE_S = 3, 0.3
        fails(sandbox, "slow", seconds=0.6)
        assert send.one(export.pk) == "UNCERTAIN"
        settings.EXPORT_LEASE_S, settings.EXPORT_DEADLINE_S = 120, 30
        time.sleep(0.5)  # it is made over there by now: long before the quiet window is over
        self._ends_with_one(export, sandbox, later)

    def test_after_a_crash_before_the_call(self, export, sandbox, later, now):
        outbox.claim(export.pk, now())
        later(121)
        tasks.tick()
        assert (state(export), outcomes(export)) == ("UNCERTAIN", ["crashed"])
        self._ends_with_one(export, sandbox, later)

    def test_after_a_crash_between_the_call_and_writing_it_down(self, export, sandbox, later):
        assert send.one(export.pk) == "SENT"
        lost = {"state": "SENDING", "remote_id": None, "not_before": None}
        attempt = export.attempts.get()  # its end was never written: as if killed just before
        Export.objects.filter(pk=export.pk).update(
            **lost, lease=attempt.lease, lease_until=attempt.started_at
        )
        tasks.tick()
        assert state(export) == "UNCERTAIN"
        self._ends_with_one(export, sandbox, later)

    def _ends_with_one(self, export: Export, sandbox: Sandbox, later) -> None:
        mark = export.mark
        for seconds in (QUIET, GAP, GAP):
            tasks.tick()
            assert drafts(sandbox) <= 1
            later(seconds)
        tasks.tick()
        assert (state(export), export.mark, drafts(sandbox)) == ("SENT", mark, 1)
        assert sandbox.drafts[0]["id"] == export.remote_id


# Which match decides what, and the case that is taken away from it.
MATCHES = {
    "integrations/exports/states.py": {"after": "Unknown", "after_probe": "CannotLook"},
    "integrations/exports/fates.py": {"after_fate": "Posted", "after_withdrawal": "Kept"},
    "integrations/poweroffice/errors.py": {"outcome_of": "Unclear", "trace_of": "Throttled"},
}


@pytest.mark.slow
def test_with_a_case_taken_away_the_type_checker_fails(tmp_path):
    """`assert_never` proves that every class is answered for: mypy is run on copies without one."""
    whole = [_copy(tmp_path, path) for path in MATCHES]
    assert _mypy(*whole) == []
    cut = {
        _copy(tmp_path, path, function, case): f"{function} without {case}"
        for path, cases in MATCHES.items()
        for function, case in cases.items()
    }
    said = _mypy(*cut)
    for copy, what in cut.items():
        mine = [line for line in said if line.startswith(f"{copy.name}:")]
        assert any('"assert_never"' in line for line in mine), what


def _copy(folder: Path, path: str, function: str = "", case: str = "") -> Path:
    """Write a module's text elsewhere, less one case of the match in one of its functions."""
    tree = ast.parse((ROOT / path).read_text())
    removed = 0
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef) and each.name == function:
            for match in (node for node in ast.walk(each) if isinstance(node, ast.Match)):
                kept = [one for one in match.cases if case not in ast.unparse(one.pattern)]
                removed += len(match.cases) - len(kept)
                match.cases = kept
    assert removed == bool(function), f"{path}: {function} has no one case {case}"
    name = f"{Path(path).stem}_{function}_{case}".rstrip("_").lower()
    copy = folder / f"copied_{name}.py"
    copy.write_text(ast.unparse(tree))
    return copy


def _mypy(*files: Path) -> list[str]:
    """What mypy says of these files, a line each; the rest of the house is only read."""
    flags = ("--strict", "--follow-imports=silent", "--no-error-summary", "--config-file=")
    command = [sys.executable, "-m", "mypy", *flags, *map(str, files)]
    done = subprocess.run(
        command,
        cwd=files[0].parent,
        env={"MYPYPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()
