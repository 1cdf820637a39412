"""The HTTP server: reads a request, hands it to API, pages or control, and owns the socket."""

import io
import socket
import struct
import sys
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from integrations.poweroffice.sandbox import control, pages
from integrations.poweroffice.sandbox.api import Api
from integrations.poweroffice.sandbox.control import Control
from integrations.poweroffice.sandbox.message import Refusal, Request, Response, no_route
from integrations.poweroffice.sandbox.pages import Pages

LARGEST_BODY = 40_000_000
NO_ANSWER = 0  # the status the log shows for a connection that was broken off
BODILESS = (204, 304)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], api: Api, people: Pages, control: Control | None
    ) -> None:
        super().__init__(address, Handler)
        self.api, self.people, self.control = api, people, control
        self.verbose = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of ours; everything else is shown on stderr."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120  # an idle connection

    def _serve(self) -> None:
        try:
            request = self._read()
            self._dispatch(request)
        except Refusal as refusal:
            self.send(refusal.response)

    do_GET = do_POST = do_DELETE = do_PATCH = do_PUT = do_HEAD = do_OPTIONS = _serve  # noqa: N815

    def _read(self) -> Request:
        length = self.headers.get("content-length", "0")
        chunked = "transfer-encoding" in self.headers
        if chunked or not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            raise Refusal(Response(411 if chunked else 413))
        parts = urlsplit(self.path if self.path.startswith("/") else "/")
        query = parse_qsl(parts.query, keep_blank_values=True)
        return Request(
            method=self.command,
            target=self.path,
            path="/" + parts.path.strip("/"),
            query={name.lower(): value for name, value in query},
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
            peer=str(self.client_address[0]),
        )

    def _dispatch(self, request: Request) -> None:
        server = cast(Server, self.server)
        if (request.path + "/").startswith(control.PREFIX):
            if server.control is None:
                raise no_route()
            self.send(server.control.serve(request))
        elif pages.owns(request.path):
            self.send(server.people.serve(request))
        else:
            server.api.serve(request, partial(LoggedWire, self))

    def send(self, response: Response) -> None:
        self.head(response, len(response.body))
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def head(self, response: Response, length: int) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status not in BODILESS:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def abort(self) -> None:
        """Close the connection at once with RST; what follows in this thread writes to nobody."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.rfile.close()
        self.wfile.close()
        self.connection.close()
        self.rfile, self.wfile = io.BytesIO(), io.BytesIO()
        self.close_connection = True

    def version_string(self) -> str:
        return "Sandbox"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        if cast(Server, self.server).verbose:
            super().log_message(format, *args)


class LoggedWire:
    """The socket of one API call; each call is logged before its answer can be read."""

    def __init__(self, handler: Handler, method: str, route: str) -> None:
        self._handler, self._method, self._route = handler, method, route
        self._log = cast(Server, handler.server).api.log

    def send(self, response: Response) -> None:
        self._log.answered(self._method, self._route, response.status)
        self._handler.send(response)

    def reset(self) -> None:
        self._log.answered(self._method, self._route, NO_ANSWER)
        self._handler.abort()

    def cut(self, response: Response) -> None:
        self._log.answered(self._method, self._route, NO_ANSWER)
        self._handler.close_connection = True
        self._handler.head(response, len(response.body))
        self._handler.wfile.write(response.body[: len(response.body) // 2])

    def trickle(self, response: Response, pause: float) -> None:
        self._log.answered(self._method, self._route, response.status)
        self._handler.head(response, len(response.body))
        for byte in response.body:
            self._handler.wfile.write(bytes((byte,)))
            time.sleep(pause)
