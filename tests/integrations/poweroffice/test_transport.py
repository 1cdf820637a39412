"""The client on real sockets that misbehave: what is certainly not sent, and what ends in time."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from integrations.poweroffice import mapping, wire
from integrations.poweroffice.failures import ApiFailure, NoConnection, NoToken, Refused, Unclear
from integrations.poweroffice.hosts import Hosts
from tests.integrations.poweroffice.build import A_BOOK, MARK, a_client, a_journal, always

TOKEN = b'{"access_token":"t","token_type":"bearer","expires_in":1200}'


@contextmanager
def a_server(play: Callable[[socket.socket], None], *, token: bool = True) -> Iterator[Hosts]:
    """A server that answers the token call and then does `play` with every other request."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    def one(connection: socket.socket) -> None:
        with connection:
            try:
                if token and _request(connection).startswith(b"POST /OAuth/Token"):
                    connection.sendall(_answer(b"200 OK", TOKEN))
                else:
                    play(connection)
            except OSError:
                return  # the client has gone, as it should

    threading.Thread(target=serve, daemon=True).start()
    root = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        yield Hosts(f"{root}/v2", f"{root}/OAuth/Token")
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _request(connection: socket.socket) -> bytes:
    """Read one whole request, head and body."""
    text = b""
    while b"\r\n\r\n" not in text:
        text += connection.recv(65536)
    head, _, body = text.partition(b"\r\n\r\n")
    length = next(
        (
            int(line[15:])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)
    return text


def _answer(status: bytes, body: bytes, extra: bytes = b"") -> bytes:
    length = str(len(body)).encode()
    head = b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: " + length
    return head + b"\r\n" + extra + b"\r\n" + body


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _silence(connection: socket.socket) -> None:
    connection.recv(1)


def _trickle(text: bytes) -> Callable[[socket.socket], None]:
    def play(connection: socket.socket) -> None:
        for place in range(len(text)):
            connection.sendall(text[place : place + 1])
            time.sleep(0.05)

    return play


def _says(text: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(text)


def failure_of(hosts: Hosts, **limits):
    draft = mapping.to_manual_journal(a_journal(), A_BOOK, MARK)
    assert isinstance(draft, wire.ManualJournal)
    with pytest.raises(ApiFailure) as caught:
        a_client(hosts, **limits).create_manual_journal(draft, always)
    return caught.value.failure


def a_closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_a_refused_connection_is_certainly_not_sent():
    root = f"http://127.0.0.1:{a_closed_port()}"

    failed = failure_of(Hosts(f"{root}/v2", f"{root}/OAuth/Token"))

    assert failed == NoConnection("NewConnectionError")


def test_the_draft_itself_meeting_a_refused_connection_is_certainly_not_sent():
    with a_server(_silence) as hosts:
        closed = f"http://127.0.0.1:{a_closed_port()}/v2"

        assert failure_of(Hosts(closed, hosts.token)) == NoConnection("NewConnectionError")


def test_a_name_that_cannot_be_looked_up_is_certainly_not_sent(monkeypatch):
    real = socket.getaddrinfo

    def look_up(host, *rest, **named):
        if host == "nowhere.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with a_server(_silence) as hosts:
        failed = failure_of(Hosts("http://nowhere.example/v2", hosts.token))

    assert failed == NoConnection("NameResolutionError")


def test_a_failed_tls_handshake_is_certainly_not_sent():
    with a_server(_silence) as hosts, a_server(_says(b"not TLS at all"), token=False) as plain:
        tls = plain.api.replace("http:", "https:")

        failed = failure_of(Hosts(tls, hosts.token))

    assert isinstance(failed, NoConnection)


def test_a_connection_closed_without_an_answer_is_unclear():
    with a_server(lambda _connection: None) as hosts:
        assert failure_of(hosts) == Unclear("ConnectionError")


def test_a_connection_reset_after_the_request_is_unclear():
    with a_server(_reset) as hosts:
        assert failure_of(hosts) == Unclear("ConnectionError")


def test_a_body_that_is_cut_is_unclear_though_the_status_was_a_yes():
    whole = _answer(b"201 Created", b'{"Id":"38ecfc1a-bf51-448f-99a8-a61bc5771109"}')
    with a_server(_says(whole[:-10])) as hosts:
        failed = failure_of(hosts)

    assert isinstance(failed, Unclear)
    assert failed.status == 201


def test_a_refusal_whose_words_are_cut_is_still_a_refusal():
    whole = _answer(b"400 Bad Request", b'{"title":"No","detail":"Because"}')
    with a_server(_says(whole[:-10])) as hosts:
        failed = failure_of(hosts)

    assert isinstance(failed, Refused)
    assert (failed.said.status, failed.said.title) == (400, "")


@pytest.mark.parametrize(
    "play",
    [
        pytest.param(_silence, id="no answer at all"),
        pytest.param(_trickle(b"HTTP/1.1 201 Created\r\nX: " + b"y" * 500), id="a slow head"),
        pytest.param(_trickle(_answer(b"201 Created", b" " * 500)), id="a slow body"),
        pytest.param(
            _trickle(b"HTTP/1.1 201 Created\r\n\r\n" + b" " * 500), id="a slow body of no length"
        ),
    ],
)
def test_the_deadline_holds_for_the_whole_call(play):
    with a_server(play) as hosts:
        begun = time.monotonic()
        failed = failure_of(hosts, deadline_s=0.3)

    assert time.monotonic() - begun < 1.5
    assert isinstance(failed, Unclear)


def test_a_token_call_that_never_ends_has_written_nothing():
    with a_server(_silence) as hosts:
        lost = Hosts(hosts.api, hosts.api + "/not-the-token")
        failed = failure_of(lost, deadline_s=0.2)

    assert isinstance(failed, NoToken)
