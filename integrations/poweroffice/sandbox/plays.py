"""Plays a fault on the socket: what is committed, what is answered, and how it breaks off."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from integrations.poweroffice.sandbox.faults import Fault
from integrations.poweroffice.sandbox.message import (
    Request,
    Response,
    problem,
    server_error,
    throttled,
)

Handle = Callable[[Request], Response]
ELSEWHERE = "http://elsewhere.invalid"


class Wire(Protocol):
    """The socket of one call."""

    def send(self, response: Response) -> None: ...

    def reset(self) -> None:
        """Break the connection off without an answer (RST)."""

    def cut(self, response: Response) -> None:
        """Send the head and half of the body, then close."""

    def trickle(self, response: Response, pause: float) -> None:
        """Send the head, then the body byte by byte."""


def play(fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    PLAYS[fault.name](fault, wire, request, handle)


def _lose_after(_fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    handle(request)
    wire.reset()


def _lose_before(_fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    wire.reset()


def _commit_late(fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    """The client sees a reset (after `hold`); the call is carried out `seconds` after that."""
    time.sleep(fault.hold)
    wire.reset()
    time.sleep(_seconds(fault, 1))
    handle(request)


def _throttle(fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    wire.send(throttled(max(1, round(_seconds(fault, 1)))))


def _conflict(_fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    wire.send(problem(409, "Object conflict", "The object was changed meanwhile.").response)


def _unprocessable(_fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    detail = "The voucher cannot be processed."
    wire.send(problem(422, "Voucher validation error(s)", detail).response)


def _fail_before(_fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    wire.send(server_error())


def _fail_after(_fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    handle(request)
    wire.send(server_error())


def _slow(fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    """The wait comes first, so a client that gave up meets a late commit."""
    time.sleep(_seconds(fault, 1))
    wire.send(handle(request))


def _cut_body(_fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    wire.cut(handle(request))


def _trickle(fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    """`seconds` is the pause between two bytes."""
    wire.trickle(handle(request), _seconds(fault, 0.2))


def _expired(_fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    wire.send(Response(401, headers={"WWW-Authenticate": "Bearer"}))


def _revoked(_fault: Fault, wire: Wire, _request: Request, _handle: Handle) -> None:
    wire.send(Response(403))


def _redirect(_fault: Fault, wire: Wire, request: Request, _handle: Handle) -> None:
    wire.send(Response(302, headers={"Location": f"{ELSEWHERE}{request.target}"}))


def _unreadable(_fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    response = handle(request)
    status = 201 if response.status < 300 else response.status
    wire.send(replace(response, status=status, body=b"<!doctype html><p>Alt er vel."))


def _altered(_fault: Fault, wire: Wire, request: Request, handle: Handle) -> None:
    wire.send(handle(replace(request, altered=True)))


def _seconds(fault: Fault, default: float) -> float:
    return default if fault.seconds is None else fault.seconds


PLAYS: dict[str, Callable[[Fault, Wire, Request, Handle], None]] = {
    "lose-answer-after-commit": _lose_after,
    "lose-answer-before-commit": _lose_before,
    "commit-late": _commit_late,
    "409": _conflict,
    "422": _unprocessable,
    "429": _throttle,
    "500-before-commit": _fail_before,
    "500-after-commit": _fail_after,
    "slow": _slow,
    "cut-body": _cut_body,
    "trickle": _trickle,
    "expired-token": _expired,
    "revoked-right": _revoked,
    "redirect": _redirect,
    "unreadable": _unreadable,
    "altered-line": _altered,
}
