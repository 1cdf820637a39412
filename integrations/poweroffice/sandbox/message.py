"""One request in, one answer out, and the three shapes in which Go and its gateway refuse."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from integrations.poweroffice.sandbox import jsontext

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What stood on the wire; names in `query` and `headers` are lower case."""

    method: str
    target: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    peer: str
    altered: bool = False  # the fault `altered-line`: store one amount differently

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "").strip()


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """Ends the handling of a request with the answer it carries."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def answer(status: int, value: Any, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    body = jsontext.dumps(value).encode("utf-8")
    return Response(status, body, {"Content-Type": JSON, **(headers or {})})


def problem(status: int, title: str, detail: str) -> Refusal:
    """ASP.NET ProblemDetails, keys in lower case as on the wire (poweroffice.md 3)."""
    return Refusal(answer(status, {"title": title, "status": status, "detail": detail}))


def not_found(detail: str) -> Refusal:
    return problem(404, "Object(s) not found", detail)


def binding(errors: Mapping[str, str]) -> Refusal:
    """The model-binding refusal: what could not be read from body or query, by field."""
    return Refusal(
        answer(
            400,
            {
                "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
                "title": "One or more validation errors occurred.",
                "status": 400,
                "errors": {name: [text] for name, text in errors.items()},
                "traceId": f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
            },
        )
    )


def gateway(status: int, message: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """The API Management gateway's own shape (poweroffice.md 3)."""
    return Refusal(answer(status, {"statusCode": status, "message": message}, headers))


def no_route() -> Refusal:
    return gateway(404, "Resource not found")


def throttled(seconds: int, *, status_code: int | str = 429) -> Response:
    """Too many calls. The token call writes its statusCode as text, the others as a number."""
    body = {
        "statusCode": status_code,
        "message": f"Rate limit is exceeded. Try again in {seconds} seconds.",
    }
    return answer(429, body, {"Retry-After": str(seconds)})


def server_error() -> Response:
    title = "An error occurred while processing your request."
    return answer(500, {"title": title, "status": 500})
