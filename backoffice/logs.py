"""How everything that is logged is written: JSON lines in production, plain lines while developing.

Each line carries what is bound where it is written: `request_id` of the click it goes back to, task,
company, export and attempt (decision 0016). Bodies, keys, names and queries are never logged; addresses
only as the route is written, for some hold a secret (an invitation, a new password).
"""

from typing import Any, Literal

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

Form = Literal["json", "plain"]


def without_address(_logger: object, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Take the address out of Django's own lines about a request: RequestLog tells the route."""
    if str(line.get("logger", "")).startswith("django.") and "request" in line:
        del line["request"]
        line["event"] = str(line["event"]).partition(":")[0]
    return line


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.stdlib.PositionalArgumentsFormatter(),
    without_address,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,  # text alone: a frame's variables may hold a key
]


def settings_for(form: Form) -> dict[str, Any]:
    """Give Django's LOGGING, and have structlog's own lines go the same way."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            }
        },
        "filters": {"in_production": {"()": "django.utils.log.RequireDebugFalse"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
            "mail_admins": {
                "class": "django.utils.log.AdminEmailHandler",
                "level": "ERROR",
                "filters": ["in_production"],
            },
        },
        "root": {"handlers": ["stderr"], "level": "INFO" if form == "json" else "WARNING"},
        "loggers": {"django": {"handlers": ["mail_admins"], "level": "INFO"}},
    }


class RequestLog(RequestMiddleware):
    """One line a request, with its id, the person's id, and the route instead of the address."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Give `GET /s/<str:org_no>/oversikt`; an address that none of ours fits is not repeated."""
        match = request.resolver_match
        return f"{request.method} /{match.route}" if match else f"{request.method} ?"
