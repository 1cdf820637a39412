"""The process itself: start, stop, a ledger that survives, a control that is shut."""

import signal
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.integrations.poweroffice.sandbox import process
from tests.integrations.poweroffice.sandbox.process import ROOT, Sandbox

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_process_says_one_line_and_ends_cleanly(how: signal.Signals) -> None:
    started = process.start()
    port = process.port_of(started)
    started.send_signal(how)
    rest, errors = started.communicate(timeout=10)
    assert (started.returncode, rest, errors) == (0, "", "")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = ["--port", str(taken.getsockname()[1])]
        started = process.start(*command)
        _, errors = started.communicate(timeout=10)
    assert started.returncode == 1
    assert errors.startswith("The sandbox could not start: ")
    assert "Traceback" not in errors


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_ledger_outlives_the_process(tmp_path: Path, how: signal.Signals) -> None:
    file = tmp_path / "var" / "ledger.sqlite3"
    options = ("--control", "--ledger", str(file))
    started = process.start(*options)
    before = Sandbox(process.port_of(started))
    before.seed(limit=0, lock_date="2020-12-31", accounts=[{"number": 3999}])
    draft_id, posted = before.send(), before.send()
    before.control(f"post/{posted}")
    process.stop(started, how)

    started = process.start(*options)
    after = Sandbox(process.port_of(started), before.tokens)  # tokens stay valid
    try:
        assert [draft["id"] for draft in after.state["drafts"]] == [draft_id]
        assert [voucher["id"] for voucher in after.state["vouchers"]] == [posted]
        assert after.call("GET", "/v2/LockDateSettings").json == {"LockDate": "2020-12-31"}
        assert after.account(3999)
        assert after.control(f"post/{draft_id}").json["voucher_no"] == 2
    finally:
        process.stop(started)


def test_an_answer_is_given_only_when_it_stands_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    started = process.start("--control", "--ledger", str(file))
    try:
        sandbox = Sandbox(process.port_of(started))
        sandbox.seed(limit=0)
        draft_id = sandbox.send()
        with sqlite3.connect(file) as reader:
            assert reader.execute("SELECT id FROM draft").fetchall() == [(draft_id,)]
        reader.close()
    finally:
        process.stop(started)


def test_without_control_there_is_none() -> None:
    started = process.start()
    sandbox = Sandbox(process.port_of(started))
    try:
        for method, verb in (("GET", "state"), ("POST", "reset"), ("POST", "seed")):
            answer = sandbox.raw(method, f"/_control/{verb}", b"{}")
            assert answer.status == 404
            assert answer.json == {"statusCode": 404, "message": "Resource not found"}
    finally:
        process.stop(started)


def test_it_runs_with_the_standard_library_alone() -> None:
    code = (
        "import sys; sys.path.insert(0, '.'); import integrations.poweroffice.sandbox.__main__;"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('django', 'requests', 'accounting', 'backoffice')])"
    )
    command = ["python3", "-I", "-S", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_calls_are_written_to_stderr_only_when_asked() -> None:
    started = process.start("--verbose")
    Sandbox(process.port_of(started)).raw("GET", "/bilag")
    _, errors = process.stop(started)
    assert '"GET /bilag HTTP/1.1" 200' in errors
