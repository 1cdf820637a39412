"""The way of a call: gateway, fault, token, privilege, handler."""

from collections.abc import Callable
from dataclasses import dataclass

from integrations.poweroffice.sandbox import plays, routes, tokens
from integrations.poweroffice.sandbox.faults import Faults
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.limits import CallLog, Limiter
from integrations.poweroffice.sandbox.listing import Call
from integrations.poweroffice.sandbox.message import (
    Refusal,
    Request,
    Response,
    gateway,
    no_route,
    throttled,
)
from integrations.poweroffice.sandbox.plays import Wire
from integrations.poweroffice.sandbox.routes import Route

LONGEST_URI = 2000
SUBSCRIPTION = "Ocp-Apim-Subscription-Key"


@dataclass(frozen=True, slots=True)
class Api:
    ledger: Ledger
    faults: Faults
    log: CallLog
    limiter: Limiter

    def serve(self, request: Request, wire_for: Callable[[str, str], Wire]) -> None:
        """Answer one call; `wire_for(method, route)` is its socket, which logs what it sends."""
        routed = self._routed(request)
        if routed is None:
            wire_for(request.method, "?").send(no_route().response)
            return
        path, handle = routed
        wire = wire_for(request.method, path)
        try:
            self._admit(request, is_token=path == routes.TOKEN_ROUTE)
        except Refusal as refusal:
            wire.send(refusal.response)
            return
        fault = self.faults.pick(request.method, path)
        if fault is None:
            wire.send(handle(request))
        else:
            plays.play(fault, wire, request, handle)

    def _routed(self, request: Request) -> tuple[str, plays.Handle] | None:
        """The route as it is written in the log, and what answers it."""
        if len(request.target) > LONGEST_URI:
            return None
        if request.path.lower() in routes.TOKEN_PATHS and request.method == "POST":
            return routes.TOKEN_ROUTE, self._answering(lambda it: tokens.issue(self.ledger, it))
        found = routes.find(request.method, request.path)
        if found is None:
            return None
        route, params = found
        return route.path, self._answering(lambda it: self._call(route, params, it))

    def _answering(self, handle: plays.Handle) -> plays.Handle:
        """Turns refusals into answers, and drops a late commit from before a reset."""
        epoch = self.ledger.epoch

        def answered(request: Request) -> Response:
            if self.ledger.epoch != epoch:
                return Response(503)
            try:
                return handle(request)
            except Refusal as refusal:
                return refusal.response

        return answered

    def _admit(self, request: Request, *, is_token: bool) -> None:
        """What the gateway asks before anything else: a subscription key, and not too often."""
        key = request.header(SUBSCRIPTION)
        self.log.arrived(key)
        if not key:
            raise gateway(
                401,
                "Access denied due to missing subscription key."
                " Make sure to include subscription key when making requests to an API.",
            )
        if key.startswith("wrong"):
            raise gateway(
                401,
                "Access denied due to invalid subscription key."
                " Make sure to provide a valid key for an active subscription.",
            )
        wait = self.limiter.admit(key, self.ledger.setting("limit"))
        if wait:
            raise Refusal(throttled(wait, status_code="429" if is_token else 429))

    def _call(self, route: Route, params: tuple[str, ...], request: Request) -> Response:
        session = tokens.session(self.ledger, request)
        if route.roles and not session.privileges.intersection(route.roles):
            return Response(403)
        return route.handler(Call(request, session, params, self.ledger))
