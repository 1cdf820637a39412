"""Connections that can tell whether a request ever left, and that end when the time is up.

A socket's own timeout starts again with every byte, so a slow trickle would outlive any deadline
(reliability.md 2.1, 20); and an error of TLS may come before the request or long after it (5.5).
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class NeverConnected(Exception):
    """The connection was not made, so no byte of the request was written."""


class Watch:
    """Closes what this thread reads from when the time is up; `fired` says that it did."""

    def __init__(self) -> None:
        self.fired = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def keep(self, sock: socket.socket | None) -> None:
        """Watch this socket from now on. Raises NeverConnected when the time is up already."""
        with self._lock:
            if self.fired:
                raise NeverConnected("the time was up before the request")
            self._socket = sock

    def fire(self) -> None:
        with self._lock:
            self.fired = True
            self._close()

    def _close(self) -> None:
        if self._socket is None:
            return
        try:
            # Not SSLSocket.shutdown, which would pull TLS away under the thread that reads.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already, which is what we wanted


_here = threading.local()


@contextmanager
def within(seconds: float) -> Iterator[Watch]:
    """Give the calls of this thread inside the block `seconds` to end in."""
    watch = Watch()
    timer = threading.Timer(seconds, watch.fire)
    timer.daemon = True
    _here.watch = watch
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        _here.watch = None


def _keep(sock: socket.socket | None) -> None:
    watch: Watch | None = getattr(_here, "watch", None)
    if watch is not None:
        watch.keep(sock)


class _Connection(HTTPConnection):
    def connect(self) -> None:
        try:
            super().connect()
        except Exception as problem:
            raise NeverConnected(type(problem).__name__) from problem

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is None:
            self.connect()
        _keep(self.sock)
        super().request(*args, **kwargs)


class _TlsConnection(_Connection, HTTPSConnection):
    """The same over TLS: the handshake is part of connecting."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


POOLS = {"http": _Pool, "https": _TlsPool}
