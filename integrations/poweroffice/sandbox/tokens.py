"""The token call and the check of its tokens (poweroffice.md 1.3, 1.4)."""

import base64
import binascii
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from integrations.poweroffice.sandbox.chart_of_accounts import PRIVILEGES
from integrations.poweroffice.sandbox.ledger import Ledger
from integrations.poweroffice.sandbox.message import Refusal, Request, Response, answer

NAMESPACE = uuid.UUID("5a2d8b3e-8f0f-4f0e-9a53-1d6c1b1c0a11")
HEADER = {"alg": "HS256", "typ": "JWT"}


@dataclass(frozen=True, slots=True)
class Session:
    """Who a token speaks for; `privileges` are those held when it was issued."""

    client_id: str
    client_name: str
    application: str
    privileges: frozenset[str]


def issue(ledger: Ledger, request: Request) -> Response:
    """Answer the client-credentials call, or refuse as RFC 6749 says."""
    application_key, client_key = _basic(request)
    form = parse_qs(request.body.decode("latin-1"), keep_blank_values=True)
    if form.get("grant_type") != ["client_credentials"]:
        raise _oauth("unsupported_grant_type", "Only client_credentials is supported.")
    client_id, client_name = _client(ledger, application_key, client_key)
    lasts, now = int(ledger.setting("token_seconds")), int(time.time())
    privileges = ledger.setting("privileges")
    claims = {
        "goClientId": client_id,
        "goClientName": client_name,
        "goUserId": str(uuid.uuid5(NAMESPACE, f"user:{application_key}")),
        "goActiveClientSubscriptions": ["PowerOfficeGo"],
        "goInvalidPrivileges": missing(privileges),
        "goAllowSendInvoice": "False",
        "role": privileges,
        "unique_name": _digest(application_key),
        "nbf": now,
        "iat": now,
        "exp": now + lasts,
        "iss": "sandbox",
        "aud": "goapi",
    }
    token = _sign(claims, ledger.setting("secret"))
    return answer(200, {"access_token": token, "token_type": "bearer", "expires_in": lasts})


def missing(privileges: list[str] | frozenset[str]) -> list[str]:
    return [name for name in PRIVILEGES if name not in privileges]


def session(ledger: Ledger, request: Request) -> Session:
    """The session of a call's bearer token; 401 without a body when there is no valid one."""
    kind, _, token = request.header("authorization").partition(" ")
    claims = (
        _verified(token.strip(), ledger.setting("secret")) if kind.lower() == "bearer" else None
    )
    if claims is None or claims["exp"] <= time.time():
        raise Refusal(Response(401, headers={"WWW-Authenticate": "Bearer"}))
    return Session(
        claims["goClientId"],
        claims["goClientName"],
        claims["unique_name"],
        frozenset(claims["role"]),
    )


def _oauth(error: str, description: str) -> Refusal:
    return Refusal(answer(400, {"error": error, "error_description": description}))


def _basic(request: Request) -> tuple[str, str]:
    kind, _, coded = request.header("authorization").partition(" ")
    try:
        text = base64.b64decode(coded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    application_key, colon, client_key = text.partition(":")
    if kind.lower() != "basic" or not colon:
        raise _oauth(
            "invalid_request", "The Authorization header must be Basic application:client."
        )
    return application_key, client_key


def _client(ledger: Ledger, application_key: str, client_key: str) -> tuple[str, str]:
    """Client id and name; with seeded clients only their keys open, else any but `wrong…`."""
    seeded = ledger.setting("clients")
    for row in seeded:
        if (row["application_key"], row["client_key"]) == (application_key, client_key):
            name = row.get("client_name", "Demo AS")
            return row.get("client_id", _client_id(client_key)), name
    wrong = client_key.startswith("wrong") or application_key.startswith("wrong")
    if seeded or wrong or not application_key or not client_key:
        raise _oauth(
            "invalid_client",
            "Client integration not found."
            " Please ensure the provided keys are matching the desired environment.",
        )
    return _client_id(client_key), "Demo AS"


def _client_id(client_key: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"client:{client_key}"))


def _digest(key: str) -> str:
    """Names an application in the ledger without keeping its key."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _mark(text: str, secret: str) -> str:
    return _coded(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())


def _sign(claims: dict[str, Any], secret: str) -> str:
    text = ".".join(_coded(json.dumps(part).encode()) for part in (HEADER, claims))
    return f"{text}.{_mark(text, secret)}"


def _verified(token: str, secret: str) -> dict[str, Any] | None:
    text, _, mark = token.rpartition(".")
    if not hmac.compare_digest(mark.encode(), _mark(text, secret).encode()):
        return None
    body = text.partition(".")[2]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims
