"""Children of `manage.py run`: each in a process group of its own, all ended before we return."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STOP_S = 10.0


class ChildEnded(RuntimeError):
    """A child ended though it should go on serving."""


@dataclass(slots=True)
class Family:
    """The running children by name, and the environment that they all get."""

    environment: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str, log: Path) -> None:
        """Start a child of this Python; what it prints goes to `log`."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self.children[name] = subprocess.Popen(  # noqa: S603 (our own modules)
                [sys.executable, *command],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raise ChildEnded, naming it, when a child has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ChildEnded(f"{name} sluttet med kode {child.returncode}")

    def stop(self) -> None:
        """End every child and its children: asked first, killed when they do not."""
        for child in self.children.values():
            _signal(child, signal.SIGTERM)
        ends = time.monotonic() + STOP_S
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, ends - time.monotonic()))
            _signal(child, signal.SIGKILL)
            child.wait()
        self.children.clear()


def _signal(child: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


@contextlib.contextmanager
def family(environment: Mapping[str, str]) -> Iterator[Family]:
    """Give a family whose members have all ended when the block is left, also by Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    members = Family(environment)
    try:
        yield members
    finally:
        with _deaf():
            members.stop()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Hear no second Ctrl-C or SIGTERM: it would leave children behind."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def free_ports(count: int) -> Sequence[int]:
    """Give ports of the loopback address that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait_for(members: Family, port: int, seconds: float = 30.0) -> None:
    """Wait until something answers on the port. Raises ChildEnded or TimeoutError."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        members.check()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"ingen svarer på port {port}")
