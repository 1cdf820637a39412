"""PostgreSQL and Redis of our own on free ports, for as long as a block lasts."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class Missing(Exception):
    """Something that must be installed is not; the text says what."""


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A cluster at `url`; `control` is its pg_ctl with whose user and folder to use."""

    url: str
    control: Sequence[str | Path]

    def restart_at_once(self) -> None:
        """Restart as after a power cut: no connection is told, and the log is replayed."""
        quietly([*self.control, "-w", "-m", "immediate", "restart"])


@contextmanager
def postgresql(folder: Path) -> Iterator[Postgresql]:
    """A new cluster that trusts 127.0.0.1; it refuses root, so root becomes its own user."""
    programs = Path(program("initdb", "postgresql/*/bin/initdb")).resolve().parent
    data, port = folder / "postgresql", str(free_port())
    data.mkdir(mode=0o700)
    become: list[str | Path] = []
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        become = [program("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    made = ["-U", "backoffice", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    quietly([*become, programs / "initdb", "-D", data, *made])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {data} -c fsync=off"
    control = [*become, programs / "pg_ctl", "-D", data, "-l", data / "log"]
    quietly([*control, "-w", "-o", options, "start"])
    try:
        address = ["-h", "127.0.0.1", "-p", port, "-U", "backoffice"]
        quietly([programs / "createdb", *address, "backoffice"])
        yield Postgresql(f"postgres://backoffice@127.0.0.1:{port}/backoffice", control)
    finally:
        quietly([*control, "-m", "immediate", "stop"])


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk; gives its address."""
    port = free_port()
    place = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
    nothing_kept = ["--save", "", "--appendonly", "no", "--logfile", folder / "redis.log"]
    server = subprocess.Popen(
        [program("redis-server"), *place, *nothing_kept], stdin=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)


def program(name: str, pattern: str = "") -> str:
    """Where a program is: on the path, else the newest that the pattern under /usr/lib finds."""
    elsewhere = sorted(Path("/usr/lib").glob(pattern)) if pattern else []
    found = shutil.which(name) or (str(elsewhere[-1]) if elsewhere else "")
    if not found:
        raise Missing(f"`{name}` is missing; `.ci/run` shows how to install it.")
    return found


def quietly(command: Sequence[str | Path]) -> None:
    """Run from `/`, since the postgres user may not be allowed into our folder."""
    nothing = subprocess.DEVNULL
    subprocess.run(command, stdin=nothing, stdout=nothing, cwd="/", check=True)


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Missing(f"Redis did not answer on port {port} within 10 s.")
